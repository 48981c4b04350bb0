import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../../../test/client.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { createTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { getMultiTenancy, previewDisabling } from '../../tenancy/switch/switch.api.ts';
import { getTenant } from '../../tenancy/tenants/tenants.api.ts';
import {
  changePassword,
  chooseMembership,
  getMe,
  listSessions,
  setPreferences,
  signIn,
  signOut,
} from '../sessions/sessions.api.ts';
import { createToken } from '../tokens/tokens.api.ts';
import { acceptTerms, getMyTerms, rejectTerms } from './acceptance.api.ts';
import { listConsents } from './consents.api.ts';
import * as api from './statements.api.ts';

let world: World;
let top: WorldTenant;
let middle: WorldTenant;
let bottom: WorldTenant;
let beside: WorldTenant;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  top = await world.tenant({ name: 'Top' });
  middle = await world.tenant({ name: 'Middle', parent: top });
  bottom = await world.tenant({ name: 'Bottom', parent: middle });
  beside = await world.tenant({ name: 'Beside' });
}, 60_000);
afterAll(() => world.close());

let made = 0;
interface Wanted {
  tenant?: WorldTenant;
  by?: WorldPerson;
  text?: string;
}

/** A statement with one version; public unless a tenant is named. */
async function publish({ tenant, by = world.administrator, text = 'Be kind.' }: Wanted = {}) {
  const owner = tenant ? { tenant: tenant.slug } : { public: true };
  const draft = await by.call(api.addTermsStatement, {
    body: { name: `Terms ${++made}`, drafts: { en: text, es: `${text} (es)` }, ...owner },
  });
  return by.call(api.publishTerms, { params: { id: draft.id }, version: draft.version });
}

async function publishAgain(id: string, text: string) {
  const by = world.administrator;
  const { version } = await by.call(api.getTermsStatement, { params: { id } });
  const changed = await by.call(api.updateTermsStatement, {
    params: { id },
    version,
    body: { drafts: { en: text, es: '' } },
  });
  return by.call(api.publishTerms, { params: { id }, version: changed.version });
}

/** R4.2: through the offering, as everybody does. */
async function manage(tenant: WorldTenant, values: Record<string, unknown>, by = world.administrator) {
  const versions = await world.versions([tenant.slug]);
  const asked = await by.try(createRequest, {
    body: { offering: 'manage-tenants', values: { action: 'update', tenants: [tenant.slug], versions, ...values } },
  });
  if (asked.status >= 400) return { status: asked.status, type: asked.body.type, errors: asked.body.errors };
  return world.settled(asked.body.number, by);
}
const name = (tenant: WorldTenant, { id }: { id: string }, asked = 'once') =>
  manage(tenant, { terms: 'statement', termsStatement: id, termsAsked: asked });
const inherit = (...tenants: WorldTenant[]) => Promise.all(tenants.map((one) => manage(one, { terms: 'inherit' })));

const user = (tenant: WorldTenant, role = 'self-service-user') => world.person({ tenant, role });
const asked = async (person: Client) => {
  const { due, terms } = await person.call(getMyTerms);
  return due ? (terms?.version ?? null) : null;
};
const refused = async (person: Client) => {
  const answer = await person.try(listTickets);
  return answer.status === 403 ? String(answer.body.type).replace('urn:tenantry:', '') : answer.status;
};
const accept = async (person: Client, language: 'en' | 'es' = 'en') =>
  person.call(acceptTerms, { body: { version: (await asked(person)) as string, language } });
async function signedIn(person: WorldPerson): Promise<WorldPerson> {
  const again = Object.assign(Object.create(Object.getPrototypeOf(person)), person, { cookie: null }) as WorldPerson;
  await again.call(signIn, {
    body: { userName: `${person.userName}@${person.tenant?.slug}`, password: worldPassword },
  });
  return again;
}

