import { defineConfig } from '@playwright/test';

const port = Number(process.env.E2E_PORT ?? 18080 + (process.pid % 1000));
// Playwright reads this file in each of its processes; they must agree on the port.
process.env.E2E_PORT = String(port);

/** The first administrator of the installation that the journeys run on. */
process.env.E2E_ADMIN_USER ??= 'admin';
process.env.E2E_ADMIN_PASSWORD ??= 'a walk along the river at dawn';

export default defineConfig({
  testDir: 'e2e',
  // Pictures are made on request.
  testIgnore: process.env.PICTURES ? [] : ['90-*'],
  // The journeys share one installation and its switch, in the order of their names.
  workers: 1,
  fullyParallel: false,
  // Nothing here is measured by the clock: a busy machine may take its time.
  timeout: 480_000,
  expect: { timeout: 45_000 },
  forbidOnly: Boolean(process.env.CI),
  // A shared machine can stall a browser for longer than any waiting is worth.
  retries: process.env.CI ? 2 : 0,
  outputDir: 'test-results',
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-US',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        // Nothing but the program is asked for anything.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-default-apps',
        '--no-first-run',
        '--no-default-browser-check',
      ],
    },
  },
  webServer: {
    command: 'node e2e/program.mjs',
    url: `http://localhost:${port}/`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: String(port),
      ADMIN_USER: process.env.E2E_ADMIN_USER,
      ADMIN_PASSWORD: process.env.E2E_ADMIN_PASSWORD,
      LOG_LEVEL: 'warn',
    },
    stdout: 'pipe',
  },
});
