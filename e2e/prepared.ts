import { createRequest } from '../src/catalog/requests/requests.api.ts';
import { addCategory } from '../src/desk/categories/categories.api.ts';
import { addAssignmentGroup } from '../src/desk/groups/groups.api.ts';
import { addLocation } from '../src/desk/locations/locations.api.ts';
import { addComment } from '../src/desk/tickets/comments.api.ts';
import {
  addWatcher,
  assignTicket,
  createTicket,
  getTicket,
  holdTicket,
  resolveTicket,
  startTicket,
} from '../src/desk/tickets/tickets.api.ts';
import { listRoles } from '../src/identity/roles/roles.api.ts';
import { setPreferences } from '../src/identity/sessions/sessions.api.ts';
import { addTermsStatement, listTermsStatements, publishTerms } from '../src/identity/terms/statements.api.ts';
import { addTenantGroup, listTenantGroups } from '../src/tenancy/groups/groups.api.ts';
import { getMultiTenancy } from '../src/tenancy/switch/switch.api.ts';
import { Caller, password } from './caller.ts';
import type { Language } from './texts.ts';

export interface Prepared {
  administrator: Caller;
  /** Of the tenant Alba Hospitals. */
  ana: Caller;
  lucia: Caller;
  /** Numbers of records that pages can be opened with. */
  ticket: string;
  request: string;
  /** Of a request of Ana's own. */
  ownRequest: string;
  /** Ids of a group of tenants and of a role. */
  group: string;
  role: string;
  /** Of a statement of terms of usage that is published, and asked of nobody. */
  terms: string;
}

/**
 * A provider with tenants, people and tickets, as a service desk has them on a Tuesday morning. What is there already,
 * because a journey before it failed and this begins in another process, stays as it is.
 */
export async function prepare(address: string, user: string, secret: string): Promise<Prepared> {
  const administrator = await new Caller(address)
    .signIn(user, secret)
    // With several tenants the name alone says too little (R5.10).
    .catch(() => new Caller(address).signIn(`${user}@norte-servicios`, secret));
  const { state } = await administrator.call(getMultiTenancy);
  if (state !== 'on') await make(administrator);
  const own = async (name: string) => new Caller(address).signIn(name, password);
  const ana = await own('ana@alba-hospitals');
  const { items: groups } = await administrator.call(listTenantGroups, { query: { search: 'Emergency' } });
  const { items: statements } = await administrator.call(listTermsStatements, { query: { search: 'Fair use' } });
  const { items: roles } = await administrator.call(listRoles, { query: { limit: 1 } });
  return {
    administrator,
    ana,
    lucia: await own('lucia@norte-servicios'),
    ticket: 'ALBA-1',
    request: 'NORT-R1',
    ownRequest: 'ALBA-R1',
    group: groups[0]?.id ?? '',
    role: roles[0]?.id ?? '',
    terms: statements[0]?.id ?? '',
  };
}

async function make(administrator: Caller): Promise<void> {
  await administrator.request('multi-tenancy', { state: 'on', providerName: 'Norte Servicios' });
  await administrator.request('add-tenant', { name: 'Alba Hospitals', subtenantsAllowed: true });
  await administrator.request('add-tenant', { name: 'Alba Clinics South', parent: 'alba-hospitals' });
  await administrator.request('add-tenant', { name: 'Costa Logística' });
  const group = { name: 'Emergency services', description: 'Around the clock', members: ['alba-hospitals'] };
  await administrator.call(addTenantGroup, { body: group });
  await publishTermsOf(administrator, 'Fair use');
  const people = {
    administrator,
    lucia: await administrator.person('Lucía Ferrer', 'lucia', 'provider-analyst', 'norte-servicios'),
    ana: await administrator.person('Ana Pérez', 'ana', 'self-service-user', 'alba-hospitals'),
    jorge: await administrator.person('Jorge Soto', 'jorge', 'tenant-administrator', 'alba-hospitals'),
    tomas: await administrator.person('Tomás Vidal', 'tomas', 'self-service-user', 'costa-logistica'),
  };
  await makeTickets(people, await makeChoices(administrator));
  const values = { what: 'screen', reason: 'A second screen for the ward plan.' };
  await people.ana.call(createRequest, { body: { offering: 'equipment', values } });
}

