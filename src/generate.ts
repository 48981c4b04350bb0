import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readConfig } from './config.ts';
import { type Installation, openInstallation } from './installation.ts';
import { openApi } from './platform/openapi.ts';
import { schemaSql } from './platform/schema.sql.ts';
import { schemaTypes } from './platform/schema.types.ts';
import { prepareSchema } from './program.ts';
import { routes } from './solution.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes what follows from the migrations and the endpoints, or, with `check`, only compares it with what is there.
 * Answers the paths that were not current.
 */
export async function generate({ check }: { check: boolean }): Promise<string[]> {
  const wanted = {
    ...(await fromScratchDatabase()),
    'docs/api/openapi.json': `${JSON.stringify(openApi(routes), null, 2)}\n`,
  };
  const stale: string[] = [];
  for (const [path, text] of Object.entries(wanted)) {
    const file = join(root, path);
    if ((await readFile(file, 'utf8').catch(() => null)) === text) continue;
    stale.push(path);
    if (check) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return stale;
}

/** All migrations on a database that lives as long as this takes. */
async function fromScratchDatabase(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-generate-'));
  // Where root runs this, the database's own account has to reach it.
  await chmod(folder, 0o711);
  const silent = () => {};
  let installation: Installation | null = null;
  try {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    installation = await openInstallation(config, { say: silent, onFailure: silent });
    await prepareSchema(installation, silent);
    return await readSchema(installation);
  } finally {
    await installation?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSchema({ owner, app, prefix }: Installation): Promise<Record<string, string>> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const names = { prefix, owner: client.user ?? '', app: app.user as string };
    return { 'db/schema.sql': await schemaSql(client, names), 'src/platform/schema.ts': await schemaTypes(client) };
  } finally {
    await client.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const stale = await generate({ check });
  for (const path of stale) process.stdout.write(check ? `Not current: ${path}. Run npm run generate.\n` : `${path}\n`);
  if (check && stale.length) process.exitCode = 1;
}