test('R8.1 a statement is drafted, published and drafted on; each version stays as it was published', async () => {
  const by = world.administrator;
  const first = await publish({ text: 'The first text.' });
  expect(first).toMatchObject({ published: 1, changed: false, can: { publish: false }, public: true });
  const [version] = first.versions;
  const { params } = { params: { id: version?.id as string } };
  const before = await by.call(api.getTermsVersion, { params });
  expect(before).toMatchObject({ number: 1, texts: { en: 'The first text.', es: 'The first text. (es)' } });

  const second = await publishAgain(first.id, 'The second text.');
  expect(second.versions.map(({ number }) => number)).toEqual([2, 1]);
  expect(second.versions[0]?.hash).not.toBe(version?.hash);
  expect(await by.call(api.getTermsVersion, { params })).toEqual(before);
  // For whoever owns the database as well.
  for (const statement of [
    `update identity.terms_versions set text_en = 'forged'`,
    'delete from identity.terms_versions',
    'truncate identity.terms_versions',
  ])
    await expect(world.sql(statement)).rejects.toMatchObject({ constraint: 'terms_stay_as_they_were' });
});

test('R8.1 nothing new and nothing at all are not published; a stale version is refused; names are unique in a tenant', async () => {
  const by = world.administrator;
  const empty = await by.call(api.addTermsStatement, { body: { name: 'Empty', public: true } });
  const publishIt = (version: number, id = empty.id) => by.try(api.publishTerms, { params: { id }, version });
  expect((await publishIt(empty.version)).body.type).toBe('urn:tenantry:terms.empty');
  const done = await publish();
  expect((await publishIt(done.version, done.id)).body.type).toBe('urn:tenantry:terms.nothing-new');
  const changed = await by.call(api.updateTermsStatement, {
    params: { id: done.id },
    version: done.version,
    body: { drafts: { en: 'Other', es: '' } },
  });
  expect((await publishIt(done.version, done.id)).status).toBe(412);
  expect((await publishIt(changed.version, done.id)).status).toBe(201);
  const again = await by.try(api.addTermsStatement, { body: { name: 'EMPTY', public: true } });
  expect(again.body.type).toBe('urn:tenantry:terms.name-taken');
});

test('R10.3 public statements alone are listed, whichever tenant is named beside', async () => {
  const [shared, own] = [await publish(), await publish({ tenant: top })];
  const listed = async (query: object) =>
    (await world.administrator.call(api.listTermsStatements, { query: { limit: 200, ...query } })).items.map(
      ({ id }) => id,
    );
  const only = await listed({ tenant: top.slug, public: 'only' });
  expect([only.includes(shared.id), only.includes(own.id)]).toEqual([true, false]);
  const without = await listed({ tenant: top.slug, public: 'exclude' });
  expect([without.includes(shared.id), without.includes(own.id)]).toEqual([false, true]);
});

test('R8.1 statements are optional records: a tenant keeps its own, reads public and upper ones, and changes neither', async () => {
  const keeper = await user(middle, 'tenant-administrator');
  const stranger = await user(beside, 'tenant-administrator');
  const [open, upper, own] = [
    await publish(),
    await publish({ tenant: top }),
    await publish({ tenant: middle, by: keeper }),
  ];
  const { items } = await keeper.call(api.listTermsStatements, { query: { limit: 200 } });
  const seen = new Map(items.map((one) => [one.id, one.can.update]));
  expect([seen.get(open.id), seen.get(upper.id), seen.get(own.id)]).toEqual([false, false, true]);
  for (const { id, version } of [open, upper]) {
    const answer = await keeper.try(api.updateTermsStatement, { params: { id }, version, body: { name: 'Mine' } });
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:read-only']);
  }
  expect((await stranger.try(api.getTermsStatement, { params: { id: own.id } })).status).toBe(404);
  expect((await stranger.try(api.getTermsVersion, { params: { id: own.versions[0]?.id as string } })).status).toBe(404);
  expect((await keeper.try(api.addTermsStatement, { body: { name: 'For all', public: true } })).status).toBe(403);
});

test('R8.2 a tenant says inherit, none or a statement, through the offering alone, and names what is public, its own or of its line', async () => {
  const show = () => world.administrator.call(getTenant, { params: { slug: middle.slug } });
  expect(await show()).toMatchObject({ terms: 'inherit', termsAsked: 'once' });
  const [open, upper, aside, below] = [
    await publish(),
    await publish({ tenant: top }),
    await publish({ tenant: beside }),
    await publish({ tenant: bottom }),
  ];
  for (const one of [open, upper]) {
    await name(middle, one);
    expect(await show()).toMatchObject({
      terms: 'statement',
      termsOfUsage: {
        statement: { id: one.id },
        inForce: { name: one.name },
        decidedBy: { name: 'Middle', own: true },
      },
    });
  }
  const unknown = { status: 422, type: 'urn:tenantry:reference-unknown' };
  for (const one of [aside, below]) expect(await name(middle, one)).toEqual(unknown);
  // The database holds it too, whoever writes.
  await expect(
    world.sql(`update tenancy.tenants set terms_statement_owner_id = $1, terms_statement_id = $2 where owner_id = $3`, [
      beside.owner,
      aside.id,
      middle.owner,
    ]),
  ).rejects.toMatchObject({ constraint: 'reference_outside_the_line' });
  const wanted = { pointer: '/values/termsStatement', detail: 'Choose the statement.' };
  expect(await manage(middle, { terms: 'statement' })).toMatchObject({ status: 422, errors: [wanted] });
  await manage(middle, { terms: 'none' });
  expect(await show()).toMatchObject({ terms: 'none', termsOfUsage: { statement: null, inForce: null } });
  await inherit(middle);
});

