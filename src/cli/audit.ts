import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  type Finding,
  type Head,
  listAuditHeads,
  type NotedHead,
  type Verification,
  verifyAudit,
} from '../administration/audit/verification.api.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { type Api, withApi } from './connection.ts';
import type { Context } from './main.ts';
import { type Output, table } from './output.ts';

/** The audit's chain (R11.1): whether it is whole, and where it ends. */
export function addAuditCommands(program: Command, context: () => Context): void {
  const audit = program.command('audit').description('the record of what was done');
  audit
    .command('verify')
    .description('look at every entry and seal; ends with 1 when something was changed, removed or inserted')
    .option('--tenant <address>', 'one tenant alone')
    .option('--heads <file>', 'what “audit head --json” printed earlier: finds a chain that was written anew')
    .action((options: { tenant?: string; heads?: string }) => verify(context(), options));
  audit
    .command('head')
    .description('print where the chains end, to be kept somewhere else')
    .action(() => head(context()));
}

async function verify({ config, output, as }: Context, options: { tenant?: string; heads?: string }): Promise<void> {
  const heads = options.heads === undefined ? {} : { heads: await notedHeads(options.heads) };
  const tenant = options.tenant === undefined ? {} : { tenant: options.tenant };
  const found = await withApi(config, output, as, (api) => api.call(verifyAudit, { body: { ...tenant, ...heads } }));
  output.result(found, linesOf(found, output));
  if (!found.intact) process.exitCode = 1;
}

async function head({ config, output, as }: Context): Promise<void> {
  const heads = await withApi(config, output, as, allHeads);
  const headings =
    output.language === 'es'
      ? ['cadena', 'cliente', 'sellos', 'anotaciones', 'huella']
      : ['chain', 'tenant', 'seals', 'entries', 'hash'];
  const rows = heads.map((one) => [
    one.chain,
    one.tenant?.slug ?? '–',
    String(one.seals),
    String(one.entries),
    one.hash,
  ]);
  output.result(heads, table(headings, rows));
}

async function allHeads(api: Api): Promise<Head[]> {
  const items: Head[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await api.call(listAuditHeads, { query: { limit: 1000, ...(cursor ? { cursor } : {}) } });
    items.push(...page.items);
    if (!page.next) return items;
    cursor = page.next;
  }
}

/** @throws StartRefusal unless it is what `audit head --json` prints. */
async function notedHeads(file: string): Promise<NotedHead[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new StartRefusal(`The file ${file} cannot be read: ${error.message}`);
  });
  try {
    const heads = (JSON.parse(text) as Head[]).map(({ chain, seals, hash }) => ({ chain, seals, hash }));
    if (heads.every(({ chain, seals, hash }) => chain && seals && hash)) return heads;
  } catch {
    // Said below, like any other content.
  }
  throw new StartRefusal(`The file ${file} holds no heads: write it with “tenantry audit head --json”.`);
}

const words = {
  en: {
    intact: 'The audit is whole.',
    broken: 'The audit is not whole:',
    changed: 'changed',
    removed: 'removed',
    inserted: 'inserted, or its seal was removed',
    backdated: 'inserted later than it says',
    reordered: 'in another place',
    erased: 'text erased without a record of it',
    'seal-changed': 'seal changed',
    'seal-removed': 'seal removed',
    head: 'the chain ends elsewhere, or was written anew',
    more: 'There is more.',
    sealed: 'sealed entries',
    unsealed: 'not sealed yet',
    confirmed: 'heads confirmed',
  },
  es: {
    intact: 'La auditoría está íntegra.',
    broken: 'La auditoría no está íntegra:',
    changed: 'modificada',
    removed: 'eliminada',
    inserted: 'insertada, o se eliminó su sello',
    backdated: 'insertada después de lo que dice',
    reordered: 'en otro lugar',
    erased: 'texto borrado sin constancia',
    'seal-changed': 'sello modificado',
    'seal-removed': 'sello eliminado',
    head: 'la cadena acaba en otro sitio, o se ha reescrito',
    more: 'Hay más.',
    sealed: 'anotaciones selladas',
    unsealed: 'aún sin sellar',
    confirmed: 'finales confirmados',
  },
};

function linesOf(found: Verification, output: Output): string[] {
  const say = words[output.language];
  const where = ({ from, to }: Finding) => (from === null ? '' : from === to ? `#${from}` : `#${from}–${to ?? ''}`);
  const rows = found.findings.map((one) => [
    say[one.kind],
    one.tenant?.slug ?? '–',
    where(one),
    ...(one.entry ? [one.entry.action, one.entry.subject, one.entry.at, one.entry.id] : []),
  ]);
  const counts = [
    `${say.sealed}: ${found.entries}`,
    `${say.unsealed}: ${found.unsealed}`,
    ...(found.confirmed ? [`${say.confirmed}: ${found.confirmed}`] : []),
  ];
  if (found.intact) return [say.intact, counts.join(', ')];
  const cells = rows.map((row) => [...row, '', '', '', ''].slice(0, 7));
  return [
    say.broken,
    ...table(['', '', '', '', '', '', ''], cells).slice(1),
    ...(found.more ? [say.more] : []),
    counts.join(', '),
  ];
}
