import { listTickets } from '../../src/desk/tickets/tickets.api.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { Caller, PlainRequest } from '../harness/caller.ts';
import { type Line, line, middle, noteOf, spreadOf } from '../harness/lines.ts';
import type { Round } from '../harness/measuring.ts';

const branches = ['one', 'quiet', 'few', 'ten', 'hundred', 'thousand', 'moving', 'dormant-ten', 'dormant-thousand'];

/** The 50 newest for every reach and size of set. */
export const lists: Case = {
  name: 'lists at every reach',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const requests = new Map<string, PlainRequest>();
    for (const branch of branches.filter((one) => site.tenant(one))) {
      const size = site.prepared.forest.tenants.filter((tenant) => tenant.branch === branch).length;
      requests.set(`${branch} (${size} tenants)`, (await site.actor({ branch })).request(listTickets));
    }
    requests.set('own tickets alone', (await site.actor({ branch: 'one', place: 1 })).request(listTickets));
    requests.set('a defined group', (await site.actor({ provider: 'reach.group' })).request(listTickets));
    const analyst = await site.actor({ provider: 'analyst.1' });
    requests.set('all tenants', analyst.request(listTickets));
    requests.set('all tenants, deep page', await deepPage(analyst, bench.quick ? 20 : 50));
    return measureAll(bench, site, requests, 'list', 25);
  },
};

/** Filters and orders of lists, for one tenant, a set and all. */
export const filters: Case = {
  name: 'filtered and sorted lists',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const set = ['thousand', 'hundred', 'few'].find((branch) => site.tenant(branch)) as string;
    const callers = {
      'one tenant': await site.actor({ branch: 'one' }),
      [set]: await site.actor({ branch: set }),
      'all tenants': await site.actor({ provider: 'analyst.1' }),
    };
    const wanted = {
      'open, by priority': { status: ['new', 'in_progress', 'on_hold'], sort: 'priority' },
      closed: { status: ['closed'] },
      'last updated': { sort: 'updated' },
      'by number': { sort: 'number' },
      critical: { priority: ['critical'] },
      'assigned to me': { mine: 'assigned' },
      'count (one row)': { limit: 1 },
      search: { text: 'password' },
    } satisfies Record<string, Parameters<typeof queryOf>[1]>;
    const requests = new Map<string, PlainRequest>();
    for (const [who, caller] of Object.entries(callers))
      for (const [what, query] of Object.entries(wanted)) requests.set(`${what}, ${who}`, queryOf(caller, query));
    return measureAll(bench, site, requests, 'list', undefined);
  },
};

function queryOf(
  caller: Caller,
  query: NonNullable<Parameters<typeof caller.request<typeof listTickets>>[1]>['query'],
): PlainRequest {
  return caller.request(listTickets, { query });
}

async function deepPage(caller: Caller, pages: number): Promise<PlainRequest> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++)
    cursor = (await caller.call(listTickets, { query: { limit: 200, ...(cursor ? { cursor } : {}) } })).next ?? cursor;
  return caller.request(listTickets, { query: { cursor } });
}

async function measureAll(
  bench: Bench,
  site: Site,
  requests: Map<string, PlainRequest>,
  what: string,
  atMost: number | undefined,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [name, request] of requests) {
    const wanted = { ...bench.wanted(1), milliseconds: bench.round / 2, least: 30 };
    const measured = await bench.clients.interleave([site.target(name, [request])], wanted, bench.rounds);
    const rounds = measured.get(name) as Round[];
    const p95 = middle(rounds, 'p95');
    const judge = atMost === undefined ? {} : { judge: { value: p95, atMost } };
    lines.push(
      line({
        name: `${what}, ${name}: p95`,
        unit: 'ms',
        ours: p95,
        spread: spreadOf(rounds, 'p95'),
        note: noteOf(rounds),
        ...judge,
      }),
    );
  }
  return lines;
}
