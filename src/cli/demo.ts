import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { importTickets } from '../desk/import/import.api.ts';
import { readIncidentLog } from '../desk/import/servicenow-log.ts';
import { makePasswordLink } from '../identity/links/links.api.ts';
import { listGrantableRoles } from '../identity/roles/roles.api.ts';
import { getMe } from '../identity/sessions/sessions.api.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { getMultiTenancy } from '../tenancy/switch/switch.api.ts';
import { type Api, withApi } from './connection.ts';
import type { Context } from './main.ts';
import { type Output, table } from './output.ts';
import { progressOf } from './progress.ts';
import { requestOffering } from './requests.ts';

/** Clients two levels deep, by name; the real log's locations give them their tickets. */
const clients = [
  { name: 'Atlántica Seguros', below: ['Atlántica Vida', 'Atlántica Hogar'] },
  { name: 'Müller & Söhne GmbH', below: ['Müller Logistik'] },
  { name: '株式会社さくら', below: ['さくら物流'] },
  { name: 'Northern Health Trust', below: ['St Brigid’s Hospital', 'Harbour Clinic'] },
];
const log = new URL('../../samples/servicenow-incident-log.csv.gz', import.meta.url);

export function addDemoCommand(program: Command, context: () => Context): void {
  program
    .command('demo')
    .description('fill an empty installation with a provider, its tenants and real tickets, and print who can sign in')
    .action(() => demo(context()));
}

interface Guest {
  tenant: string;
  role: string;
  userName: string;
  url: string;
}

async function demo({ config, output, as }: Context): Promise<void> {
  await withApi(config, output, as, async (api) => {
    const { state, hasProvider } = await api.call(getMultiTenancy);
    if (state !== 'off' || hasProvider)
      throw new StartRefusal('This installation is in use: run the demo with DATA_DIR set to a new folder.');
    await requestOffering(api, output, 'multi-tenancy', { state: 'on', providerName: 'Meridian Services' });
    const tenants = await addClients(api, output);
    await addTickets(api, output, tenants);
    const guests = await addGuests(api, output, config.publicUrl, tenants);
    const administrator = await administratorOf(api, config.publicUrl);
    const rows = guests.map((guest) => [guest.tenant, guest.role, guest.userName, guest.url]);
    output.result(
      [administrator, ...guests],
      [
        '',
        `The administrator signs in as ${administrator.userName} from now on, with the same password: ${administrator.url}`,
        'Each address below sets a password, once, within 72 hours:',
        ...table(['tenant', 'role', 'user name', 'address'], rows),
      ],
    );
  });
}

/** Has a password already, but another name to sign in with than before there were tenants (R5.10). */
async function administratorOf(api: Api, publicUrl: string): Promise<Guest> {
  const { person, acting } = await api.call(getMe);
  return {
    tenant: acting?.tenant?.name ?? '',
    role: acting?.role.name ?? '',
    userName: person.signInName,
    url: `${publicUrl}/sign-in`,
  };
}

interface Client {
  name: string;
  slug: string;
}

async function addClients(api: Api, output: Output): Promise<Client[]> {
  const made: Client[] = [];
  const progress = progressOf(output, 'tenants', clients.length + clients.flatMap((client) => client.below).length);
  const add = async (name: string, parent?: string) => {
    const values = { name, subtenantsAllowed: parent === 'meridian-services', ...(parent ? { parent } : {}) };
    const { result } = await requestOffering(api, output, 'add-tenant', values);
    made.push({ name, slug: result.tenant as string });
    progress.advance(made.length);
    return result.tenant as string;
  };
  for (const client of clients) {
    const slug = await add(client.name, 'meridian-services');
    for (const name of client.below) await add(name, slug);
  }
  progress.end();
  return made;
}

/** A quarter of the log's incidents are still open then. */
const asItStood = Temporal.Instant.from('2016-03-11T18:00:00Z');

/** The log's locations take turns among the tenants, so that some have many tickets and some few. */
async function addTickets(api: Api, output: Output, tenants: Client[]): Promise<void> {
  const { incidents, locations } = readIncidentLog(await readFile(log), 'America/Sao_Paulo', asItStood);
  const slugOf = new Map(
    locations.map((location, index) => [location, (tenants[index % tenants.length] as Client).slug]),
  );
  const tickets = incidents.map(({ location, ...rest }) => ({ ...rest, tenant: slugOf.get(location) as string }));
  const progress = progressOf(output, 'tickets', tickets.length);
  for (let from = 0; from < tickets.length; from += 50) {
    await api.call(importTickets, { body: { source: 'demo', tickets: tickets.slice(from, from + 50) } });
    progress.advance(Math.min(from + 50, tickets.length));
  }
  progress.end();
}

async function addGuests(api: Api, output: Output, publicUrl: string, tenants: Client[]): Promise<Guest[]> {
  const guests: Guest[] = [];
  const wanted = [
    {
      tenant: { name: 'Meridian Services', slug: 'meridian-services' },
      stock: 'provider-analyst',
      userName: 'paula',
      displayName: 'Paula Prieto',
    },
    { tenant: tenants[0] as Client, stock: 'tenant-administrator', userName: 'ana', displayName: 'Ana Peña' },
    { tenant: tenants[0] as Client, stock: 'self-service-user', userName: 'sergio', displayName: 'Sergio Sanz' },
    { tenant: tenants[3] as Client, stock: 'tenant-analyst', userName: 'jonas', displayName: 'Jonas Müller' },
  ];
  for (const { tenant, stock, userName, displayName } of wanted) {
    const roles = await api.call(listGrantableRoles, { query: { tenant: tenant.slug } });
    const role = roles.items.find((one) => one.stock === stock);
    const { result } = await requestOffering(api, output, 'add-user', {
      userName,
      displayName,
      tenant: tenant.slug,
      roleId: role?.id,
    });
    const link = await api.call(makePasswordLink, { params: { id: result.person as string } });
    guests.push({
      tenant: tenant.name,
      role: role?.name ?? stock,
      userName: link.signInName,
      url: publicUrl + link.path,
    });
  }
  return guests;
}
