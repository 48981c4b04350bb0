import { generateKeyPairSync } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { tokenHash } from '../../platform/server.ts';
import { keyId } from '../../platform/signing.ts';
import { acceptTerms, getMyTerms, rejectTerms } from './acceptance.api.ts';
import { exportConsents, listConsents, listSigningKeys } from './consents.api.ts';
import { verifyExport } from './proof.ts';
import { addTermsStatement, publishTerms } from './statements.api.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let keeper: WorldPerson;
let auditor: WorldPerson;
let stranger: WorldPerson;
let asked: WorldPerson[];

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  const below = await world.tenant({ name: 'Below Alpha', parent: alpha });
  keeper = await world.person({ tenant: alpha, role: 'tenant-administrator', name: '=Kim, "the keeper"' });
  auditor = await world.person({ tenant: alpha, role: 'tenant-auditor' });
  stranger = await world.person({ tenant: beta, role: 'tenant-auditor' });
  asked = [
    keeper,
    auditor,
    await world.person({ tenant: below, role: 'self-service-user', name: 'Über Leser' }),
    stranger,
  ];
  const by = world.administrator;
  const drafts = { en: '# Rules\n\nBe kind.', es: '# Normas\n\nSea amable.' };
  const { id, version } = await by.call(addTermsStatement, { body: { name: 'House rules', drafts, public: true } });
  await by.call(publishTerms, { params: { id }, version });
  const values = {
    action: 'update',
    tenants: [alpha.slug, beta.slug],
    versions: await world.versions([alpha.slug, beta.slug]),
    terms: 'statement',
    termsStatement: id,
  };
  await world.settled((await by.call(createRequest, { body: { offering: 'manage-tenants', values } })).number);
  for (const [number, person] of asked.entries()) {
    const { terms } = await person.call(getMyTerms);
    await person.call(acceptTerms, {
      body: { version: terms?.version as string, language: number % 2 ? 'es' : 'en' },
    });
  }
}, 60_000);
afterAll(() => world.close());

const keys = async () => {
  const { items } = await world.visitor().call(listSigningKeys);
  return new Map(items.map((key) => [key.id, key.publicKey]));
};
const exported = async (format: 'json' | 'csv', by = auditor) => {
  const answer = await by.try(exportConsents, { query: { format } });
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
};

/** With the program's login: as sign-in, and as whoever may do most. */
function asTheProgram(statement: string): (() => Promise<unknown>)[] {
  const administrator = {
    kind: 'session' as const,
    tokenHash: tokenHash(world.administrator.cookie as string),
    membershipId: world.administrator.membershipId,
  };
  return [
    () => world.db.asSystem(({ q }) => sql.raw(statement).execute(q)),
    () => world.db.as(administrator, ({ q }) => sql.raw(statement).execute(q)),
  ];
}

test('R8.7 administrators and auditors list their tenant’s proof of consent and that below, and nobody else’s', async () => {
  for (const by of [keeper, auditor]) {
    const { items } = await by.call(listConsents);
    expect(items.map((one) => one.person.name).sort()).toEqual(
      [keeper, auditor, asked[2] as WorldPerson].map((one) => one.displayName).sort(),
    );
  }
  const { items } = await stranger.call(listConsents);
  expect(items.map((one) => one.person.name)).toEqual([stranger.displayName]);
  expect((await asked[2]?.try(listConsents))?.status).toBe(403);
  expect((await stranger.try(exportConsents, { query: { format: 'json' } })).text).not.toContain('Kim');
});

test('R8.7 the list goes page by page and is filtered', async () => {
  const first = await keeper.call(listConsents, { query: { limit: 2 } });
  const rest = await keeper.call(listConsents, { query: { limit: 2, cursor: first.next as string } });
  expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
  expect((await keeper.call(listConsents, { query: { tenant: alpha.slug } })).items).toHaveLength(2);
  expect((await keeper.call(listConsents, { query: { decision: 'rejected' } })).items).toEqual([]);
});

