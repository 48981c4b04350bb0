import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { promisedIn, unknownFaults, unprovenFaults } from './rules.checks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');

function testFiles(): string[] {
  return ['src', 'test', 'e2e'].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
      .map((path) => read(`${folder}/${path}`)),
  );
}

test('every rule and every attack of this version has a test whose title begins with it', () => {
  expect(unprovenFaults(testFiles())).toEqual([]);
});

test('the list names rules and attacks of the documents', () => {
  expect(unknownFaults(read('docs/rules/tenancy.md'), read('docs/rules/attacks.md'))).toEqual([]);
});

test('the check reads titles, of tables too, and finds a rule without one', () => {
  const text = [
    `test('R1.1 T-02 three states', () => {})`,
    `test.each([\n  ['a', 1],\n])('R2.2 %s is unique (R2.3)', () => {})`,
    `describe("R3.1: parents", () => {})`,
    `// R4.1 is only spoken of`,
    `test('what R4.2 says', () => {})`,
  ].join('\n');
  expect([...new Set(promisedIn(text))].sort()).toEqual(['R1.1', 'R2.2', 'R2.3', 'R3.1', 'T-02']);
  expect(unprovenFaults([text])).toContain('R4.1 is proven by no test');
  expect(unprovenFaults([text])).toContain('R4.2 is proven by no test');
  expect(unknownFaults('## R1 The switch\n1. one', '')).toContain('R1.2 is in no document');
});
