import { cpus, release, totalmem } from 'node:os';
import { type Line, shown } from './lines.ts';

export function aboutMachine() {
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}`,
    node: process.version,
  };
}

/** As Markdown, so that it can be put into docs/performance.md as it is. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ name, unit, ours, floor, ratio, goal, met, spread, note }) => [
    name,
    Number.isNaN(ours) ? '–' : `${shown(ours)} ${unit}`,
    floor === null ? '' : shown(floor),
    ratio === null ? '' : shown(ratio),
    spread ? spread.map(shown).join('–') : '',
    goal ?? '',
    met === null ? '' : met ? 'yes' : '**no**',
    note ?? '',
  ]);
  const header = ['line', 'ours', 'floor', 'ratio', 'spread', 'goal', 'met', 'beside it'];
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
