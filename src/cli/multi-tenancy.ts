import type { Command } from 'commander';
import { StartRefusal } from '../platform/migrate.ts';
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
    .command('enable')
    .description('put up the walls')
    .option('--provider <name>', "the service provider's name, needed the first time")
    .option('--crossings <rule>', 'references between unrelated tenants: refuse, publish or clear', 'refuse')
    .option(
      '--resolve <crossing...>',
      'what becomes of single ones, as the refusal lists them: KIND/FIELD/ID=publish, give or clear',
    )
    .action((options: { provider?: string; crossings: string; resolve?: string[] }) => enable(context(), options));
  switching
    .command('disable')
    .description('take down the walls')
    .option('--preview <id>', 'where it is enabled: of the preview that you have looked at')
    .option('--confirm <name>', "where it is enabled: the service provider's name")
    .action((options: Opening) => disable(context(), options));
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

async function enable(
  context: Context,
  options: { provider?: string; crossings: string; resolve?: string[] },
): Promise<void> {
  if (!['refuse', 'publish', 'clear'].includes(options.crossings))
    throw new StartRefusal('--crossings must be refuse, publish or clear.');
  const values = {
    state: 'on',
    crossings: options.crossings,
    ...(options.provider ? { providerName: options.provider } : {}),
    ...(options.resolve ? { resolutions: options.resolve } : {}),
  };
  await change(context, values, { en: 'Multi-tenancy is enabled', es: 'Multicliente está activado' });
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