test('R8.3 inherit and an inactive statement ask the next tenant up the line; none goes on; nobody has one goes on', async () => {
  const person = await user(bottom);
  expect(await refused(person)).toBe(200);
  const [ofTop, ofMiddle] = [await publish({ tenant: top }), await publish({ tenant: middle })];
  await name(top, ofTop);
  expect(await asked(person)).toBe(ofTop.versions[0]?.id);
  expect(await refused(person)).toBe('terms-not-accepted');
  await name(middle, ofMiddle);
  expect(await asked(person)).toBe(ofMiddle.versions[0]?.id);

  const inactive = await world.administrator.call(api.deactivateTermsStatement, {
    params: { id: ofMiddle.id },
    version: ofMiddle.version,
  });
  expect(await asked(person)).toBe(ofTop.versions[0]?.id);
  await manage(middle, { terms: 'none' });
  expect(await asked(person)).toBeNull();
  expect(await refused(person)).toBe(200);
  await manage(middle, { terms: 'inherit' });
  expect(await refused(person)).toBe('terms-not-accepted');

  // A statement without a version says nothing, either.
  const draft = await world.administrator.call(api.addTermsStatement, {
    body: { name: 'Draft', tenant: bottom.slug, drafts: { en: 'soon', es: '' } },
  });
  await name(bottom, draft);
  expect(await asked(person)).toBe(ofTop.versions[0]?.id);
  const shown = await world.administrator.call(getTenant, { params: { slug: bottom.slug } });
  expect(shown.termsOfUsage).toMatchObject({
    statement: { id: draft.id },
    inForce: { name: ofTop.name, number: 1 },
    decidedBy: { name: 'Top', own: false },
  });
  await world.administrator.call(api.reactivateTermsStatement, {
    params: { id: ofMiddle.id },
    version: inactive.version,
  });
  await inherit(top, middle, bottom);
});

test('R8.3 until they are accepted every endpoint but those for reading, deciding and leaving answers with its own problem', async () => {
  const person = await user(beside, 'tenant-administrator');
  await name(beside, await publish());
  const answers = [
    await person.try(listTickets),
    await person.try(createTicket, { body: { title: 'Unseen' } }),
    await person.try(listConsents),
    await person.try(listSessions),
    await person.try(setPreferences, { body: { language: 'es', timeZone: 'UTC' } }),
    await person.try(changePassword, { body: { oldPassword: worldPassword, newPassword: `${worldPassword}?` } }),
    await person.try(createToken, { body: { name: 'early', days: 1 } }),
  ];
  for (const { status, body } of answers)
    expect([status, body.type, body.details]).toEqual([403, 'urn:tenantry:terms-not-accepted', { link: '/terms' }]);
  expect(await person.call(getMe)).toMatchObject({ acting: null, problem: 'terms-not-accepted' });
  const leaving = await signedIn(person);
  expect((await leaving.try(signOut)).status).toBe(204);
  expect(await accept(person)).toMatchObject({ acting: { tenant: { slug: beside.slug } } });
  expect(await refused(person)).toBe(200);
  await inherit(beside);
});

