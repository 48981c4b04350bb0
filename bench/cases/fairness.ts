import { availableParallelism } from 'node:os';
import { createTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { PlainRequest } from '../harness/caller.ts';
import { type Line, line, shown } from '../harness/lines.ts';
import { median, mostSteal, percentile } from '../harness/measuring.ts';
import { cpuOf, idleSince, readMachine, stealSince } from '../harness/processor.ts';
import { Sender } from '../harness/sender.ts';
import { callsOf, clientsOfFlood, type Flood, floodsOf, limitTenant } from './floods.ts';

/** What two others see of it: one lists, one creates, one call at a time. */
interface Seen {
  list: number[];
  create: number[];
  /** Shares of the processors that were free, and that the flooding clients took themselves. */
  idle: number;
  sending: number;
  /** Answers to the flood a second, and the share of them that were refusals. */
  flooded: number;
  refused: number;
  steal: number;
}

const processors = availableParallelism();
const kinds = ['list', 'create'] as const;

/** What others wait for while one tenant floods, beside the same without the flood (T-45). */
export const fairness: Case = {
  name: 'fairness',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const others = new Sender();
    const flooding = new Sender();
    const see = async (flood: Flood | null) => seen(bench, site, others, await requestsOfOthers(site), flooding, flood);
    try {
      const floods = await floodsOf(bench, site);
      const open = await interleaved(bench, see, [...floods, await callsOfMany(site)]);
      const many = open.get('many') as Seen[];
      const lines = floods.flatMap(({ name }) => linesOf(name, open, name, name === 'calls' ? many : undefined));
      const { slug } = site.tenant('work') as PlannedTenant;
      await limitTenant(site, slug, 1);
      try {
        const limited = await interleaved(bench, see, floods.slice(0, 1));
        lines.push(...linesOf('calls, one at once by its limit', limited, 'calls'));
      } finally {
        await limitTenant(site, slug, 0);
      }
      return lines;
    } finally {
      others.end();
      flooding.end();
    }
  },
};

/** Of tenants that flood nothing. Nobody lists what the second creates. */
async function requestsOfOthers(site: Site): Promise<PlainRequest[]> {
  const [reader, maker] = [await site.actor({ branch: 'one' }), await site.actor({ branch: 'to' })];
  return [
    reader.request(listTickets),
    maker.request(createTicket, { body: { title: 'The printer prints blank pages' } }),
  ];
}

/**
 * The control: as many clients with the same calls, of many tenants, each of which may have as much as the others that are looked at. It
 * takes the machine as much, so what it makes others wait is what there would be without turns of tenants.
 */
async function callsOfMany(site: Site): Promise<Flood> {
  const { tenants } = site.prepared.forest;
  const rest = tenants.filter(({ branch }) => branch === 'rest');
  const many = (rest.length ? rest : tenants.filter(({ branch }) => branch === 'few')).slice(0, clientsOfFlood);
  const requests: PlainRequest[] = [];
  for (const tenant of many) requests.push(...callsOf(await site.analystOf(tenant)));
  return { name: 'many', clients: clientsOfFlood, requests: () => requests };
}

/** Round by round, each round first without any flood. */
async function interleaved(
  bench: Bench,
  see: (flood: Flood | null) => Promise<Seen>,
  floods: readonly Flood[],
): Promise<Map<string, Seen[]>> {
  const all = new Map<string, Seen[]>();
  for (let round = 0; round < Math.min(bench.rounds, bench.quick ? 3 : 5); round++)
    for (const flood of [null, ...floods]) {
      const name = flood?.name ?? 'alone';
      all.set(name, [...(all.get(name) ?? []), await see(flood)]);
    }
  return all;
}

async function seen(
  bench: Bench,
  site: Site,
  others: Sender,
  requests: PlainRequest[],
  flooding: Sender,
  flood: Flood | null,
): Promise<Seen> {
  const { port } = site.program;
  const underway =
    flood &&
    flooding.send({ port, requests: flood.requests(), clients: flood.clients, milliseconds: 60_000, floods: true });
  // Until it has filled its queue, and the server knows whose calls these are.
  await others.send({ port, requests, clients: 1, milliseconds: 300, least: 6 });
  const machine = readMachine();
  const sent = cpuOf(flooding.pid);
  const begin = performance.now();
  const { latencies } = await others.send({
    port,
    requests,
    clients: 1,
    milliseconds: bench.quick ? 700 : 3000,
    // The p95 of fewer is a matter of a few.
    least: bench.quick ? 80 : 200,
  });
  const passed = performance.now() - begin;
  const about = {
    idle: idleSince(machine),
    steal: stealSince(machine),
    sending: (cpuOf(flooding.pid) - sent) / passed / processors,
  };
  if (underway) flooding.stop();
  const answered = await underway;
  await flood?.settled?.();
  const of = (kind: number) => latencies.filter((_one, place) => place % 2 === kind).sort((one, other) => one - other);
  const count = answered?.latencies.length ?? 0;
  // What is refused from the first to the last is no flood, but a mistake of this file.
  if (answered && answered.refused === count)
    throw new Error(`${flood?.name}: ${answered.failure ?? 'no answer at all'}`);
  const flooded = answered ? (count * 1000) / answered.milliseconds : 0;
  return { list: of(0), create: of(1), flooded, refused: answered ? answered.refused / count : 0, ...about };
}

function linesOf(name: string, all: ReadonlyMap<string, Seen[]>, flood: string, many?: readonly Seen[]): Line[] {
  const [without, withIt] = [calm(all.get('alone') as Seen[]), calm(all.get(flood) as Seen[])];
  return kinds.map((kind) => {
    const before = middle(without, (one) => percentile(one[kind], 95));
    const p95s = withIt.map((one) => percentile(one[kind], 95));
    const refused = middle(withIt, (one) => one.refused);
    const control = many && middle(calm(many), (one) => percentile(one[kind], 95));
    return line({
      name: `${kind} of others, one floods with ${name}: p95`,
      unit: 'ms',
      ours: median(p95s),
      floor: before,
      spread: [Math.min(...p95s) / before, Math.max(...p95s) / before],
      judge: { value: median(p95s) / before, atMost: 1.2 },
      note: [
        `p50 ${shown(middle(withIt, (one) => percentile(one[kind], 50)))} instead of ${shown(middle(without, (one) => percentile(one[kind], 50)))} ms`,
        `the flood ${shown(middle(withIt, ({ flooded }) => flooded))}/s${refused ? `, ${percent(refused)} refused` : ''}`,
        `CPU free ${percent(middle(withIt, ({ idle }) => idle))} instead of ${percent(middle(without, ({ idle }) => idle))}, the flood’s clients took ${percent(middle(withIt, ({ sending }) => sending))}`,
        ...(control ? [`the same calls by many tenants: ${shown(control)} ms`] : []),
      ].join('; '),
    });
  });
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function middle(rounds: readonly Seen[], value: (one: Seen) => number): number {
  return median(rounds.map(value));
}

/** The rounds that the host did not disturb, or all where there is none. */
function calm(rounds: readonly Seen[]): readonly Seen[] {
  const undisturbed = rounds.filter(({ steal }) => steal <= mostSteal);
  return undisturbed.length ? undisturbed : rounds;
}
