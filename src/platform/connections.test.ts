import { expect, test } from 'vitest';
import { connectionsOf } from './connections.ts';

test.each([
  ['one process on one processor', 1, 1, 6],
  ['one process on two', 1, 2, 6],
  ['one process on four', 1, 4, 10],
  ['one process on thirty-two', 1, 32, 12],
  ['four workers on four', 4, 4, 6],
  ['sixteen workers on thirty-two', 16, 32, 6],
])(
  'two units of work for each processor, four at least and ten at most: %s',
  (_where, processes, processors, expected) => {
    expect(connectionsOf(processes, processors)).toBe(expected);
  },
);
