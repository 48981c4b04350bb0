import { createRequest, getRequest } from '../../src/catalog/requests/requests.api.ts';
import { importTickets } from '../../src/desk/import/import.api.ts';
import { createTicket, exportTickets, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { getTenant } from '../../src/tenancy/tenants/tenants.api.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import type { Bench, Site } from '../harness/bench.ts';
import type { Caller, PlainRequest } from '../harness/caller.ts';
import { importedTickets } from './imports.ts';

/** What one tenant asks for without end, from so many clients at once. Mail is no flood here: the program sends none. */
export interface Flood {
  name: string;
  clients: number;
  requests(): PlainRequest[];
  /** Until nothing of it is left to be done. */
  settled?(): Promise<void>;
}

export const clientsOfFlood = 64;

export async function floodsOf(bench: Bench, site: Site): Promise<Flood[]> {
  const flooder = await site.actor({ branch: 'work' });
  return [
    { name: 'calls', clients: clientsOfFlood, requests: () => callsOf(flooder) },
    {
      name: 'service requests',
      clients: 16,
      requests: () => [
        flooder.request(createRequest, {
          body: { offering: 'equipment', values: { what: 'screen', reason: 'Mine is broken' } },
        }),
      ],
      settled: () => fulfilled(bench, site),
    },
    await importsInto(site, site.tenant('work') as PlannedTenant),
    { name: 'exports', clients: 4, requests: () => [flooder.request(exportTickets)] },
  ];
}

/** As many lists as new tickets. */
export function callsOf(caller: Caller): PlainRequest[] {
  return [caller.request(listTickets), caller.request(createTicket, { body: { title: 'One of very many' } })];
}

/** The provider is a tenant as well, and the one that imports; from several sources, because one source's batches wait for each other. */
async function importsInto(site: Site, tenant: PlannedTenant): Promise<Flood> {
  const administrator = await site.administrator();
  const tickets = await importedTickets(tenant.slug);
  const batch = 50;
  return {
    name: 'imports',
    clients: 4,
    requests: () =>
      Array.from({ length: 120 }, (_none, place) => {
        const body = {
          source: `bench ${Date.now()} ${place % 4}`,
          tickets: tickets.slice(place * batch, (place + 1) * batch),
        };
        return administrator.request(importTickets, { body });
      }),
  };
}

async function fulfilled(bench: Bench, site: Site): Promise<void> {
  const left = 'select 1 from catalog.requests where turn is not null limit 1';
  while ((await bench.cluster.superuser(left, [], site.prepared.database)).length)
    await new Promise((done) => setTimeout(done, 200));
}

/** As the provider changes limits (R4.2); the program has learnt them when this is over: it asks each second while it is called. */
export async function limitTenant(site: Site, slug: string, callsAtOnce: number): Promise<void> {
  const administrator = await site.administrator();
  const { version } = await administrator.call(getTenant, { params: { slug } });
  const values = { action: 'update', tenants: [slug], versions: [`${slug}:${version}`], callsAtOnce };
  const { number } = await administrator.call(createRequest, { body: { offering: 'manage-tenants', values } });
  while ((await administrator.call(getRequest, { params: { number } })).phase !== 'completed')
    await new Promise((done) => setTimeout(done, 20));
  await new Promise((done) => setTimeout(done, 2500));
}
