/** Where a command writes: lines for people, or one JSON document a command for programs. */
export interface Output {
  json: boolean;
  language: 'en' | 'es';
  /** For people only. */
  say(line: string): void;
  /** The command's result: `data` for programs, `lines` for people. */
  result(data: unknown, lines: string[]): void;
}

export function makeOutput(json: boolean, language: 'en' | 'es', write: (text: string) => void): Output {
  return {
    json,
    language,
    say: (line) => {
      if (!json) write(`${line}\n`);
    },
    result: (data, lines) =>
      write(json ? `${JSON.stringify(data, null, 2)}\n` : lines.map((line) => `${line}\n`).join('')),
  };
}

/** Columns as wide as their content; wide characters (East Asian) count two. */
export function table(headings: string[], rows: string[][]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_heading, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] as number) - width(cell)))
      .join('  ')
      .trimEnd(),
  );
}

function width(text: string): number {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    sum += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
      segment,
    )
      ? 2
      : 1;
  }
  return sum;
}
