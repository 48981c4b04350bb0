/** Two samples of durations in milliseconds, and how far apart they are (Kolmogorov–Smirnov, Mann–Whitney), in words. */
export function distributionsOf(foreign: readonly number[], absent: readonly number[]): string {
  const line = (name: string, all: readonly number[]) =>
    `  ${name} n ${all.length}, median ${at(all, 0.5).toFixed(2)} ms, p95 ${at(all, 0.95).toFixed(2)} ms`;
  const distance = kolmogorovSmirnov(foreign, absent);
  // Beyond this, one in twenty pairs of samples of the same distribution would be.
  const limit = 1.358 * Math.sqrt((foreign.length + absent.length) / (foreign.length * absent.length));
  return [
    line('foreign', foreign),
    line('absent ', absent),
    `  D ${distance.toFixed(3)} (5 %: ${limit.toFixed(3)}), Mann–Whitney z ${mannWhitney(foreign, absent).toFixed(2)}`,
  ].join('\n');
}

const sorted = (all: readonly number[]) => [...all].sort((a, b) => a - b);

function at(all: readonly number[], share: number): number {
  return sorted(all)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN;
}

function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const share = (all: readonly number[], limit: number) => all.filter((one) => one <= limit).length / all.length;
  return Math.max(...[...a, ...b].map((limit) => Math.abs(share(a, limit) - share(b, limit))));
}

/** Durations are never equal to the nanosecond, so ties are not corrected for. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const u = a.reduce((sum, one) => sum + b.filter((other) => other < one).length, 0);
  const [n, m] = [a.length, b.length];
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