test('R8.3 on changing membership the other tenant decides, and one can go back unasked', async () => {
  const person = await user(beside);
  const role = await world.sql<{ id: string }>(`select id from identity.roles where stock = 'self-service-user'`);
  await world.sql(
    `with c as (insert into identity.contacts (owner_id, id, person_owner_id, person_id, display_name, name_key)
       values ($1, gen_random_uuid(), $2, $3, 'Two', 'two') returning owner_id, id)
     insert into identity.memberships (owner_id, id, contact_id, role_owner_id, role_id)
       select owner_id, gen_random_uuid(), id, 2, $4 from c`,
    [bottom.owner, beside.owner, person.personId, role[0]?.id],
  );
  await name(bottom, await publish());
  const here = person.membershipId as string;
  const there = (await person.call(getMe)).memberships.find(({ id }) => id !== here)?.id as string;
  const moved = await person.call(chooseMembership, { body: { membershipId: there } });
  expect(moved).toMatchObject({ acting: null, problem: 'terms-not-accepted' });
  person.membershipId = there;
  expect(await refused(person)).toBe('terms-not-accepted');
  expect(await person.call(chooseMembership, { body: { membershipId: here } })).toMatchObject({
    acting: { membershipId: here },
  });
  await accept(person);
  expect(await person.call(chooseMembership, { body: { membershipId: there } })).toMatchObject({
    acting: { membershipId: there },
  });
  await inherit(bottom);
});

test('R8.3 a new version asks a live session at its next call, and only whom it concerns', async () => {
  const [one, other] = [await user(beside), await user(bottom)];
  const statement = await publish();
  await name(beside, statement);
  await accept(one);
  await publishAgain(statement.id, 'Be kinder.');
  expect(await refused(one)).toBe('terms-not-accepted');
  expect(await refused(other)).toBe(200);
  await accept(one);
  expect(await refused(one)).toBe(200);
  await inherit(beside);
});

test('R8.4 rejecting ends the session; both decisions are recorded with version, hash, language, instant and address', async () => {
  const person = await user(beside);
  const statement = await publish();
  await name(beside, statement);
  const version = (await asked(person)) as string;
  const cookie = person.cookie;
  await person.call(rejectTerms, { body: { version, language: 'es' }, address: '192.0.2.7' });
  expect(person.cookie).toBeNull();
  expect((await new Client(world.server, { cookie }).try(getMe)).status).toBe(401);

  const again = await signedIn(person);
  expect(await refused(again)).toBe('terms-not-accepted');
  await again.call(acceptTerms, { body: { version, language: 'en' }, address: '192.0.2.8' });
  const { items } = await world.administrator.call(listConsents, { query: { person: person.personId } });
  const { hash } = statement.versions[0] as { hash: string };
  const shared = {
    person: { id: person.personId, name: person.displayName },
    membershipId: person.membershipId,
    tenant: { slug: beside.slug },
    version: { id: version, number: 1, hash },
  };
  expect(items).toMatchObject([
    { ...shared, decision: 'accepted', language: 'en', address: '192.0.2.8' },
    { ...shared, decision: 'rejected', language: 'es', address: '192.0.2.7' },
  ]);
  const entries = await world.sql(
    `select action, owner_id, actor_person_id from platform.audit_entries where subject_id = $1 order by at`,
    [version],
  );
  expect(entries).toEqual(
    ['terms.rejected', 'terms.accepted'].map((action) => ({
      action,
      owner_id: beside.owner,
      actor_person_id: person.personId,
    })),
  );
  await inherit(beside);
});

test('R8.4 what is accepted names the version that was read: an older one is refused, also while another is being published', async () => {
  const person = await user(beside);
  const statement = await publish();
  await name(beside, statement);
  const first = (await asked(person)) as string;
  const second = await publishAgain(statement.id, 'Second.');
  const stale = await person.try(acceptTerms, { body: { version: first, language: 'en' } });
  expect([stale.status, stale.body.type]).toEqual([409, 'urn:tenantry:terms.changed']);

  // Publishing is under way and has not committed: the acceptance waits, and is then about a text that is none any more.
  const version = second.versions[0]?.id as string;
  await world.sql('begin');
  await world.sql(`update identity.terms_statements set published = 3 where id = $1`, [statement.id]);
  await world.sql(
    `insert into identity.terms_versions (owner_id, id, statement_id, number, name, text_en, text_es, hash, published_by)
     values (2, gen_random_uuid(), $1, 3, 'x', 'Third.', '', '', 'x')`,
    [statement.id],
  );
  const racing = person.try(acceptTerms, { body: { version, language: 'en' } });
  await new Promise((done) => setTimeout(done, 200));
  await world.sql('commit');
  expect((await racing).body.type).toBe('urn:tenantry:terms.changed');
  expect(await refused(person)).toBe('terms-not-accepted');
  await accept(person);
  expect(await refused(person)).toBe(200);
  // Twice, in two tabs, is once; and there is nothing left to reject.
  const third = (await person.call(getMyTerms)).terms?.version as string;
  await person.call(acceptTerms, { body: { version: third, language: 'en' } });
  const nothing = await person.try(rejectTerms, { body: { version: third, language: 'en' } });
  expect(nothing.body.type).toBe('urn:tenantry:terms.not-asked');
  const { items } = await world.administrator.call(listConsents, { query: { person: person.personId } });
  expect(items.map((one) => one.version.number)).toEqual([3]);
  await inherit(beside);
});

