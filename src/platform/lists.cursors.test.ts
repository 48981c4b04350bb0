import { expect, test } from 'vitest';
import { cursorAt, placeIn } from './lists.cursors.ts';

const at = (instant: string) => () => placeIn('newest', ['timestamptz'], cursorAt('newest', [instant]));

test.each([
  '2026-01-31T10:00:00.123456+00:00',
  '3500-02-28T00:00:00+00:00',
  '1000-01-01T00:00:00+00:00',
  '9000-12-31T23:59:59+00:00',
])('a cursor of %s, as lists make them, is taken', (instant) => {
  expect(at(instant)()).toEqual([instant]);
});

test.each([
  '2026-02-31T10:00:00+00:00',
  '2026-01-01T25:00:00+00:00',
  '2026-01-01T00:00:00+23:00',
  '2026-01-01T00:00:00',
  '0001-01-01T00:00:00+00:00',
  'now',
])('a cursor that was changed to %s is refused, not tried', (instant) => {
  expect(at(instant)).toThrow(expect.objectContaining({ type: 'cursor-unknown' }));
});
