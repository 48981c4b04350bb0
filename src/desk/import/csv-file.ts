import { gunzipSync } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse/sync';
import { refuseImport } from './import.refusals.ts';

export interface CsvRow {
  /** In the file, from 1, where the row begins. */
  line: number;
  values: Record<string, string>;
}

/**
 * Reads a CSV file (also gzipped) whole, or refuses it whole: encoding, header and the number of columns of each row.
 * @throws Refusal `import.structure` that says where.
 */
export function readCsv(bytes: Buffer, columns: readonly string[]): CsvRow[] {
  const [header, ...rows] = records(textOf(bytes));
  if (!header) refuseImport('import.structure', { line: 1, problem: 'The file is empty.' });
  const names = (header as CsvRecord).record.map((name) => name.trim());
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length) refuseImport('import.structure', { line: 1, problem: `The header lacks ${missing.join(', ')}.` });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) refuseImport('import.structure', { line: 1, problem: `The header names ${twice} twice.` });
  return rows.map(({ record, info }) => {
    if (record.length !== names.length) {
      const problem = `There are ${record.length} columns instead of ${names.length}.`;
      refuseImport('import.structure', { line: info.lines, problem });
    }
    return {
      line: info.lines,
      values: Object.fromEntries(names.map((name, index) => [name, (record[index] as string).trim()])),
    };
  });
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function records(text: string): CsvRecord[] {
  try {
    return parse(text, {
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      bom: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    const { lines, message } = error as CsvError & { lines?: number };
    return refuseImport('import.structure', { line: lines ?? 1, problem: `${message}.` });
  }
}

function textOf(bytes: Buffer): string {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: 512 * 1024 * 1024 });
    } catch {
      refuseImport('import.structure', { line: 1, problem: 'The compressed file is damaged or cut off.' });
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return refuseImport('import.structure', { line: lineOfBadByte(plain), problem: 'The text is not UTF-8.' });
  }
}

/** The first line that does not decode: a line break never stands inside a character of UTF-8. */
function lineOfBadByte(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const until = end === -1 ? bytes.length : end;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, until));
    } catch {
      return line;
    }
    from = until + 1;
  }
  return line;
}
