import { waiting } from './attack/waiting.ts';

/** The rules of docs/rules/tenancy.md that this version keeps; the others wait for their part of the program. */
export const rules = [
  ...numbered('R1.', [1, 2, 3, 4, 5, 6, 7, 8, 9]),
  ...numbered('R2.', [1, 2, 3, 4, 5, 6, 7, 8]),
  ...numbered('R3.', [1, 2, 3, 4, 5, 6, 7]),
  ...numbered('R4.', [1, 2, 3, 4, 5, 6, 7]),
  ...numbered('R5.', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  ...numbered('R6.', [1, 2, 3, 4, 6]),
  ...numbered('R7.', [1, 2, 3]),
  ...numbered('R8.', [1, 2, 3, 4, 5, 6, 7]),
  ...numbered('R9.', [1, 2, 3, 4]),
  ...numbered('R10.', [1, 2, 3, 4, 5]),
  ...numbered('R11.', [1, 2]),
];

/** The attacks of docs/rules/attacks.md on the parts that there are. */
export const attacks = Array.from({ length: 45 }, (_none, at) => `T-${String(at + 1).padStart(2, '0')}`).filter(
  (number) => !(number in waiting),
);

function numbered(prefix: string, numbers: number[]): string[] {
  return numbers.map((number) => `${prefix}${number}`);
}

/** What the titles of a test file promise: the numbers that a title begins with, or names in parentheses. */
export function promisedIn(text: string): string[] {
  const titles = text.matchAll(
    /\b(?:test|it|describe)(?:\.\w+)*(?:<[^>]*>)?\((?:\[[^\]]*\]\)\()?\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs,
  );
  // A table's title stands behind its rows.
  const ofTables = text.matchAll(/\)\(\s*(['"`])((?:R\d|T-)(?:\\.|(?!\1)[^\\])*)\1/g);
  return [...titles, ...ofTables].flatMap(([, , title]) => numbersOf(title as string));
}

function numbersOf(title: string): string[] {
  const leading = /^(?:(?:R\d+\.\d+|T-\d+)[\s,:]*)+/.exec(title)?.[0] ?? '';
  const aside = [...title.matchAll(/\(([^)]*)\)/g)].map(([, inside]) => inside).join(' ');
  return `${leading} ${aside}`.match(/R\d+\.\d+|T-\d+/g) ?? [];
}

/** A sentence for each rule and attack that no title promises. `texts` are all test files. */
export function unprovenFaults(texts: readonly string[]): string[] {
  const promised = new Set(texts.flatMap(promisedIn));
  return [...rules, ...attacks]
    .filter((number) => !promised.has(number))
    .map((number) => `${number} is proven by no test`);
}

/** The rules and attacks that the two documents number; a list of ours names nothing else. */
export function unknownFaults(tenancy: string, attacksText: string): string[] {
  const known = new Set<string>();
  let section = '';
  for (const line of tenancy.split('\n')) {
    section = /^## (R\d+) /.exec(line)?.[1] ?? section;
    const item = /^(\d+)\. /.exec(line)?.[1];
    if (item) known.add(`${section}.${item}`);
  }
  for (const [number] of attacksText.matchAll(/T-\d+/g)) known.add(number);
  return [...rules, ...attacks].filter((number) => !known.has(number)).map((number) => `${number} is in no document`);
}
