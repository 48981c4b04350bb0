import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'bench/**/*.test.ts', 'setup/**/*.test.mjs'],
    // The start on the embedded database is a matter of that database alone.
    exclude: ['**/node_modules/**', ...(process.env.TEST_POSTGRES === '15' ? ['src/main.test.ts'] : [])],
    globalSetup: ['test/cluster.ts'],
    // Each has a database server of its own (test/cluster.ts), and some files start programs and browsers beside it.
    maxWorkers: Math.min(4, availableParallelism()),
    // Nothing here is measured by the clock: a busy machine may take its time.
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
