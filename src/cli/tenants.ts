import type { Command } from 'commander';
import { StartRefusal } from '../platform/migrate.ts';
import { getMultiTenancy } from '../tenancy/switch/switch.api.ts';
import { getTenant, listTenants, type Tenant, type TenantSummary } from '../tenancy/tenants/tenants.api.ts';
import { type Api, Refused, withApi } from './connection.ts';
import type { Context } from './main.ts';
import { table } from './output.ts';
import { outcomeOf, requestOffering } from './requests.ts';

type Options = Record<string, string | boolean | undefined>;

/** Fields that are set with `--set field=value`; the same names as in the API and the offering's form. */
function addFields(command: Command): Command {
  return command.option('--set <field=value...>', 'any field of the form, such as timeZone=Europe/Madrid or phone=…');
}

/** Tenants, by the same offerings as in the browser (R4.6). */
export function addTenantCommands(program: Command, context: () => Context): void {
  const tenant = program.command('tenant').description('tenants');
  tenant
    .command('list')
    .description('all tenants, by name')
    .option('--search <text>', 'part of the name, or the key')
    .option('--status <status>', 'provisioning, active or inactive')
    .action((options: Options) => withApiOf(context(), (api, c) => list(api, c, options)));
  tenant
    .command('show <address>')
    .description('one tenant')
    .action((slug: string) => withApiOf(context(), (api, c) => show(api, c, slug), slug));
  addFields(tenant.command('add <name>').description('add a tenant'))
    .option('--parent <address>', 'below the tenant with this address, as “tenant list” shows it')
    .option('--key <key>', 'begins the numbers of its records: 2 to 8 letters or digits')
    .option('--address <address>', 'its own address: lower-case letters, digits and hyphens')
    .option('--subtenants-allowed', 'may have tenants below it')
    .action((name: string, options: Options) =>
      withApiOf(context(), (api, c) => add(api, c, name, options), options.parent as string | undefined),
    );
  addFields(tenant.command('update <address>').description('change a tenant; not its parent'))
    .option('--name <name>')
    .action((slug: string, options: Options) =>
      withApiOf(context(), (api, c) => manage(api, c, 'update', slug, options), slug),
    );
  for (const action of ['deactivate', 'reactivate'] as const) {
    tenant
      .command(`${action} <address>`)
      .description(action === 'deactivate' ? 'keep its people out and its records as they are' : 'open it again')
      .option('--subtree', 'with all tenants below it')
      .action((slug: string, options: Options) =>
        withApiOf(context(), (api, c) => manage(api, c, action, slug, options), slug),
      );
  }
}

/** @param slug the address of a tenant that the command was given. */
function withApiOf(
  context: Context,
  work: (api: Api, context: Context) => Promise<void>,
  slug?: string,
): Promise<void> {
  return withApi(context.config, context.output, context.as, (api) =>
    work(api, context).catch(async (error) => {
      throw (error instanceof Refused && (await inOtherWords(error, api, context, slug))) || error;
    }),
  );
}

/** R1.3, R5.4: the API's refusal names nothing; whoever may read the switch, and typed the address, is told more. */
async function inOtherWords(refused: Refused, api: Api, { output }: Context, slug?: string): Promise<Refused | null> {
  const type = refused.body.type.replace('urn:tenantry:', '');
  if (type !== 'not-found' && type !== 'tenant-unknown') return null;
  const { state } = await api.call(getMultiTenancy).catch(() => ({ state: null }));
  if (state !== 'off' && slug === undefined) return null;
  const texts = state === 'off' ? switchedOff : noSuchAddress(slug as string);
  return new Refused({ ...refused.body, title: texts[output.language] }, refused.status);
}

const switchedOff = {
  en: 'Multi-tenancy is off, so no tenant can be named: enable it with “tenantry multitenancy enable --provider <name>”, or in the catalog with Enable/Disable Multi-Tenancy.',
  es: 'Multicliente está desactivado y no se puede nombrar ningún cliente: actívelo con «tenantry multitenancy enable --provider <nombre>», o en el catálogo con Activar/desactivar Multicliente.',
};

