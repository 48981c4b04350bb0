import { mkdir, writeFile } from 'node:fs/promises';
import { cases } from './cases/cases.ts';
import { sizes } from './generator/forest.ts';
import { type Bench, openBench } from './harness/bench.ts';
import { type Cluster, cache, startCluster } from './harness/cluster.ts';
import { type Line, shown } from './harness/lines.ts';
import { readMachine, stealSince } from './harness/processor.ts';
import { aboutMachine, table } from './harness/report.ts';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const size = args.includes('--size') ? args[args.indexOf('--size') + 1] : quick ? 'middle' : 'large';
if (!size || !(size in sizes)) throw new Error(`--size is one of ${Object.keys(sizes).join(', ')}`);
const only = args.filter((arg, place) => !arg.startsWith('--') && args[place - 1] !== '--size');
const unknown = only.filter((word) => !cases.some(({ name }) => name.includes(word)));
if (unknown.length)
  throw new Error(`no case has ${unknown.join(', ')} in its name: ${cases.map(({ name }) => name).join('; ')}`);
const begin = performance.now();
const say = (text: string) =>
  process.stdout.write(`${String(Math.round((performance.now() - begin) / 1000)).padStart(5)} s  ${text}\n`);

await mkdir(cache, { recursive: true });
const machine = readMachine();
const cluster = await startCluster(say);
const bench = openBench(cluster, { quick, greatest: size as keyof typeof sizes }, say);
const stop = async () => {
  await bench.close();
  await cluster.stop();
};
// The database is a process group of its own, and would stay.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().finally(() => process.exit(130)));
try {
  const lines = await measureAll(bench);
  process.stdout.write(`\n${table(lines)}\n`);
  say(`steal ${(stealSince(machine) * 100).toFixed(1)} % over the whole run; kept in bench/results/latest.json`);
} finally {
  await stop();
}

async function measureAll(bench: Bench): Promise<Line[]> {
  const lines: Line[] = [];
  for (const one of cases) {
    if (only.length ? !only.some((word) => one.name.includes(word)) : quick && one.long) continue;
    say(`— ${one.name}`);
    try {
      const measured = await one.run(bench);
      for (const { name, ours, unit, ratio, met } of measured)
        say(
          `  ${name}: ${shown(ours)} ${unit}${ratio === null ? '' : `, ratio ${shown(ratio)}`}${met === false ? ' (goal missed)' : ''}`,
        );
      lines.push(...measured);
    } catch (error) {
      // The other lines are worth having; this one is missed.
      process.exitCode = 1;
      say(`${one.name}: ${(error as Error).stack}`);
      lines.push({
        name: one.name,
        unit: '',
        ours: Number.NaN,
        floor: null,
        ratio: null,
        goal: 'to run',
        met: false,
        note: (error as Error).message,
      });
    }
    // Whoever stops the run keeps what there is.
    await keep(bench.cluster, lines);
  }
  return lines;
}

async function keep({ version }: Cluster, lines: Line[]): Promise<void> {
  const folder = new URL('results/', import.meta.url);
  const command = ['npm run bench', ...(args.length ? ['--', ...args] : [])].join(' ');
  const about = {
    ...aboutMachine(),
    postgresql: version,
    command,
    at: new Date().toISOString(),
    steal: stealSince(machine),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('latest.json', folder), `${JSON.stringify({ ...about, lines }, null, 2)}\n`);
}
