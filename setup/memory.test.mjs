import { expect, test } from 'vitest';
import { memoryOptions } from './memory.mjs';

test('the program’s memory is limited, unless whoever starts it says how', () => {
  expect(memoryOptions('')).toEqual(['--max-old-space-size=1024', '--max-semi-space-size=16']);
  expect(memoryOptions('--max_old_space_size=4096')).toEqual(['--max-semi-space-size=16']);
  expect(memoryOptions('--enable-source-maps --max-old-space-size=4096')).toEqual(['--max-semi-space-size=16']);
});