test('R8.7 the export is signed by the installation, and any change of it is found', async () => {
  const file = await exported('json');
  const document = JSON.parse(file).document;
  expect(document.consents).toHaveLength(3);
  expect(document.versions).toMatchObject([{ name: 'House rules', texts: { en: '# Rules\n\nBe kind.' } }]);
  const known = await keys();
  expect(verifyExport(file, known)).toMatchObject({ ok: true, consents: 3, versions: 1 });
  // Another program's spaces and line breaks change nothing that was signed.
  expect(verifyExport(JSON.stringify(JSON.parse(file), null, 2), known)).toMatchObject({ ok: true });
  const forgeries: [string, string][] = [
    ['"accepted"', '"rejected"'],
    ['Be kind.', 'Be rich.'],
    ['Über Leser', 'Uber Leser'],
    [document.consents[0].at, '2020-01-01T00:00:00.000Z'],
    [JSON.parse(file).signature.value.slice(0, 8), 'AAAAAAAA'],
  ];
  for (const [from, to] of forgeries) {
    expect(file).toContain(from);
    expect(verifyExport(file.replace(from, to), known), to).toMatchObject({ ok: false, why: 'altered' });
  }
  const { consents, ...rest } = document;
  const fewer = { ...JSON.parse(file), document: { ...rest, consents: consents.slice(1) } };
  expect(verifyExport(JSON.stringify(fewer), known)).toMatchObject({ ok: false });
  expect(verifyExport('{"document":{}}', known)).toEqual({ ok: false, why: 'not-an-export' });
  expect(verifyExport('hello', known)).toEqual({ ok: false, why: 'not-an-export' });
});

test('R8.7 another installation’s key verifies nothing', async () => {
  const file = await exported('json');
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(verifyExport(file, new Map([[keyId(other), other]]))).toMatchObject({ ok: false, why: 'unknown-key' });
  const { key } = JSON.parse(file).signature;
  expect(verifyExport(file, new Map([[key, other]]))).toMatchObject({ ok: false, why: 'altered' });
});

test('R8.7 the CSV carries its signature in the last line, and no name runs as a formula', async () => {
  const file = await exported('csv', keeper);
  const known = await keys();
  expect(verifyExport(file, known)).toMatchObject({ ok: true, consents: 3 });
  const rows = parse(file.slice(0, file.indexOf('#signature')), { columns: true, bom: true }) as Record<
    string,
    string
  >[];
  expect(rows.map((row) => row.Person).sort()).toEqual(
    [`'=Kim, "the keeper"`, auditor.displayName, 'Über Leser'].sort(),
  );
  expect(rows[0]?.Hash).toMatch(/^[0-9a-f]{64}$/);
  expect(verifyExport(file.replace('accepted', 'rejected'), known)).toMatchObject({ ok: false, why: 'altered' });
  expect(verifyExport(file.slice(0, -20), known)).toMatchObject({ ok: false });
});

test('R8.7 R11.1 each export leaves an entry in the audit of every tenant that it holds', async () => {
  const count = async () =>
    world.sql(
      `select owner_id, count(*)::int as n from platform.audit_entries where action = 'consent.exported' group by 1 order by 1`,
    );
  const before = new Map((await count()).map(({ owner_id, n }) => [owner_id, n as number]));
  await exported('csv');
  const after = await count();
  const risen = after.filter(({ owner_id, n }) => (n as number) > (before.get(owner_id) ?? 0)).length;
  expect(risen).toBe(2);
});

test('R8.4 T-17 no login of the program writes, changes or takes away a consent, and the owning one changes none', async () => {
  const [person] = await world.sql<{ id: string; owner_id: number }>(
    'select id, owner_id from identity.consents limit 1',
  );
  const statements = [
    `insert into identity.consents select * from identity.consents`,
    `update identity.consents set decision = 'rejected'`,
    'delete from identity.consents',
    'truncate identity.consents',
  ];
  for (const statement of statements) {
    for (const attempt of asTheProgram(statement))
      await expect(attempt(), statement).rejects.toMatchObject({ code: '42501' });
  }
  for (const statement of statements.slice(1))
    await expect(world.sql(statement)).rejects.toMatchObject({ constraint: 'terms_stay_as_they_were' });
  expect(await world.sql('select id from identity.consents where id = $1', [person?.id])).toHaveLength(1);
});

test('R8.4 a consent is the credential’s own: no other person, membership or version can be named', async () => {
  const { terms } = await keeper.call(getMyTerms);
  const body = { version: terms?.version as string, language: 'en' as const };
  const answer = await keeper.try(rejectTerms, { body, membership: stranger.membershipId });
  expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:membership-needed']);
  expect((await keeper.try(acceptTerms, { body: { ...body, person: stranger.personId } as never })).status).toBe(422);
});

test('R8.7 T-31 the private key is readable by no role that somebody acts under, and leaves in no answer', async () => {
  for (const text of [await exported('json'), JSON.stringify(await world.visitor().call(listSigningKeys))])
    expect(text).not.toContain('PRIVATE');
  const administrator = asTheProgram('select private_key from platform.signing_keys')[1];
  await expect(administrator?.()).rejects.toMatchObject({ code: '42501' });
});
