/** Two samples of durations in milliseconds, drawn above each other, and how far apart they are, in words. */
export function distributionsOf(foreign: readonly number[], absent: readonly number[]): string {
  // Beyond the slowest twentieth there is what else the machine did.
  const all = [...foreign, ...absent];
  const [from, to] = [Math.min(...all), at(all, 0.95)];
  const line = (name: string, some: readonly number[]) =>
    `  ${name}  ${[0.5, 0.95].map((share) => at(some, share).toFixed(2).padStart(8)).join(' ')}   ${drawn(some, from, to)}`;
  return [
    `             n ${foreign.length}, in ms`,
    `           median      p95   ${from.toFixed(1)} … ${to.toFixed(1)}`,
    line('foreign', foreign),
    line('absent ', absent),
    `  ${verdictOn(foreign, absent)}`,
  ].join('\n');
}

/** Kolmogorov–Smirnov and Mann–Whitney: one in twenty pairs of samples of one distribution is further apart than by chance. */
function verdictOn(foreign: readonly number[], absent: readonly number[]): string {
  const distance = kolmogorovSmirnov(foreign, absent);
  const limit = 1.358 * Math.sqrt((foreign.length + absent.length) / (foreign.length * absent.length));
  const z = mannWhitney(foreign, absent);
  const apart = distance > limit || Math.abs(z) > 1.96;
  return `${apart ? 'APART' : 'not apart'}: largest distance ${distance.toFixed(3)} (by chance up to ${limit.toFixed(3)}), ranks z ${z.toFixed(2)} (up to 1.96)`;
}

const bars = ' ▁▂▃▄▅▆▇█';
const width = 40;

function drawn(some: readonly number[], from: number, to: number): string {
  const counts = Array.from({ length: width }, () => 0);
  for (const one of some) {
    const bin = Math.floor(((one - from) / (to - from || 1)) * width);
    if (bin < width) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  return counts.map((count) => bars[Math.ceil((count / most) * (bars.length - 1))]).join('');
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
