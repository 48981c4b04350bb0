import type { Command } from 'commander';
import { StartRefusal } from '../platform/migrate.ts';
import { assignRecords, previewAssignment } from '../tenancy/switch/assignment.api.ts';
import { getReadiness } from '../tenancy/switch/readiness.api.ts';
import { type ExposurePreview, getMultiTenancy, previewDisabling } from '../tenancy/switch/switch.api.ts';
import { withApi } from './connection.ts';
import type { Context } from './main.ts';
import { table } from './output.ts';
import { outcomeOf, requestOffering } from './requests.ts';

/** The switch (R1), by the same offering and with the same preview as in the browser. */
export function addMultiTenancyCommands(program: Command, context: () => Context): void {
  const switching = program.command('multitenancy').description('the walls between tenants');
  switching
    .command('status')
    .description('whether multi-tenancy is on')
    .action(() => status(context()));
  switching
    .command('preview')
    .description('what disabling would make visible to whom; prints the id that disabling needs')
    .action(() => preview(context()));
  switching
    .command('setup')
    .description(
      'prepare the walls: name tenants, see what would be refused; from enabled it needs what disabling needs',
    )
    .option('--provider <name>', "the service provider's name, needed the first time")
    .option('--preview <id>', 'where it is enabled: of the preview that you have looked at')
    .option('--confirm <name>', "where it is enabled: the service provider's name")
    .action((options: Opening & { provider?: string }) => setUp(context(), options));
  switching
    .command('assign <rule...>')
    .description(
      'while setting up: give records to tenants by rule, as --assign of enable; says first what would go where',
    )
    .option('--dry-run', 'change nothing')
    .action((rules: string[], options: { dryRun?: boolean }) => assign(context(), rules, options));
  switching
    .command('readiness')
    .description('while setting up: what would be refused, and what has no tenant')
    .action(() => readiness(context()));
  switching
    .command('enable')
    .description('put up the walls')
    .option('--provider <name>', "the service provider's name, needed the first time")
    .option('--crossings <rule>', 'references between unrelated tenants: refuse, publish or clear', 'refuse')
    .option(
      '--resolve <crossing...>',
      'what becomes of single ones, as the refusal lists them: KIND/FIELD/ID=publish, give or clear',
    )
    .option('--assign <rule...>', assigning)
    .action((options: Enabling) => enable(context(), options));
  switching
    .command('disable')
    .description('take down the walls')
    .option('--preview <id>', 'where it is enabled: of the preview that you have looked at')
    .option('--confirm <name>', "where it is enabled: the service provider's name")
    .action((options: Opening) => disable(context(), options));
}

const assigning =
  "whose records without a tenant become: domain/example.com=TENANT, location/ID=TENANT, requester=, kind/KIND=TENANT, record/KIND/NUMBER=TENANT; the rest is the provider's";

interface Enabling {
  provider?: string;
  crossings: string;
  resolve?: string[];
  assign?: string[];
}

interface Opening {
  preview?: string;
  confirm?: string;
}

async function status({ config, output, as }: Context): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const state = await api.call(getMultiTenancy);
    output.result(state, [`${state.state}${state.provider ? ` (${state.provider})` : ''}`]);
  });
}

async function preview({ config, output, as }: Context): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const shown = await api.call(previewDisabling);
    output.result(shown, linesOf(shown));
  });
}

function linesOf(shown: ExposurePreview): string[] {
  const rows = shown.tenants.map((one) => [one.tenant, String(one.records), String(one.people)]);
  return [
    ...table(['tenant', 'records', 'people who would newly see them'], rows),
    '',
    `tenants: ${shown.tenantCount}, records: ${shown.records}`,
    `preview: ${shown.id}`,
  ];
}

async function enable(context: Context, options: Enabling): Promise<void> {
  if (!['refuse', 'publish', 'clear'].includes(options.crossings))
    throw new StartRefusal('--crossings must be refuse, publish or clear.');
  const values = {
    state: 'on',
    crossings: options.crossings,
    ...(options.provider ? { providerName: options.provider } : {}),
    ...(options.resolve ? { resolutions: options.resolve } : {}),
    ...(options.assign ? { assignment: options.assign } : {}),
  };
  await change(context, values, { en: 'Multi-tenancy is enabled', es: 'Multicliente está activado' });
}

async function assign(
  { config, output, as }: Context,
  rules: string[],
  { dryRun }: { dryRun?: boolean },
): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const shown = await api.call(previewAssignment, { body: { rules } });
    const goes = shown.rules.flatMap((one) => one.goes.map((part) => [one.rule, part.kind, String(part.records)]));
    const held = shown.held.map((one) => [one.rule, one.kind, `${one.records} stay: ${one.reason}`]);
    const lines = table(['rule', 'kind', 'records'], [...goes, ...held]);
    if (dryRun) return output.result(shown, [...lines, `references that would cross: ${shown.crossings.length}`]);
    const done = await api.call(assignRecords, { body: { rules } });
    output.result(done, [...lines, `assigned: ${done.records}`]);
  });
}

async function readiness({ config, output, as }: Context): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const report = await api.call(getReadiness);
    const refused = report.refusals.map((one) => [
      one.person.name,
      one.endpoint,
      one.outcome,
      one.kind,
      one.tenant?.name ?? '',
      String(one.times),
    ]);
    const unassigned = report.unassigned.map((one) => [one.kind, String(one.records)]);
    output.result(report, [
      ...table(['person', 'operation', 'outcome', 'kind', 'tenant', 'times'], refused),
      '',
      ...table(['without a tenant', 'records'], unassigned),
    ]);
  });
}

async function setUp(context: Context, options: Opening & { provider?: string }): Promise<void> {
  const values = { state: 'setup', ...(options.provider ? { providerName: options.provider } : {}), ...seen(options) };
  await change(context, values, { en: 'Multi-tenancy is being set up', es: 'Multicliente se está preparando' });
}

async function disable(context: Context, options: Opening): Promise<void> {
  const values = { state: 'off', ...seen(options) };
  await change(context, values, { en: 'Multi-tenancy is disabled', es: 'Multicliente está desactivado' });
}

function seen({ preview: previewId, confirm: confirmation }: Opening): Record<string, string> {
  return { ...(previewId ? { previewId } : {}), ...(confirmation ? { confirmation } : {}) };
}

async function change(
  { config, output, as }: Context,
  values: Record<string, unknown>,
  said: { en: string; es: string },
): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const request = await requestOffering(api, output, 'multi-tenancy', values);
    output.result(request, outcomeOf(request, output, said[output.language === 'es' ? 'es' : 'en']));
  });
}
