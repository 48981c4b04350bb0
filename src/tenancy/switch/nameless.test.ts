import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { addComment } from '../../desk/tickets/comments.api.ts';
import { createTicket, getTicket, updateTicket } from '../../desk/tickets/tickets.api.ts';
import { addPerson } from '../../identity/people/people.api.ts';
import { addRole, listRoles } from '../../identity/roles/roles.api.ts';
import type { Endpoint } from '../../platform/endpoints.ts';
import { routes } from '../../solution.ts';
import { addTenantGroup } from '../groups/groups.api.ts';
import { getTenant } from '../tenants/tenants.api.ts';
import * as api from './switch.api.ts';

// R1.3, R1.7, T-39: every GET that there is, of everything that anybody could name, as everybody: before, while it is off,
// and after. What is compared is what the API says, whole.

let world: World;
let people: Record<string, WorldPerson>;
/** What paths can be filled with, by the name of the parameter. */
let known: Record<string, string[]>;

/** Words that only tenants have here; their keys are in the numbers of records, and so in none of these. */
const words = /quokka|zephyr|wombat/i;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Zephyr Services');
  const { administrator } = world;
  const alpha = await world.tenant({ name: 'Quokka House', key: 'AAA' });
  const below = await world.tenant({ name: 'Quokka Room', key: 'BBB', parent: alpha });
  const beta = await world.tenant({ name: 'Wombat Works', key: 'CCC' });
  await administrator.call(addTenantGroup, { body: { name: 'Quokkas', members: [alpha.slug] } });
  people = {
    administrator,
    ana: await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana', userName: 'ana' }),
    low: await world.person({ tenant: below, role: 'tenant-analyst', name: 'Lou', userName: 'lou' }),
    ben: await world.person({ tenant: beta, role: 'tenant-analyst', name: 'Ben', userName: 'ben' }),
    uma: await world.person({ tenant: beta, role: 'self-service-user', name: 'Uma', userName: 'uma' }),
    aude: await world.person({ role: 'provider-auditor', name: 'Aude', userName: 'aude' }),
  };
  const { ana, ben, uma } = people as Record<'ana' | 'ben' | 'uma', WorldPerson>;
  const category = await ana.call(addCategory, { body: { name: 'Printers', tenant: alpha.slug } as never });
  for (const person of [ana, ben, uma, people.low as WorldPerson]) {
    const tenant = person === ana ? { tenant: alpha.slug } : {};
    const ticket = await person.call(createTicket, { body: { title: `Of ${person.displayName}`, ...tenant } as never });
    await person.call(addComment, { params: { number: ticket.number }, body: { text: 'A word' } as never });
    await person.call(createRequest, {
      body: { offering: 'access', values: { application: 'Payroll', reason: 'New' } as never },
    });
  }
  const [own] = await world.sql<{ number: string }>(`select number from desk.tickets where title = 'Of Ana'`);
  const ticket = await ana.call(getTicket, { params: { number: own?.number as string } });
  await ana.call(updateTicket, {
    params: { number: ticket.number },
    version: ticket.version,
    body: { category: category.id },
  });
  // Records that name tenants in what was asked: by offering and directly.
  const { items } = await administrator.call(listRoles, { query: { search: 'Self-Service' } });
  const roleId = items[0]?.id as string;
  await administrator.call(addPerson, {
    body: { userName: 'dora', displayName: 'Dora', roleId, tenant: below.slug },
  });
  await administrator.call(addRole, {
    body: { name: 'Looks at one', tenant: alpha.slug, readReach: 'tenant', readTenant: alpha.slug, functions: [] },
  });
  const values = { userName: 'eve', displayName: 'Eve', roleId, tenant: alpha.slug };
  await world.settled((await administrator.call(createRequest, { body: { offering: 'add-user', values } })).number);
  const { version } = await administrator.call(getTenant, { params: { slug: alpha.slug } });
  const manage = { action: 'update', tenants: [alpha.slug], versions: [`${alpha.slug}:${version}`], location: 'Vigo' };
  const managed = await administrator.call(createRequest, { body: { offering: 'manage-tenants', values: manage } });
  await world.settled(managed.number);
  known = {
    id: await idsOf(
      'identity.contacts',
      'identity.roles',
      'tenancy.groups',
      'desk.categories',
      'desk.locations',
      'identity.assignment_groups',
      'desk.comments',
    ),
    number: [
      ...(await world.sql<{ n: string }>('select number as n from desk.tickets')).map((row) => row.n),
      ...(await world.sql<{ n: string }>(`select number_key || '-R' || number as n from catalog.requests`)).map(
        (row) => row.n,
      ),
    ],
    slug: ['zephyr-services', alpha.slug, below.slug, beta.slug],
    key: ['add-tenant', 'manage-tenants', 'multi-tenancy', 'access', 'add-user'],
  };
}, 60_000);
afterAll(() => world.close());

