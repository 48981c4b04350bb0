import pg from 'pg';
import type { Installation } from '../installation.ts';
import { checkLogin } from '../platform/logins.ts';
import { comparedMigrations } from '../platform/migrate.ts';
import { findGaps } from '../platform/walls.ts';
import { migrationsFolder } from '../program.ts';

export interface Finding {
  check: string;
  result: string;
  good: boolean;
}

/** What holds the walls up, looked at in the database itself. */
export async function examine(installation: Installation): Promise<Finding[]> {
  const owner = new pg.Client(installation.owner);
  await owner.connect();
  try {
    return [
      { check: 'PostgreSQL', result: installation.version, good: true },
      { check: 'program', result: `Node ${process.version}`, good: true },
      await migrationsOf(owner),
      await login(installation),
      await walls(installation),
      await switchState(owner),
    ];
  } finally {
    await owner.end();
  }
}

async function migrationsOf(owner: pg.Client): Promise<Finding> {
  const check = 'schema';
  const { applied, missing, unknown } = await comparedMigrations(owner, migrationsFolder);
  if (unknown.length) return { check, result: `newer than this program: ${unknown.join(', ')}`, good: false };
  if (missing.length) return { check, result: `not yet applied: ${missing.join(', ')}`, good: false };
  return { check, result: `${applied.length} migrations, the last is ${applied.at(-1)}`, good: true };
}

async function login(installation: Installation): Promise<Finding> {
  const check = `login ${installation.app.user}`;
  return checkLogin(installation.app).then(
    () => ({ check, result: 'owns nothing, bypasses nothing, inherits nothing', good: true }),
    (error: Error) => ({ check, result: error.message, good: false }),
  );
}

/** The very check that the program makes before it starts (T-43). */
async function walls({ app, prefix }: Installation): Promise<Finding> {
  const gaps = await findGaps(app, prefix);
  const result = gaps.length ? gaps.join('; ') : 'every table with an owner is behind its policies';
  return { check: 'row-level security', result, good: gaps.length === 0 };
}

async function switchState(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ state: string }>('select multi_tenancy as state from tenancy.solution');
  return { check: 'multi-tenancy', result: rows[0]?.state ?? '', good: true };
}
