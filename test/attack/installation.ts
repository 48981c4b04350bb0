import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { fulfillmentQueue } from '../../src/catalog/fulfillment/engine.ts';
import { acceptInvitation, invite } from '../../src/identity/invitations/invitations.api.ts';
import { addRole } from '../../src/identity/roles/roles.api.ts';
import { getMe } from '../../src/identity/sessions/sessions.api.ts';
import { Database } from '../../src/platform/database.ts';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { Client } from '../client.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../world.ts';

/** Somebody with a session, as every clone of the installation knows them. */
export interface Live {
  cookie: string;
  membershipId: string;
  contactId: string;
  home: string;
  /** As a second tenant knows them. */
  secondContactId?: string;
}

/** An installation that is made once a run, and cloned for each forest: provider, tenants, and people who are signed in. */
export interface Seedbed {
  template: string;
  provider: string;
  administrator: Live;
  live: Live[];
  close(): Promise<void>;
}

const tenantsMade = 8;
const peopleMade = 16;

export async function makeSeedbed(): Promise<Seedbed> {
  const world = await openWorld({ keep: true });
  const provider = await world.enable('Tn00');
  const tenants: WorldTenant[] = [provider];
  for (let n = 1; n <= tenantsMade; n++)
    tenants.push(await world.tenant({ name: `~Tn0${n}~`, slug: `tn0${n}`, key: `TN0${n}` }));
  // Nobody approves their own requests, and one administrator stays whatever becomes of the others.
  await world.person({ role: 'system-administrator', name: 'Second Administrator' });
  const live: Live[] = [];
  for (let n = 0; n < peopleMade; n++) {
    // Every fourth is of the provider, who alone can have some rights.
    const tenant = (n % 4 === 3 ? provider : tenants[1 + (n % tenantsMade)]) as WorldTenant;
    const person = await world.person({ tenant, role: await ownRole(world, tenant, n), name: `Person ${n}` });
    const second = n % 3 === 0 ? (tenants[1 + ((n + 3) % tenantsMade)] as WorldTenant) : null;
    live.push({ ...liveOf(person), ...(second && { secondContactId: await join(world, person, second, 100 + n) }) });
  }
  const administrator = liveOf(world.administrator);
  return { template: await keep(world), provider: provider.slug, administrator, live, close: () => world.drop() };
}

/** A role that nobody else holds, for the forest to change. */
async function ownRole(world: World, tenant: WorldTenant, n: number): Promise<string> {
  const body = { name: `Role ${n}`, readReach: 'own' as const, functions: [], tenant: tenant.slug };
  return (await world.administrator.call(addRole, { body })).id;
}

/** R5.6: somebody of one tenant works for another one, too. @returns the contact there. */
async function join(world: World, person: WorldPerson, to: WorldTenant, n: number): Promise<string> {
  const address = `${person.userName}@${person.tenant?.slug}`;
  const body = { address, roleId: await ownRole(world, to, n), tenant: to.slug };
  const { path } = await world.administrator.call(invite, { body });
  const { memberships } = await person.call(acceptInvitation, { body: { token: path.split('#')[1] as string } });
  const there = memberships.find((one) => one.tenant?.slug === to.slug);
  const { acting } = await person.call(getMe, { membership: there?.id as string });
  return acting?.contactId as string;
}

async function keep(world: World): Promise<string> {
  await world.close();
  return world.database;
}

function liveOf(person: WorldPerson): Live {
  return {
    cookie: person.cookie as string,
    membershipId: person.membershipId as string,
    contactId: person.contactId,
    home: person.tenant?.slug ?? '',
  };
}

/** A clone with the real server in front of it; fulfillment is run by whoever waits for it. */
export interface Installation {
  db: Database;
  server: FastifyInstance;
  database: TestDatabase;
  client(live: Live): Client;
  /** Forgets what requests have queued so far. */
  forget(): void;
  /** Does what they have queued since. */
  fulfil(): Promise<void>;
  close(): Promise<void>;
  /** Closes it and leaves its database, for others to be cloned from. */
  leave(): Promise<void>;
}

/** @param manyOwners as if so many tenants had been added that no set of owners is large enough to travel as bits. */
export async function openInstallation(template: string, manyOwners = false): Promise<Installation> {
  const database = await testDatabase(template);
  if (manyOwners) await numberFrom(database, 100_000);
  const db = new Database({ app: database.app, prefix: database.prefix, connections: 4 });
  const server = await createServer({ db, routes, logLevel: 'error' });
  const jobs: Record<string, string | number>[] = [];
  const leave = async () => {
    await server.close();
    await db.end();
  };
  db.sendWith(async (_client, _queue, payload) => void jobs.push(payload));
  return {
    db,
    server,
    database,
    client: ({ cookie, membershipId }) => new Client(server, { cookie, membershipId }),
    forget: () => void jobs.splice(0),
    fulfil: async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await fulfillmentQueue.perform(db, job as never);
    },
    leave,
    close: async () => {
      await leave();
      await database.close();
    },
  };
}

async function numberFrom(database: TestDatabase, owner: number): Promise<void> {
  const client = new pg.Client(database.owner);
  await client.connect();
  await client.query(`select setval('tenancy.owner_ids', $1)`, [owner]);
  await client.end();
}
