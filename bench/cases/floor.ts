import { createTicket, getTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import type { PlannedPerson } from '../generator/people.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { Caller, PlainRequest } from '../harness/caller.ts';
import { type Line, line, middle, noteOf, shown, spreadOf } from '../harness/lines.ts';
import { median, type Round, type Target } from '../harness/measuring.ts';

/** What a bare hello cost on the machine that the goals were set on, in CPU milliseconds. */
const helloThen = 0.047;
const cpuGoals: Record<string, number> = { read: 1.0, list: 1.2, create: 2.2 };

/** List, read and create beside the limit: the same statements through bare Fastify and pg, in turn, at 16 clients. */
export const besideTheFloor: Case = {
  name: 'beside the floor',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const lines: Line[] = [];
    const people = {
      'one tenant': await site.actor({ branch: 'one' }),
      analyst: await site.actor({ provider: 'analyst.1' }),
    };
    for (const [who, caller] of Object.entries(people)) {
      for (const [what, requests] of Object.entries(await requestsOf(site, caller, who))) {
        bench.say(`${what}, ${who}`);
        lines.push(...(await compare(bench, site, what, who, requests)));
      }
    }
    return lines;
  },
};

async function requestsOf(site: Site, caller: Caller, who: string): Promise<Record<string, PlainRequest[]>> {
  const one = site.tenant('one') as PlannedTenant;
  const work = site.tenant('work') as PlannedTenant;
  const numbers = Array.from({ length: 50 }, (_none, i) => `${one.key}-${1 + i * 19}`);
  const maker = who === 'analyst' ? caller : await site.actor({ branch: 'work' });
  const helped = site.people(work)[1] as PlannedPerson;
  const body = {
    title: 'The printer on the second floor prints blank pages',
    description: 'Since this morning. The cartridge is new, and the test page is fine.',
    ...(who === 'analyst' ? { requester: helped.contactId } : {}),
  };
  return {
    read: numbers.map((number) => caller.request(getTicket, { params: { number } })),
    list: [caller.request(listTickets)],
    create: [maker.request(createTicket, { body })],
  };
}

async function compare(bench: Bench, site: Site, what: string, who: string, requests: PlainRequest[]): Promise<Line[]> {
  const named = Object.fromEntries(requests.map((request, place) => [`${what}-${place}`, request]));
  const floor = await bench.floor(site, await bench.record(site, named));
  const at = (path: string): Target => ({
    name: path,
    port: floor.port,
    pid: floor.pid,
    requests: Object.entries(named).map(([name, request]) => ({ ...request, path: `/${path}/${name}` })),
  });
  const hello: Target = { ...at('hello'), requests: [{ method: 'GET', path: '/hello', headers: {} }] };
  const targets = [hello, site.target('ours', requests), at('scoped'), at('bare')];
  const measured = await bench.clients.interleave(targets, bench.wanted(16), bench.rounds);
  await floor.stop();
  const rounds = (name: string) => measured.get(name) as Round[];
  const [ours, scoped] = [rounds('ours'), rounds('scoped')];
  const perRound = ours.map((round, i) => (scoped[i] as Round).cpu / round.cpu);
  const faster = ours.map((round, i) => round.perSecond / (scoped[i] as Round).perSecond);
  const lines = [
    line({
      name: `${what} ÷ floor, ${who}, 16 clients`,
      unit: 'CPU ms',
      ours: middle(ours, 'cpu'),
      floor: middle(scoped, 'cpu'),
      ratio: median(perRound),
      spread: [Math.min(...perRound), Math.max(...perRound)],
      judge: { value: median(perRound), atLeast: 0.7 },
      note: `${noteOf(ours)}; floor ${noteOf(scoped)}; requests/s ${shown(median(faster))} of the floor's; without a transaction CPU ${shown(middle(rounds('bare'), 'cpu'))} ms`,
    }),
  ];
  if (who === 'one tenant') {
    const factor = middle(rounds('hello'), 'cpuServer') / helloThen;
    lines.push(
      line({
        name: `CPU a request: ${what}`,
        unit: 'CPU ms',
        ours: middle(ours, 'cpu'),
        spread: spreadOf(ours, 'cpu'),
        judge: { value: middle(ours, 'cpu'), atMost: (cpuGoals[what] as number) * factor },
        note: `bare hello ${shown(middle(rounds('hello'), 'cpuServer'))} ms: × ${shown(factor)}`,
      }),
    );
  }
  return lines;
}
