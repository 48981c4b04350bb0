import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'setup/**/*.test.mjs'],
    globalSetup: ['test/cluster.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
