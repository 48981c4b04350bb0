import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { listAudit } from '../administration/audit/audit.api.ts';
import { createRequest } from '../catalog/requests/requests.api.ts';
import { addAssignmentGroup } from '../desk/groups/groups.api.ts';
import { addGroupMember } from '../desk/groups/members.api.ts';
import { addComment, listComments, listHistory } from '../desk/tickets/comments.api.ts';
import * as tickets from '../desk/tickets/tickets.api.ts';
import { getTenant } from './tenants/tenants.api.ts';

// R5.4: a tenant may have the provider's people shown as their group, wherever one of their names would be read.

let world: World;
let provider: WorldTenant;
let petra: WorldPerson;
let paul: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
  petra = await world.person({ tenant: provider, role: 'provider-analyst', name: 'Petra Quiet' });
  paul = await world.person({ tenant: provider, role: 'provider-analyst', name: 'Paul Quiet' });
  const group = await world.administrator.call(addAssignmentGroup, {
    body: { name: 'Night Shift', tenant: provider.slug },
  });
  await world.administrator.call(addGroupMember, { params: { id: group.id, contact: petra.contactId } });
}, 60_000);
afterAll(() => world.close());

async function update(slug: string, values: object): Promise<void> {
  const { version } = await world.administrator.call(getTenant, { params: { slug } });
  const made = await world.administrator.call(createRequest, {
    body: {
      offering: 'manage-tenants',
      values: { action: 'update', tenants: [slug], versions: [`${slug}:${version}`], ...values } as never,
    },
  });
  await world.settled(made.number);
}

/** What the tenant's own people read after two people of the provider have worked on its ticket. */
async function said(name: string, providerPeople: 'names' | 'groups'): Promise<Record<string, string>> {
  const tenant = await world.tenant({ name });
  await update(tenant.slug, { providerPeople });
  const analyst = await world.person({ tenant, role: 'tenant-analyst', name: `Ana of ${name}` });
  const auditor = await world.person({ tenant, role: 'tenant-auditor', name: `Aude of ${name}` });
  const { number } = await analyst.call(tickets.createTicket, { body: { title: 'Printer' } });
  const params = { number };
  for (const assignee of [petra, paul]) {
    const { version } = await petra.call(tickets.getTicket, { params });
    await petra.call(tickets.assignTicket, { params, version, body: { assignee: assignee.contactId } as never });
  }
  await petra.call(addComment, { params, body: { text: 'On it', audience: 'public' } as never });
  await paul.call(addComment, { params, body: { text: 'Me too', audience: 'public' } as never });
  const answers = {
    ticket: await analyst.try(tickets.getTicket, { params }),
    list: await analyst.try(tickets.listTickets),
    export: await analyst.try(tickets.exportTickets),
    comments: await analyst.try(listComments, { params }),
    history: await analyst.try(listHistory, { params }),
    audit: await auditor.try(listAudit),
  };
  const texts = Object.entries(answers).map(([what, answer]) => [what, `${answer.status} ${answer.text}`]);
  return Object.fromEntries(texts);
}

test('R5.4 a tenant that wants it reads the provider’s people as their group, and as the provider where they are in none', async () => {
  const discreet = await said('Discreet', 'groups');
  expect(Object.entries(discreet).filter(([, text]) => !text.startsWith('200') || /Quiet/.test(text))).toEqual([]);
  // Petra is in a group, Paul in none.
  expect(discreet.comments).toMatch(/"Night Shift".*"Northwind"/s);
  expect(discreet.ticket).toContain('"Northwind"');
  expect(discreet.history).toContain('Night Shift');
  // Its own people keep their names.
  expect(discreet.ticket).toContain('Ana of Discreet');
  expect(discreet.audit).toContain('Ana of Discreet');
});

test('R5.4 every other tenant reads their names, and so does the provider', async () => {
  const plain = await said('Plain', 'names');
  const nameless = Object.entries(plain).filter(([what, text]) => !/Quiet/.test(text) && what !== 'audit');
  expect(nameless).toEqual([]);
  const { items } = await petra.call(tickets.listTickets);
  expect(items.map((ticket) => ticket.assignee?.name)).toEqual(['Paul Quiet', 'Paul Quiet']);
});
