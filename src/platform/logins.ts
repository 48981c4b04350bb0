import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { StartRefusal } from './migrate.ts';
import { quoted } from './roles.ts';

/**
 * What the names of this installation's roles begin with. Roles belong to the cluster and not to a database, so the name of
 * the database is in it: two installations on one cluster must not share roles.
 */
export function prefixOf(database: string): string {
  const plain = database.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
  // `pg_` is PostgreSQL's own; long names have to leave room for the longest role.
  const safe = (/^(pg_|[^a-z])/.test(plain) ? `t_${plain}` : plain).slice(0, 24);
  if (safe === database) return safe;
  return `${safe}_${createHash('sha256').update(database).digest('hex').slice(0, 6)}`;
}

/** A password that follows from a secret: nothing to keep, and the same for every process of an installation. */
export function passwordFrom(secret: string, login: string): string {
  return createHmac('sha256', secret).update(`tenantry login ${login}`).digest('base64url');
}

/**
 * Sees to the login that the program runs as: it owns nothing, bypasses nothing and inherits nothing. The owning login
 * makes it, and renews its password where that no longer fits. Answers how to connect as it.
 */
export async function ensureLogins(owner: pg.ClientConfig, prefix: string, secret: string): Promise<pg.ClientConfig> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const user = `${prefix}_app`;
    const app = asLogin(owner, client, user, passwordFrom(secret, user));
    if (await connects(app)) return app;
    const { rowCount: present } = await client.query('select from pg_roles where rolname = $1', [user]);
    // These statements take no parameters.
    const password = client.escapeLiteral(app.password as string);
    // Without `noinherit` from its first moment, what is granted to it before would be inherited for good (PostgreSQL 16).
    const attributes = 'login noinherit nocreatedb nocreaterole nobypassrls';
    const statement = present
      ? `alter role ${quoted(user)} with login password ${password}`
      : `create role ${quoted(user)} with ${attributes} password ${password}`;
    await client.query(statement).catch((error) => refuseRights(error, client, user));
    await client.query(`grant connect on database ${quoted(client.database ?? '')} to ${quoted(user)}`);
    return app;
  } finally {
    await client.end();
  }
}

/** Refuses a login that could see more than a unit of work lets it: one that bypasses the policies, owns or inherits. */
export async function checkLogin(app: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(app);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; bypasses: boolean; owns: boolean; inherits: boolean }>(`
      select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole as bypasses,
        exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_namespace n where n.nspowner = r.oid)
          or exists (select from pg_database d where d.datdba = r.oid) as owns,
        exists (select from pg_auth_members m where m.member = r.oid
          and coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit)) as inherits
      from pg_roles r where r.rolname = current_user`);
    const login = rows[0];
    if (!login) return;
    const name = quoted(login.name);
    if (login.bypasses)
      refuseLogin(
        name,
        'has more rights than the program may have',
        `alter role ${name} nosuperuser nobypassrls nocreaterole`,
      );
    if (login.owns) refuseLogin(name, 'owns parts of the database', `reassign owned by ${name} to the owning login`);
    if (login.inherits) {
      refuseLogin(
        name,
        'inherits rights',
        `alter role ${name} noinherit, and grant its roles again (since PostgreSQL 16 with inherit false, set true)`,
      );
    }
  } finally {
    await client.end();
  }
}

function refuseLogin(name: string, fault: string, remedy: string): never {
  throw new StartRefusal(
    `The program's database login ${name} ${fault}, so that tenants would not be kept apart: as a superuser, ${remedy}.`,
  );
}

function asLogin(owner: pg.ClientConfig, client: pg.Client, user: string, password: string): pg.ClientConfig {
  const { host, port, database } = client;
  return {
    host,
    port,
    database: database ?? '',
    user,
    password,
    ...(owner.ssl === undefined ? {} : { ssl: owner.ssl }),
  };
}

async function connects(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(config);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function refuseRights(error: unknown, client: pg.Client, user: string): never {
  const { code } = error as { code?: string };
  if (code !== '42501') throw error;
  const owner = quoted(client.user ?? '');
  throw new StartRefusal(
    `The login ${owner} of DATABASE_URL may not make or change the program's login ${quoted(user)}: as a superuser, alter role ${owner} createrole.`,
  );
}
