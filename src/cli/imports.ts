import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { importTickets } from '../desk/import/import.api.ts';
import type { ImportedTicket, Reject } from '../desk/import/imported-ticket.ts';
import { type IncidentLog, readIncidentLog } from '../desk/import/servicenow-log.ts';
import { type Mappable, mappable, readTicketsCsv } from '../desk/import/tickets-csv.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { getMultiTenancy } from '../tenancy/switch/switch.api.ts';
import { listTenants } from '../tenancy/tenants/tenants.api.ts';
import { type Api, withApi } from './connection.ts';
import { ensureTenants } from './import-tenants.ts';
import type { Context } from './main.ts';
import { type Output, table } from './output.ts';
import { progressOf } from './progress.ts';

const batch = 50;

/** Imports from other systems; run twice they change nothing. */
export function addImportCommands(program: Command, context: () => Context): void {
  const imports = program.command('import').description('take in tickets of other systems');
  const accept = new Option('--accept-rejects', 'import the rest although some records are refused');
  const dry = new Option('--dry-run', 'say what would be imported and refused, and change nothing');
  imports
    .command('servicenow-log <file>')
    .description("ServiceNow's incident audit log (CSV, also gzipped); its locations become tenants under the provider")
    .requiredOption('--time-zone <zone>', 'of the local times in the file, such as America/Sao_Paulo')
    .addOption(accept)
    .addOption(dry)
    .action((file: string, options: LogOptions) => importLog(context(), file, options));
  imports
    .command('tickets-csv <file>')
    .description('any CSV file with a header, by a mapping of its columns')
    .requiredOption('--map <field=column...>', `what the columns mean: ${mappable.join(', ')}`)
    .option('--tenant <address>', 'the tenant of all tickets, where no column names it')
    .addOption(accept)
    .addOption(dry)
    .action((file: string, options: CsvOptions) => importCsv(context(), file, options));
}

interface LogOptions {
  timeZone: string;
  acceptRejects?: boolean;
  dryRun?: boolean;
}

interface CsvOptions {
  map: string[];
  tenant?: string;
  acceptRejects?: boolean;
  dryRun?: boolean;
}

async function importLog({ config, output, as }: Context, file: string, options: LogOptions): Promise<void> {
  refuseUnknownZone(options.timeZone);
  const log = readIncidentLog(await bytesOf(file), options.timeZone);
  await withApi(config, output, as, async (api) => {
    await refuseWhileOff(api);
    const summary = { tickets: log.incidents.length, tenants: log.locations.length, rejects: log.rejects };
    if (stopsHere(output, summary, options)) return;
    report(output, { ...summary, ...(await takeInLog(api, output, log)) });
  });
}

/** Locations become tenants under the provider, incidents their tickets. */
export async function takeInLog(
  api: Api,
  output: Output,
  log: IncidentLog,
): Promise<{ imported: number; present: number }> {
  const slugs = await ensureTenants(api, output, log.locations);
  const tickets = log.incidents.map(
    ({ location, ...rest }): ImportedTicket => ({ ...rest, tenant: slugs.get(location) as string }),
  );
  return send(api, output, { source: 'servicenow-log', samePeople: true }, tickets);
}

async function importCsv({ config, output, as }: Context, file: string, options: CsvOptions): Promise<void> {
  const mapping = {
    columns: columnsOf(options.map),
    tenant: options.tenant,
    name: basename(file),
    now: Temporal.Now.instant(),
  };
  const bytes = await bytesOf(file);
  await withApi(config, output, as, async (api) => {
    await refuseWhileOff(api);
    const { tickets, rejects } = readTicketsCsv(bytes, { ...mapping, knownTenants: await activeTenants(api) });
    const summary = { tickets: tickets.length, tenants: new Set(tickets.map((ticket) => ticket.tenant)).size, rejects };
    if (stopsHere(output, summary, options)) return;
    report(output, { ...summary, ...(await takeInCsv(api, output, mapping.name, tickets)) });
  });
}

/** The file's name is part of the identity of its rows: two files do not mix. */
export function takeInCsv(
  api: Api,
  output: Output,
  name: string,
  tickets: ImportedTicket[],
): Promise<{ imported: number; present: number }> {
  return send(api, output, { source: `tickets-csv ${name}`.slice(0, 100), samePeople: false }, tickets);
}

/** What the dry run judges by, too: the address of every tenant that can be written. */
async function activeTenants(api: Api): Promise<Set<string>> {
  const slugs = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await api.call(listTenants, {
      query: { status: 'active', limit: 200, ...(cursor ? { cursor } : {}) },
    });
    for (const tenant of page.items) slugs.add(tenant.slug);
    if (page.next === null) return slugs;
    cursor = page.next;
  }
}

/** Batches are units of work: a broken connection leaves whole ones, and the next run goes on behind them. */
async function send(
  api: Api,
  output: Output,
  from: { source: string; samePeople: boolean },
  tickets: ImportedTicket[],
): Promise<{ imported: number; present: number }> {
  const progress = progressOf(output, 'tickets', tickets.length);
  const sum = { imported: 0, present: 0 };
  for (let at = 0; at < tickets.length; at += batch) {
    const done = await api.call(importTickets, { body: { ...from, tickets: tickets.slice(at, at + batch) } });
    sum.imported += done.imported;
    sum.present += done.present;
    progress.advance(Math.min(at + batch, tickets.length));
  }
  progress.end();
  return sum;
}

interface Summary {
  tickets: number;
  tenants: number;
  rejects: Reject[];
}

/** A dry run ends with its summary; rejects end the command unless they were accepted knowingly. */
function stopsHere(output: Output, summary: Summary, options: { acceptRejects?: boolean; dryRun?: boolean }): boolean {
  if (options.dryRun || (summary.rejects.length > 0 && !options.acceptRejects)) {
    report(output, { ...summary, imported: 0, present: 0 });
    if (options.dryRun) return true;
    throw new StartRefusal(
      'Some records cannot be imported. Nothing was: correct the file, or import the rest with --accept-rejects.',
    );
  }
  return false;
}

function report(output: Output, summary: Summary & { imported: number; present: number }): void {
  const { rejects, ...counts } = summary;
  const lines = Object.entries(counts).map(([name, count]) => `${name}: ${count}`);
  if (rejects.length) {
    lines.push('', `refused: ${rejects.length}`);
    lines.push(
      ...table(
        ['record', 'line', 'column', 'value', 'problem'],
        rejects.map((one) => [one.sourceId, String(one.line), one.column, one.value, one.problem]),
      ),
    );
  }
  output.result(summary, lines);
}

async function refuseWhileOff(api: Api): Promise<void> {
  const { state } = await api.call(getMultiTenancy);
  if (state === 'on') return;
  throw new StartRefusal(
    'Multi-tenancy must be on, because imported tickets belong to tenants: enable it with “npm run tenantry -- multitenancy enable --provider <name>”.',
  );
}

function refuseUnknownZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new StartRefusal(`--time-zone ${zone}: there is no such time zone; write one such as America/Sao_Paulo.`);
  }
}

function columnsOf(map: string[]): Partial<Record<Mappable, string>> {
  return Object.fromEntries(
    map.map((one) => {
      const [field, column] = one.split('=', 2) as [string, string | undefined];
      if (!mappable.includes(field as Mappable) || !column)
        throw new StartRefusal(`--map ${one}: write field=column, the field one of ${mappable.join(', ')}.`);
      return [field, column];
    }),
  );
}

async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new StartRefusal(`${file} cannot be read (${error.code}): name a file that exists and may be read.`);
  });
}
