import { counted, median, mostSteal, type Round } from './measuring.ts';

/** A line of the table. */
export interface Line {
  name: string;
  unit: string;
  ours: number;
  floor: number | null;
  ratio: number | null;
  /** As people read it; null: printed, not judged. */
  goal: string | null;
  met: boolean | null;
  /** Least and greatest over the rounds. */
  spread?: [number, number];
  note?: string;
}

interface Judged {
  name: string;
  unit: string;
  ours: number;
  floor?: number;
  ratio?: number;
  spread?: [number, number];
  note?: string;
  /** What is compared with the goal: the value itself unless said otherwise. */
  judge?: { value: number; atMost?: number; atLeast?: number };
}

export function line({ name, unit, ours, floor, ratio, spread, note, judge }: Judged): Line {
  const met =
    judge && (judge.atMost === undefined ? judge.value >= (judge.atLeast as number) : judge.value <= judge.atMost);
  return {
    name,
    unit,
    ours,
    floor: floor ?? null,
    ratio: ratio ?? (floor ? ours / floor : null),
    goal: judge
      ? judge.atMost === undefined
        ? `≥ ${shown(judge.atLeast as number)}`
        : `≤ ${shown(judge.atMost)}`
      : null,
    met: met ?? null,
    ...(spread ? { spread } : {}),
    ...(note ? { note } : {}),
  };
}

type Measure = 'perSecond' | 'p50' | 'p95' | 'p99' | 'cpu' | 'cpuServer' | 'cpuDatabase';

export function middle(rounds: readonly Round[], what: Measure): number {
  return median(counted(rounds).map((round) => round[what]));
}

export function spreadOf(rounds: readonly Round[], what: Measure): [number, number] {
  const values = counted(rounds).map((round) => round[what]);
  return [Math.min(...values), Math.max(...values)];
}

/** Requests a second, latencies and where the CPU went; and how many rounds the host disturbed. */
export function noteOf(rounds: readonly Round[]): string {
  const disturbed = rounds.filter(({ steal }) => steal > mostSteal).length;
  const text = `${shown(middle(rounds, 'perSecond'))}/s, p50 ${shown(middle(rounds, 'p50'))}, p99 ${shown(middle(rounds, 'p99'))} ms; CPU ${shown(middle(rounds, 'cpuServer'))} + ${shown(middle(rounds, 'cpuDatabase'))} ms`;
  return disturbed ? `${text}; steal in ${disturbed} of ${rounds.length} rounds` : text;
}

export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return Number(value.toPrecision(3)).toString();
}
