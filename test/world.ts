import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { createRequest, getRequest, type ServiceRequest } from '../src/catalog/requests/requests.api.ts';
import { createFirstAdministrator } from '../src/identity/first-run/first-run.api.ts';
import { makeFirstRunLink } from '../src/identity/first-run/first-run.ts';
import { makePasswordLink, usePasswordLink } from '../src/identity/links/links.api.ts';
import { addPerson } from '../src/identity/people/people.api.ts';
import { listRoles } from '../src/identity/roles/roles.api.ts';
import { getMe } from '../src/identity/sessions/sessions.api.ts';
import { Database } from '../src/platform/database.ts';
import { foldName } from '../src/platform/fold.ts';
import { attachQueue, startJobs } from '../src/platform/jobs.ts';
import { createServer } from '../src/platform/server.ts';
import { queues, routes } from '../src/solution.ts';
import { Client } from './client.ts';
import { testDatabase } from './database.ts';

/** The password of everybody in a world. */
export const worldPassword = 'seven green bicycles';

export interface WorldTenant {
  /** The small number inside the database. */
  owner: number;
  id: string;
  name: string;
  slug: string;
  key: string;
}

/** Somebody who is signed in, and acts under one membership. */
export class WorldPerson extends Client {
  personId = '';
  contactId = '';
  userName = '';
  displayName = '';
  tenant: WorldTenant | null = null;
}

export interface PersonWanted {
  /** None: of the provider, or of the reserved tenant *unassigned* as everybody is in a fresh installation. */
  tenant?: WorldTenant | null;
  /** The name of a stock role (R5.11), or the id of another. */
  role: string;
  name?: string;
  userName?: string;
}

export interface TenantWanted {
  name: string;
  parent?: WorldTenant;
  key?: string;
  slug?: string;
  subtenantsAllowed?: boolean;
}

export interface World {
  readonly db: Database;
  readonly server: FastifyInstance;
  /** The first administrator, signed in. */
  readonly administrator: WorldPerson;
  /** Nobody: signs in as whoever it likes. */
  visitor(): Client;
  /** Turns multi-tenancy on with a new provider, which the administrator then belongs to (R1.6, R2.5). */
  enable(providerName?: string): Promise<WorldTenant>;
  /** An active tenant. */
  tenant(wanted: TenantWanted): Promise<WorldTenant>;
  /** As Manage Tenants is told which version one has seen (R2.6). */
  versions(slugs: string[]): Promise<string[]>;
  person(wanted: PersonWanted): Promise<WorldPerson>;
  /** Waits until a request is completed; an error when it is stuck. */
  settled(number: string, client?: Client): Promise<ServiceRequest>;
  /** As the owning login, behind every wall: to look at what is stored, and to set up what has no API; say why where you use it. */
  sql<T extends pg.QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
  /** Of a world that was to be kept. */
  drop(): Promise<void>;
  /** The name of the database, to clone it once the world is closed. */
  readonly database: string;
}

/**
 * An installation of its own for a test file: cloned database, the real door and server, a first administrator. Kept: closing
 * it leaves the database, for others to be cloned from.
 */
export async function openWorld({ keep = false }: { keep?: boolean } = {}): Promise<World> {
  const database = await testDatabase();
  const db = new Database({ app: database.app, prefix: database.prefix, connections: 8 });
  const server = await createServer({ db, routes, logLevel: 'error' });
  const jobs = await startJobs(db, attachQueue(db, database.app), queues, () => {});
  const owner = new pg.Client(database.owner);
  await owner.connect();
  const sql: World['sql'] = async (text, values = []) => (await owner.query(text, values)).rows as never;
  const administrator = await firstAdministrator(db, server);
  return {
    db,
    server,
    administrator,
    sql,
    visitor: () => new Client(server),
    enable: (name = 'Northwind Services') => enable(sql, administrator, name),
    tenant: (wanted) => makeTenant(sql, administrator, wanted),
    settled: (number, client = administrator) => settled(client, number),
    versions: async (slugs) =>
      (
        await sql<{ seen: string }>(`select slug || ':' || version as seen from tenancy.tenants where slug = any($1)`, [
          slugs,
        ])
      ).map((row) => row.seen),
    person: (wanted) => makePerson(administrator, server, wanted),
    close: async () => {
      await server.close();
      await jobs.stop();
      await db.end();
      await owner.end();
      if (!keep) await database.close();
    },
    drop: () => database.close(),
    database: database.owner.database as string,
  };
}

