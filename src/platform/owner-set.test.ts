import { expect, test } from 'vitest';
import { OwnerSet } from './owner-set.ts';

test.each([
  ['{}', []],
  ['{17}', [17]],
  ['{17,3,1024}', [17, 3, 1024]],
  [`{${Array.from({ length: 5000 }, (_, n) => n + 3).join(',')}}`, Array.from({ length: 5000 }, (_, n) => n + 3)],
])('a set of owners is read as the database writes it', (text, owners) => {
  const set = new OwnerSet(text);
  expect([set.size, set.all]).toEqual([owners.length, owners]);
  expect(owners.every((owner) => set.has(owner))).toBe(true);
  expect([0, 2, 7, 102, 10240].filter((owner) => set.has(owner) !== owners.includes(owner))).toEqual([]);
});
