import type { PlainRequest } from './caller.ts';
import { cpuOf, cpuOfServer, readMachine, stealSince } from './processor.ts';
import { Sender } from './sender.ts';

/** What is measured: some process that answers, and the database behind it. */
export interface Target {
  name: string;
  port: number;
  pid: number;
  requests: PlainRequest[];
}

export interface Round {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** CPU milliseconds a request, of the answering process and of the database. */
  cpu: number;
  cpuServer: number;
  cpuDatabase: number;
  requests: number;
  steal: number;
}

export interface Wanted {
  clients: number;
  milliseconds: number;
  most?: number;
  /** Goes on until there are so many, at most ten times as long: a few requests say nothing. */
  least?: number;
}

/** The processes that send. */
export class Clients {
  readonly #postmaster: number;

  constructor(postmaster: number) {
    this.#postmaster = postmaster;
  }

  /** @throws Error when a request is refused: what fails quickly would look fast. */
  async measure(target: Target, { clients, milliseconds, most, least = 0 }: Wanted): Promise<Round> {
    const sender = new Sender();
    try {
      // The child has compiled its code and the server has its connections before anything counts.
      await sender.send({
        port: target.port,
        requests: target.requests,
        clients,
        milliseconds: 5000,
        most: clients * 2,
      });
      const machine = readMachine();
      const before = [cpuOf(target.pid), cpuOfServer(this.#postmaster)] as const;
      const answered = await sender.send({
        port: target.port,
        requests: target.requests,
        clients,
        milliseconds,
        least,
        ...(most ? { most } : {}),
      });
      const requests = answered.latencies.length;
      const cpuServer = (cpuOf(target.pid) - before[0]) / requests;
      const cpuDatabase = (cpuOfServer(this.#postmaster) - before[1]) / requests;
      const sorted = answered.latencies.sort((one, other) => one - other);
      return {
        perSecond: (requests * 1000) / answered.milliseconds,
        p50: percentile(sorted, 50),
        p95: percentile(sorted, 95),
        p99: percentile(sorted, 99),
        cpu: cpuServer + cpuDatabase,
        cpuServer,
        cpuDatabase,
        requests,
        steal: stealSince(machine),
      };
    } finally {
      sender.end();
    }
  }

  /** Several targets in turn, round by round: what the machine does to one, it does to all. */
  async interleave(targets: readonly Target[], wanted: Wanted, rounds: number): Promise<Map<string, Round[]>> {
    const measured = new Map<string, Round[]>(targets.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const target of targets) measured.get(target.name)?.push(await this.measure(target, wanted));
    return measured;
  }
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((one, other) => one - other),
    50,
  );
}

/** Rounds in which the host took more than this away say little. */
export const mostSteal = 0.05;

/** The rounds that count: the undisturbed ones, or all where there is none. */
export function counted(rounds: readonly Round[]): readonly Round[] {
  const calm = rounds.filter(({ steal }) => steal <= mostSteal);
  return calm.length ? calm : rounds;
}
