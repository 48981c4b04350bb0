import { importTickets } from '../../src/desk/import/import.api.ts';
import type { ImportedTicket } from '../../src/desk/import/imported-ticket.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import { readTexts, titleOf } from '../generator/texts.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import { line, shown } from '../harness/lines.ts';
import { median } from '../harness/measuring.ts';
import { cpuOf, cpuOfServer, memoryOf } from '../harness/processor.ts';

const batchSize = 50;

interface Imported {
  seconds: number;
  /** CPU milliseconds a ticket. */
  cpuServer: number;
  cpuDatabase: number;
  /** Milliseconds of a batch. */
  p50: number;
  slowest: number;
  /** The server's, in MiB: before, and at most. */
  memoryBefore: number;
  memory: number;
}

/** 24,000 real texts as tickets of another system, in batches of 50 as the command line sends them, one after the other. */
export const importTexts: Case = {
  name: 'imports',
  long: true,
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const tickets = await importedTickets((site.tenant('work') as PlannedTenant).slug);
    const rounds: Imported[] = [];
    // A minute or two each: the second says whether it gets slower where there are as many already.
    for (let round = 0; round < Math.min(bench.rounds, 2); round++)
      rounds.push(await importAll(bench, site, tickets, `bench ${Date.now()} ${round}`));
    const middle = (what: keyof Imported) => median(rounds.map((round) => round[what]));
    const seconds = rounds.map((round) => round.seconds);
    return [
      line({
        name: `import of ${tickets.length} tickets`,
        unit: 's',
        ours: middle('seconds'),
        spread: [Math.min(...seconds), Math.max(...seconds)],
        note: [
          `${rounds.map((round) => Math.round(tickets.length / round.seconds)).join(' and ')} tickets a second`,
          `CPU a ticket ${shown(middle('cpuServer'))} + ${shown(middle('cpuDatabase'))} ms`,
          `a batch of ${batchSize}: p50 ${shown(middle('p50'))}, the slowest ${shown(Math.max(...rounds.map((round) => round.slowest)))} ms`,
          `server memory ${rounds.map((round) => Math.round(round.memoryBefore)).join(', ')} MiB before, at most ${Math.round(Math.max(...rounds.map((round) => round.memory)))} MiB during it`,
        ].join('; '),
      }),
    ];
  },
};

async function importAll(bench: Bench, site: Site, tickets: ImportedTicket[], source: string): Promise<Imported> {
  const administrator = await site.administrator();
  const cpu = () => [cpuOf(site.program.pid), cpuOfServer(bench.cluster.postmaster)] as const;
  const [serverBefore, databaseBefore] = cpu();
  const memoryBefore = memoryOf(site.program.pid);
  let memory = memoryBefore;
  const times: number[] = [];
  const begin = performance.now();
  for (let from = 0; from < tickets.length; from += batchSize) {
    const at = performance.now();
    const body = { source, tickets: tickets.slice(from, from + batchSize) };
    const { imported } = await administrator.call(importTickets, { body });
    if (imported !== body.tickets.length) throw new Error(`${imported} of ${body.tickets.length} were taken in`);
    times.push(performance.now() - at);
    // To ask costs the process a millisecond.
    if (times.length % 10 === 0) memory = Math.max(memory, memoryOf(site.program.pid));
  }
  const seconds = (performance.now() - begin) / 1000;
  const [server, database] = cpu();
  return {
    seconds,
    cpuServer: (server - serverBefore) / tickets.length,
    cpuDatabase: (database - databaseBefore) / tickets.length,
    p50: median(times),
    slowest: Math.max(...times),
    memoryBefore,
    memory,
  };
}

/** The texts as another system would hand them over, all opened now. */
export async function importedTickets(tenant: string): Promise<ImportedTicket[]> {
  const at = new Date().toISOString();
  return (await readTexts()).map((one, place) => ({
    sourceId: String(place + 1),
    tenant,
    type: 'incident',
    title: titleOf(one) || one.topic,
    description: one.text,
    status: 'new',
    impact: 'medium',
    urgency: 'medium',
    category: one.topic,
    group: null,
    requester: `Person ${place % 200}`,
    assignee: null,
    openedAt: at,
    resolvedAt: null,
    closedAt: null,
    updatedAt: at,
    changes: [],
  }));
}