async function firstAdministrator(db: Database, server: FastifyInstance): Promise<WorldPerson> {
  const client = new WorldPerson(server);
  const token = await makeFirstRunLink(db);
  const body = { token: token as string, userName: 'admin', displayName: 'Ada Admin', password: worldPassword };
  await client.call(createFirstAdministrator, { body });
  await introduce(client);
  return client;
}

/** Fills in who the client is, from what the API says. */
async function introduce(client: WorldPerson): Promise<void> {
  const me = await client.call(getMe);
  client.personId = me.person.id;
  client.userName = me.person.userName;
  client.displayName = me.person.displayName;
  client.membershipId = me.acting?.membershipId ?? null;
  client.contactId = me.acting?.contactId ?? '';
}

async function enable(sql: World['sql'], administrator: WorldPerson, name: string): Promise<WorldTenant> {
  const values = { state: 'on', providerName: name };
  const made = await administrator.call(createRequest, { body: { offering: 'multi-tenancy', values } });
  await settled(administrator, made.number);
  administrator.tenant = await tenantNamed(sql, 'owner_id = 3');
  return administrator.tenant;
}

async function makeTenant(sql: World['sql'], administrator: WorldPerson, wanted: TenantWanted): Promise<WorldTenant> {
  const { parent, subtenantsAllowed = true, ...values } = wanted;
  const made = await administrator.call(createRequest, {
    body: {
      offering: 'add-tenant',
      values: { ...values, subtenantsAllowed, ...(parent ? { parent: parent.slug } : {}) },
    },
  });
  const done = await settled(administrator, made.number);
  return tenantNamed(sql, 'slug = $1', done.result.tenant as string);
}

/** What the API does not say: the small number that tests look behind the wall with. */
async function tenantNamed(sql: World['sql'], condition: string, ...values: string[]): Promise<WorldTenant> {
  const [row] = await sql<WorldTenant & Record<string, unknown>>(
    `select owner_id as owner, id, name, slug, key from tenancy.tenants where ${condition}`,
    values,
  );
  return row as WorldTenant;
}

/** Waits until a request is completed. @throws Error with what failed when a part does. */
async function settled(client: Client, number: string): Promise<ServiceRequest> {
  for (let waited = 0; waited < 15_000; waited += 10) {
    const request = await client.call(getRequest, { params: { number } });
    if (request.phase === 'completed') return request;
    if (request.stuck) throw new Error(`${number} is stuck: ${JSON.stringify(request.tasks)}`);
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`${number} was never completed`);
}

let people = 0;

/** Through the API: the administrator adds the person and makes the link; the person sets the password, and is signed in. */
async function makePerson(
  administrator: WorldPerson,
  server: FastifyInstance,
  wanted: PersonWanted,
): Promise<WorldPerson> {
  const tenant = wanted.tenant ?? administrator.tenant;
  const displayName = wanted.name ?? `${wanted.role} ${++people}`;
  const userName = wanted.userName ?? `${foldName(displayName).replace(/[^a-z0-9]+/g, '.')}.${++people}`;
  const roleId = /^[0-9a-f-]{36}$/.test(wanted.role) ? wanted.role : await stockRole(administrator, wanted.role);
  const body = {
    userName,
    displayName,
    email: `${userName}@example.test`,
    roleId,
    ...(tenant ? { tenant: tenant.slug } : {}),
  };
  const added = await administrator.call(addPerson, { body });
  const link = await administrator.call(makePasswordLink, { params: { id: added.id } });
  const person = new WorldPerson(server);
  await person.call(usePasswordLink, { body: { token: link.path.split('#')[1] as string, password: worldPassword } });
  await introduce(person);
  person.tenant = tenant;
  return person;
}

async function stockRole(administrator: WorldPerson, stock: string): Promise<string> {
  const { items } = await administrator.call(listRoles, { query: { public: 'only', limit: 200 } });
  const role = items.find((one) => one.stock === stock);
  if (!role) throw new Error(`no stock role ${stock}`);
  return role.id;
}
