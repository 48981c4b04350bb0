import type { Verdict } from './breaking.ts';
import type { Mutation } from './mutations.ts';

/** What noticed a wall's absence. */
export interface Line {
  mutation: Mutation;
  verdict: Verdict;
  schema: string | undefined;
}

/** A line of the table: the wall, and which check caught it, or why a call cannot. */
export function told({ mutation: { kind, name }, verdict, schema }: Line): string {
  const call = verdict.by ? verdict.text : `second wall, ${verdict.text}`;
  return `  ${kind} ${name} — ${call} · ${schema ? `schema: ${schema}` : verdict.by === 'call' ? 'not by the schema check' : 'SURVIVES'}`;
}

export function totals(lines: Line[]): string {
  const kinds = [...new Set(lines.map(({ mutation }) => mutation.kind))].sort();
  const rows = kinds.map((kind) => {
    const of = lines.filter(({ mutation }) => mutation.kind === kind);
    const by = (what: Verdict['by']) => of.filter(({ verdict }) => verdict.by === what).length;
    return [
      kind,
      of.length,
      by('call'),
      by('forgetful'),
      by('both'),
      by(null),
      of.filter(({ schema }) => schema).length,
    ];
  });
  const heads = [
    'kind',
    'broken',
    'by a call',
    '… of a forgetful program',
    '… with its double',
    'by none',
    'by the schema check',
  ];
  return [heads, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
