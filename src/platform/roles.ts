import type { ClientBase } from 'pg';

const reaches = ['one', 'set', 'all'] as const;
const writes = ['none', 'one', 'set', 'all'] as const;

/** The parts that policies are written for; each combination below is a member of one of each kind. */
const parts = [
  'everyone',
  'system',
  'reads_one',
  'reads_set',
  'reads_all',
  'writes_one',
  'writes_set',
  'writes_all',
  'narrow',
] as const;

/** Every role that a unit of work may switch to: reach × write reach × whether some scope is narrow (R5.9), and `system`. */
export function scopeRoles(prefix: string): string[] {
  const combined = reaches.flatMap((r) =>
    writes.flatMap((w) => [`${prefix}_r_${r}_w_${w}`, `${prefix}_r_${r}_w_${w}_narrow`]),
  );
  return [...combined, `${prefix}_system`];
}

/**
 * Makes the database roles of this installation, tolerant of races with another process or installation of the cluster.
 * `client` is the owning login and may create roles; `appLogin` exists already, owns nothing and inherits nothing.
 */
export async function ensureRoles(client: ClientBase, prefix: string, appLogin: string): Promise<void> {
  const wanted = [...parts.map((part) => `${prefix}_${part}`), ...scopeRoles(prefix)];
  const { rows: present } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [wanted],
  );
  const have = new Set(present.map((row) => row.rolname));
  for (const role of new Set(wanted)) {
    if (!have.has(role)) await tolerant(client, `create role ${quoted(role)} nologin`);
  }
  for (const reach of reaches) {
    for (const write of writes) {
      for (const narrow of ['', '_narrow']) {
        const granted = [`everyone`, `reads_${reach}`];
        if (write !== 'none') granted.push(`writes_${write}`);
        if (narrow) granted.push('narrow');
        await grant(
          client,
          granted.map((part) => `${prefix}_${part}`),
          `${prefix}_r_${reach}_w_${write}${narrow}`,
          '',
        );
      }
    }
  }
  const { rows: version } = await client.query<{ v: string }>(`select current_setting('server_version_num') v`);
  const withoutInheritance = Number(version[0]?.v) >= 160000 ? ' with inherit false, set true' : '';
  await grant(client, scopeRoles(prefix), appLogin, withoutInheritance);
}

/** Grants only what is missing: a grant that is there already would still lock and write the shared catalogue. */
async function grant(client: ClientBase, roles: string[], member: string, options: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles g on g.oid = m.member
     where g.rolname = $1 and r.rolname = any($2)`,
    [member, roles],
  );
  const have = new Set(rows.map((row) => row.name));
  const missing = roles.filter((role) => !have.has(role));
  if (missing.length) await tolerant(client, `grant ${missing.map(quoted).join(', ')} to ${quoted(member)}${options}`);
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Another process may have made the same role in the same instant. */
async function tolerant(client: ClientBase, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === '42710' || code === '23505') return;
      // Concurrent changes of one row of the shared catalogue.
      if (code === 'XX000' && attempt < 10) continue;
      throw error;
    }
  }
}
