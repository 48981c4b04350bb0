import { createTicket, getTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { PlainRequest } from '../harness/caller.ts';
import { type Line, line, middle, noteOf, shown } from '../harness/lines.ts';
import { median, type Round } from '../harness/measuring.ts';

/** The same request for a tenant of the same size, among few others and among all of them: it must not grow. */
export const flat: Case = {
  name: 'flat as tenants and tickets grow',
  async run(bench) {
    const [small, great] = [await bench.site('small'), await bench.site(bench.greatest)];
    const [before, after] = [await requestsOf(small), await requestsOf(great)];
    const lines: Line[] = [];
    for (const what of ['list', 'read', 'create', 'search'] as const) {
      bench.say(what);
      lines.push(await compare(bench, what, small, before[what], great, after[what]));
    }
    return lines;
  },
};

async function compare(
  bench: Bench,
  what: string,
  small: Site,
  few: PlainRequest[],
  great: Site,
  many: PlainRequest[],
): Promise<Line> {
  const measured = await bench.clients.interleave(
    [small.target('small', few), great.target('great', many)],
    bench.wanted(1),
    bench.rounds,
  );
  const [least, most] = [measured.get('small') as Round[], measured.get('great') as Round[]];
  const ratios = most.map((round, i) => round.p50 / (least[i] as Round).p50);
  return line({
    name: `${what}: p50 at ${great.prepared.forest.size.tenants} tenants ÷ at ${small.prepared.forest.size.tenants}`,
    unit: 'ms',
    ours: middle(most, 'p50'),
    floor: middle(least, 'p50'),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    judge: { value: median(ratios), atMost: 1.2 },
    note: `${noteOf(most)}; CPU at the small one ${shown(middle(least, 'cpu'))} ms`,
  });
}

async function requestsOf(site: Site): Promise<Record<'list' | 'read' | 'create' | 'search', PlainRequest[]>> {
  const one = site.tenant('one') as PlannedTenant;
  const [analyst, maker] = [await site.actor({ branch: 'one' }), await site.actor({ branch: 'work' })];
  const numbers = Array.from({ length: 50 }, (_none, i) => `${one.key}-${1 + i * 19}`);
  const body = { title: 'The printer prints blank pages', description: 'Since this morning, on the second floor.' };
  return {
    list: [analyst.request(listTickets)],
    read: numbers.map((number) => analyst.request(getTicket, { params: { number } })),
    create: [maker.request(createTicket, { body })],
    search: ['password', 'printer', 'laptop', 'meeting room'].map((text) =>
      analyst.request(listTickets, { query: { text } }),
    ),
  };
}
