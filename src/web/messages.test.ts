import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { messages as english } from './messages.en.ts';
import { messages as spanish } from './messages.es.ts';

const both: readonly [string, Record<string, string>][] = [
  ['English', english],
  ['Spanish', spanish],
];

/** The names of a text's values, whatever is done with them. */
function valuesOf(text: string): string[] {
  const names = new Set<string>();
  JSON.stringify(new IntlMessageFormat(text, 'en').getAst(), (_key, value) => {
    // Literals (0) and the number sign of a plural (7) have no value of their own.
    if (typeof value === 'object' && value !== null && typeof value.type === 'number' && ![0, 7].includes(value.type))
      names.add(value.value);
    return value;
  });
  return [...names].sort();
}

test('English and Spanish have the same texts, none of them empty', () => {
  expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  for (const [language, messages] of both) {
    expect([language, Object.keys(messages).filter((id) => !messages[id]?.trim())]).toEqual([language, []]);
  }
});

test('a text takes the same values in both languages', () => {
  const differing = (Object.keys(english) as (keyof typeof english)[]).filter(
    (id) => valuesOf(english[id]).join() !== valuesOf(spanish[id]).join(),
  );
  expect(differing).toEqual([]);
});

test('no area takes a text of another', async () => {
  const files = import.meta.glob<Record<string, string>>('../**/messages.en.json', { eager: true, import: 'default' });
  const seen = new Map<string, string>();
  const taken: string[] = [];
  for (const [file, messages] of Object.entries(files)) {
    for (const id of Object.keys(messages)) {
      if (seen.has(id)) taken.push(`${id}: ${seen.get(id)} and ${file}`);
      seen.set(id, file);
    }
  }
  expect(taken).toEqual([]);
  expect(seen.size).toBe(Object.keys(english).length);
});