test('R8.5 once per version is the default; at every sign-in asks each session anew', async () => {
  const person = await user(beside);
  const statement = await publish();
  await name(beside, statement);
  await accept(person);
  expect(await refused(await signedIn(person))).toBe(200);

  await manage(beside, { termsAsked: 'sign-in' });
  const again = await signedIn(person);
  expect(await refused(again)).toBe('terms-not-accepted');
  await accept(again);
  expect(await refused(again)).toBe(200);
  expect(await refused(await signedIn(person))).toBe('terms-not-accepted');
  // How often is asked comes from the tenant that decides.
  const below = await world.tenant({ name: 'Below beside', parent: beside });
  expect(
    (await world.administrator.call(getTenant, { params: { slug: below.slug } })).termsOfUsage.inForce?.asked,
  ).toBe('sign-in');
  await manage(beside, { terms: 'inherit', termsAsked: 'once' });
});

test('R8.6 a token needs the current version to have been accepted once, and says so with a link', async () => {
  const person = await user(beside);
  const { token } = await person.call(createToken, { body: { name: 'program', days: 1 } });
  const program = new Client(world.server, { token });
  const statement = await publish();
  await name(beside, statement, 'sign-in');
  const before = await program.try(listTickets);
  expect([before.status, before.body.type, before.body.details]).toEqual([
    403,
    'urn:tenantry:terms-not-accepted',
    { link: '/terms' },
  ]);
  expect(await program.call(getMyTerms)).toMatchObject({ due: true });
  // Consent is a person's, who reads; a program cannot give it.
  const body = { version: statement.versions[0]?.id as string, language: 'en' as const };
  expect((await program.try(acceptTerms, { body })).body.type).toBe('urn:tenantry:session-needed');
  await accept(person);
  expect((await program.try(listTickets)).status).toBe(200);
  // Another sign-in is asked again; the version has been accepted once.
  await signedIn(person);
  expect((await program.try(listTickets)).status).toBe(200);
  await publishAgain(statement.id, 'New.');
  expect((await program.try(listTickets)).status).toBe(403);
  await manage(beside, { terms: 'inherit', termsAsked: 'once' });
});

test('R8.3 an administrator is asked as well, from the moment on that they have turned it on themselves', async () => {
  const by = world.administrator;
  const northwind = by.tenant as WorldTenant;
  const statement = await publish();
  const versions = await world.versions([northwind.slug]);
  const values = {
    action: 'update',
    tenants: [northwind.slug],
    versions,
    terms: 'statement',
    termsStatement: statement.id,
  };
  await by.call(createRequest, { body: { offering: 'manage-tenants', values } });
  await expect.poll(() => refused(by)).toBe('terms-not-accepted');
  await accept(by);
  expect(await refused(by)).toBe(200);
  await inherit(northwind);
});

test('R1.9 R8.3 with multi-tenancy off terms keep being asked, and no tenant is named', async () => {
  const person = await user(beside);
  await name(beside, await publish());
  const preview = await world.administrator.call(previewDisabling);
  const values = { state: 'off', previewId: preview.id, confirmation: 'Northwind' };
  const made = await world.administrator.call(createRequest, { body: { offering: 'multi-tenancy', values } });
  await world.settled(made.number);
  expect((await world.administrator.call(getMultiTenancy)).state).toBe('off');
  expect(await refused(person)).toBe('terms-not-accepted');
  const { terms } = await person.call(getMyTerms);
  expect(terms?.organization).toBeNull();
  expect(JSON.stringify(terms)).not.toContain('Beside');
  await accept(person);
  expect(await refused(person)).toBe(200);
  const { items } = await world.administrator.call(listConsents, { query: { person: person.personId } });
  expect(items).toMatchObject([{ decision: 'accepted', tenant: null }]);
});