/** Public, with one version. */
export async function publishTermsOf(administrator: Caller, name: string): Promise<string> {
  const drafts = {
    en: '# What we ask of you\n\nTreat **data of patients** as you would have yours treated.\n\n- No copies\n- No pictures',
    es: '# Lo que le pedimos\n\nTrate los **datos de pacientes** como querría que se trataran los suyos.\n\n- Sin copias\n- Sin fotos',
  };
  const { id, version } = await administrator.call(addTermsStatement, { body: { name, drafts, public: true } });
  await administrator.call(publishTerms, { params: { id }, version });
  return id;
}

async function makeChoices(administrator: Caller) {
  const ids: Record<string, string> = {};
  for (const name of ['Hardware', 'Network', 'Printing', 'Access', 'Software']) {
    ids[name] = (await administrator.call(addCategory, { body: { name, public: true } })).id;
  }
  const group = { name: 'Service desk', description: 'First line, 07:00–19:00', public: true };
  ids[group.name] = (await administrator.call(addAssignmentGroup, { body: group })).id;
  for (const name of ['Alba, ward 4', 'Alba, radiology']) {
    ids[name] = (await administrator.call(addLocation, { body: { name, tenant: 'alba-hospitals' } })).id;
  }
  return ids;
}

type People = Record<'administrator' | 'lucia' | 'ana' | 'jorge' | 'tomas', Caller>;

async function makeTickets({ lucia, ana, jorge, tomas }: People, ids: Record<string, string>): Promise<void> {
  const report = async (by: Caller, title: string, category: string, urgency: 'high' | 'medium' | 'low', more = {}) =>
    (await by.call(createTicket, { body: { title, category: ids[category], urgency, ...more } })).number;
  const version = async (number: string) => (await lucia.call(getTicket, { params: { number } })).version;
  const step = async (endpoint: typeof startTicket | typeof holdTicket, number: string) =>
    lucia.call(endpoint, { params: { number }, version: await version(number) });

  const printer = await report(ana, 'Ward 4 printer jams on every second page', 'Printing', 'medium', {
    description:
      'Since this morning. We changed the paper tray twice, and the cartridge is new.\n\nThe shift change prints the plan at 14:00.',
    location: ids['Alba, ward 4'],
  });
  const scanner = await report(tomas, 'Handheld scanners lose the network in hall B', 'Network', 'high', {
    impact: 'high',
  });
  const roster = await report(ana, 'Cannot open the duty roster', 'Access', 'low');
  await report(jorge, 'Two new laptops for radiology', 'Hardware', 'low', {
    type: 'request',
    location: ids['Alba, radiology'],
  });
  const report2 = await report(tomas, 'El informe de rutas tarda más de diez minutos', 'Software', 'medium');
  await report(tomas, 'Label printer prints blank labels', 'Printing', 'high');
  await report(lucia, 'Backup window overlaps with the night batch', 'Software', 'medium', { impact: 'high' });

  await lucia.call(assignTicket, {
    params: { number: printer },
    version: await version(printer),
    body: { group: ids['Service desk'], assignee: lucia.contactId },
  });
  await step(startTicket, printer);
  await lucia.call(addWatcher, { params: { number: printer, contact: jorge.contactId } });
  const say = (by: Caller, text: string, audience?: 'internal' | 'public') =>
    by.call(addComment, { params: { number: printer }, body: { text, audience } });
  await say(lucia, 'Roller kit 3 is on the shelf in the basement, left of the stairs.', 'internal');
  await say(
    lucia,
    'Good morning, Ana. A technician comes at 11:30. Until then, please use the printer in the corridor.',
    'public',
  );
  await say(ana, 'Thank you! The corridor printer works.');
  await step(startTicket, scanner);
  await step(startTicket, report2);
  await step(holdTicket, report2);
  await lucia.call(resolveTicket, {
    params: { number: roster },
    version: await version(roster),
    body: { resolution: 'The account was locked after five wrong passwords. It is open again.' },
  });
}

export async function speak(caller: Caller, language: Language, timeZone = 'UTC'): Promise<void> {
  await caller.call(setPreferences, { body: { language, timeZone } });
}