async function idsOf(...tables: string[]): Promise<string[]> {
  const rows = await Promise.all(tables.map((table) => world.sql<{ id: string }>(`select id from ${table}`)));
  return rows.flat().map((row) => row.id);
}

const gets = routes
  .map(({ endpoint }) => endpoint)
  .filter(({ method, path }) => method === 'GET' && !/live|openapi|events/.test(path));

/** Every path of an endpoint with everything that its parameters could be. */
function paths(endpoint: Endpoint): Record<string, string>[] {
  const name = /:([a-zA-Z]+)/.exec(endpoint.path)?.[1];
  if (!name) return [{}];
  return (known[name] ?? known.id ?? []).map((value) => ({ [name]: value }));
}

/** All that everybody is told, by person, call and answer. */
async function everything(): Promise<Map<string, string>> {
  const said = new Map<string, string>();
  for (const [who, person] of Object.entries(people)) {
    for (const endpoint of gets) {
      for (const params of paths(endpoint)) {
        const answer = await person.try(endpoint, { params } as never);
        said.set(
          `${who} ${endpoint.path} ${Object.values(params)}`,
          `${answer.status} ${answer.text} ${JSON.stringify(answer.headers['content-disposition'] ?? '')}`,
        );
      }
    }
  }
  return said;
}

async function change(values: object) {
  const { number } = await world.administrator.call(createRequest, {
    body: { offering: 'multi-tenancy', values: values as never },
  });
  await world.settled(number);
}
async function disable() {
  const preview = await world.administrator.call(api.previewDisabling);
  await change({ state: 'off', previewId: preview.id, confirmation: 'zephyr services' });
}

/** Without the administrators of tenants, who see them while it is being set up (R1.4). */
const others = (said: Map<string, string>) => new Map([...said].filter(([call]) => !call.startsWith('administrator ')));

/** Without what the changing of the switch itself has added or moved: its requests, counts of them, instants of use, the version of the options, which stand beside it. */
function still(text: string): string {
  return text
    .replace(/"(usedAt|changedAt|expiresAt)":"[^"]*"/g, '"$1":""')
    .replace(/("unread"|"greatestDepth":\d+,"version"):\d+/g, '$1');
}

test('R1.3 T-39 while it is off no answer of any endpoint names a tenant, to nobody', async () => {
  await disable();
  const naming = [...(await everything())].filter(([, answer]) => words.test(answer));
  await change({ state: 'on' });
  expect(
    naming.map(
      ([call, answer]) =>
        `${call}: …${answer.slice(Math.max(0, answer.search(words) - 60), answer.search(words) + 20)}`,
    ),
  ).toEqual([]);
});

test('R1.4 T-39 in setup everybody but the administrators of tenants is told exactly what they are told in off', async () => {
  await disable();
  const off = others(await everything());
  await change({ state: 'setup' });
  const all = await everything();
  const setup = others(all);
  await change({ state: 'on' });
  // The request for setup lies between, for all whose scope has other people's requests; and what was exported, in the audit.
  const counted = / \/(requests|audit-entries|audit-entries\/export) $/;
  const differing = [...off].filter(
    ([call, answer]) => !counted.test(call) && still(setup.get(call) as string) !== still(answer),
  );
  expect(differing.map(([call, answer]) => [call, answer.slice(0, 300), setup.get(call)?.slice(0, 300)])).toEqual([]);
  expect([...setup].filter(([, answer]) => words.test(answer)).map(([call]) => call)).toEqual([]);
  // And the administrator is told of them.
  expect([...all].filter(([, answer]) => words.test(answer)).length).toBeGreaterThan(10);
});

test('R1.7 off and on again, everybody is told exactly what they were told before', async () => {
  const before = await everything();
  await disable();
  const meanwhile = await everything();
  await change({ state: 'on' });
  const after = await everything();
  const differing = [...before].filter(([call, answer]) => {
    // The two requests that changed the switch are in the administrator's and the auditor's lists, and in the audit is all that was asked.
    if (/^(administrator|aude) \/requests $/.test(call) || call.includes('/audit-entries')) return false;
    return still(after.get(call) as string) !== still(answer);
  });
  expect(differing.map(([call, answer]) => [call, answer.slice(0, 300), after.get(call)?.slice(0, 300)])).toEqual([]);
  // And it is no empty comparison: while it was off, much was different.
  expect([...before].filter(([call, answer]) => meanwhile.get(call) !== answer).length).toBeGreaterThan(50);
  expect([...before.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(100);
});