const noSuchAddress = (slug: string) => ({
  en: `There is no tenant with the address “${slug}” here. A tenant’s address is wanted, not its name or key: “tenantry tenant list” shows it in the first column.`,
  es: `Aquí no hay ningún cliente con la dirección «${slug}». Se pide la dirección del cliente, no su nombre ni su clave: «tenantry tenant list» la muestra en la primera columna.`,
});

async function list(api: Api, { output }: Context, options: Options): Promise<void> {
  const items: TenantSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call(listTenants, {
      query: {
        search: options.search as string,
        status: options.status as 'active',
        limit: 200,
        ...(cursor ? { cursor } : {}),
      },
    });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  const rows = items.map((one) => [
    one.slug,
    one.key,
    one.status,
    one.parent?.slug ?? '',
    one.name + (one.provider ? ' *' : ''),
  ]);
  const headings =
    output.language === 'es'
      ? ['dirección', 'clave', 'estado', 'cliente padre', 'nombre']
      : ['address', 'key', 'status', 'parent', 'name'];
  output.result(items, table(headings, rows));
}

async function show(api: Api, { output }: Context, slug: string): Promise<void> {
  const one = await api.call(getTenant, { params: { slug } });
  const { line, systemGroups, can: _can, parent, ...facts } = one;
  const rows = [
    ...Object.entries(facts)
      .filter(([, value]) => value !== '' && value !== null)
      .map(([field, value]) => [field, String(value)]),
    ['parent', parent?.slug ?? ''],
    ['line', line.map((above) => above.slug).join(' › ')],
    ...systemGroups.map((group) => [`group ${group.kind}`, String(group.members)]),
  ];
  output.result(one, table(['field', 'value'], rows));
}

async function add(api: Api, { output }: Context, name: string, options: Options): Promise<void> {
  const { parent, key, address: slug } = options;
  const values = {
    name,
    parent,
    key,
    slug,
    ...(options.subtenantsAllowed ? { subtenantsAllowed: true } : {}),
    ...fieldsOf(options),
  };
  const request = await requestOffering(api, output, 'add-tenant', JSON.parse(JSON.stringify(values)));
  const made = request.result.tenant ? await api.call(getTenant, { params: { slug: request.result.tenant } }) : null;
  const done = made ? addedText(made, output.language) : name;
  output.result(made ?? request, outcomeOf(request, output, done));
}

function addedText({ name, slug, key, status }: Tenant, language: 'en' | 'es'): string {
  return language === 'es'
    ? `${name}: dirección ${slug}, clave ${key}, ${status}`
    : `${name}: address ${slug}, key ${key}, ${status}`;
}

async function manage(
  api: Api,
  { output }: Context,
  action: 'update' | 'deactivate' | 'reactivate',
  slug: string,
  options: Options,
): Promise<void> {
  const before: Tenant = await api.call(getTenant, { params: { slug } });
  const changes =
    action === 'update'
      ? { ...(options.name ? { name: options.name } : {}), ...fieldsOf(options) }
      : options.subtree
        ? { subtree: true }
        : {};
  const versions = [`${before.slug}:${before.version}`];
  const request = await requestOffering(api, output, 'manage-tenants', {
    action,
    tenants: [before.slug],
    versions,
    ...changes,
  });
  const after = await api.call(getTenant, { params: { slug: (changes as { slug?: string }).slug ?? before.slug } });
  output.result(after, outcomeOf(request, output, `${after.name}: ${after.status}`));
}

function fieldsOf(options: Options): Record<string, string> {
  const set = (options.set ?? []) as unknown as string[];
  return Object.fromEntries(
    set.map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw new StartRefusal(`--set ${one}: write it as field=value.`);
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}
