import type { Command } from 'commander';
import { describeSettings } from '../config.ts';
import { makeAdministratorLink } from '../identity/links/links.ts';
import { secretHash } from '../identity/secrets.ts';
import { createToken } from '../identity/tokens/tokens.ts';
import { openInstallation } from '../installation.ts';
import { backUp, restore } from '../platform/backup.ts';
import type { Database } from '../platform/database.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { stopOnSignals } from '../platform/signals.ts';
import { prepareSchema, startProgram } from '../program.ts';
import { asItRuns, tokenOf, withDatabase } from './connection.ts';
import { examine } from './doctor.ts';
import type { Context } from './main.ts';
import { table } from './output.ts';

/** Commands about the installation itself. */
export function addInstallationCommands(program: Command, context: () => Context): void {
  program
    .command('start')
    .description('run the program')
    .action(() => start(context()));
  program
    .command('migrate')
    .description("bring the database to this program's schema")
    .action(() => migrateOnly(context()));
  program
    .command('doctor')
    .description('settings, logins, policies in force, versions')
    .action(() => doctor(context()));
  program
    .command('backup <file>')
    .description('save everything of one instant, while the program runs')
    .action((file: string) => backup(context(), file));
  program
    .command('restore <file>')
    .description('load a backup into an empty database')
    .action((file: string) => load(context(), file));
  program
    .command('admin')
    .description('administrators')
    .command('link')
    .description('a one-time address at which a locked-out administrator sets a new password (--as names who)')
    .action(() => administratorLink(context()));
  program
    .command('token')
    .description('API tokens')
    .command('create <name>')
    .description('make an API token of the administrator; it is shown once')
    .option('--days <number>', 'how long it lasts', '90')
    .action((name: string, options: { days: string }) => makeToken(context(), name, options.days));
}

async function start({ config, output }: Context): Promise<void> {
  const { readConfig } = await import('../config.ts');
  const starting = startProgram({ ...config, logLevel: readConfig().logLevel }, output.say);
  stopOnSignals(async () => (await starting).stop());
  await starting;
}

async function migrateOnly({ config, output }: Context): Promise<void> {
  const installation = await openInstallation(config, { say: output.say, onFailure: fail, beside: true });
  try {
    await prepareSchema(installation, output.say);
    output.result({ migrated: true }, ["The database has this program's schema."]);
  } finally {
    await installation.close();
  }
}

async function doctor({ config, output }: Context): Promise<void> {
  const installation = await openInstallation(config, {
    say: output.say,
    onFailure: fail,
    beside: true,
    existing: true,
  });
  try {
    const findings = await examine(installation);
    const settings = describeSettings();
    const lines = [
      ...table(
        ['setting', 'value'],
        settings.map(({ name, value }) => [name, value]),
      ),
      '',
      ...table(
        ['check', 'result'],
        findings.map(({ check, result, good }) => [check, `${good ? 'good' : 'BAD'}: ${result}`]),
      ),
    ];
    output.result({ settings, findings }, lines);
    if (findings.some((finding) => !finding.good)) process.exitCode = 1;
  } finally {
    await installation.close();
  }
}

async function backup({ config, output }: Context, file: string): Promise<void> {
  const installation = await openInstallation(config, {
    say: output.say,
    onFailure: fail,
    beside: true,
    existing: true,
  });
  try {
    const counts = await backUp(installation.owner, file);
    output.result({ file, ...counts }, [`${counts.rows} rows of ${counts.tables} tables are in ${file}.`]);
  } finally {
    await installation.close();
  }
}

async function load({ config, output }: Context, file: string): Promise<void> {
  const installation = await openInstallation(config, { say: output.say, onFailure: fail, beside: true });
  try {
    await prepareSchema(installation, output.say);
    const counts = await restore(installation.owner, file);
    output.result({ file, ...counts }, [`${counts.rows} rows of ${counts.tables} tables were restored from ${file}.`]);
  } finally {
    await installation.close();
  }
}

async function administratorLink({ config, output, as }: Context): Promise<void> {
  const link = await withDatabase(config, output, (db: Database) => makeAdministratorLink(db, as));
  if (!link) {
    throw new StartRefusal(
      'Say which administrator with --as <user name>: there is none of that name, or there are several.',
    );
  }
  const { publicUrl } = await asItRuns(config);
  const url = publicUrl + link.path;
  output.result({ url, expiresAt: link.expiresAt }, [`Open this address within 72 hours, once: ${url}`]);
}

async function makeToken({ config, output, as }: Context, name: string, days: string): Promise<void> {
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > 366)
    throw new StartRefusal('--days must be a number from 1 to 366.');
  // Not by the API: no token can make another. Whoever can run this may read the database anyway.
  await withDatabase(config, output, async (db) => {
    const own = await tokenOf(db, as);
    const holder = await db.as({ kind: 'token', tokenHash: secretHash(own.token) }, async ({ scope }) => scope);
    const made = await db.asSystem((system) => createToken(system, holder, { name, days: Number(days) }));
    output.result(made, [`Token of ${own.userName}, shown only now, until ${made.expiresAt}:`, made.token]);
  });
}

function fail(error: unknown): never {
  throw error;
}
