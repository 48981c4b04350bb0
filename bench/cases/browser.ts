import { type Browser, chromium, type Page } from '@playwright/test';
import type { Case, Site } from '../harness/bench.ts';
import type { Caller } from '../harness/caller.ts';
import { type Line, line } from '../harness/lines.ts';
import { median, percentile } from '../harness/measuring.ts';

/** What somebody waits for whose browser has nothing yet. */
export const firstPage: Case = {
  name: 'first page',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const analyst = await site.actor({ branch: 'one' });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
      ],
    });
    try {
      const rounds = bench.quick ? 3 : bench.rounds;
      return [
        ...(await opened(browser, site, null, '/sign-in', 'input[type=password]', 'sign-in', rounds)),
        ...(await opened(browser, site, analyst, '/workspace/tickets', 'table tbody tr', 'list of tickets', rounds)),
        await scrolled(browser, site, analyst),
      ];
    } finally {
      await browser.close();
    }
  },
};

async function opened(
  browser: Browser,
  site: Site,
  who: Caller | null,
  path: string,
  usable: string,
  name: string,
  rounds: number,
): Promise<Line[]> {
  const kilobytes: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await pageOf(browser, site, who);
    const devtools = await page.context().newCDPSession(page);
    let bytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await devtools.send('Network.enable');
    const begin = performance.now();
    await page.goto(path, { waitUntil: 'commit' });
    await page.locator(usable).first().waitFor();
    times.push(performance.now() - begin);
    await page.waitForLoadState('networkidle');
    kilobytes.push(bytes / 1000);
    await page.context().close();
  }
  const [size, time] = [median(kilobytes), median(times)];
  return [
    line({ name: `first page (${name}): transfer`, unit: 'kB', ours: size, judge: { value: size, atMost: 250 } }),
    line({
      name: `first page (${name}): usable`,
      unit: 'ms',
      ours: time,
      spread: [Math.min(...times), Math.max(...times)],
      judge: { value: time, atMost: 1000 },
    }),
  ];
}

/** Milliseconds between frames while a list is scrolled by the wheel. */
async function scrolled(browser: Browser, site: Site, who: Caller): Promise<Line> {
  const page = await pageOf(browser, site, who);
  await page.goto('/workspace/tickets');
  await page.locator('table tbody tr').first().waitFor();
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let last = performance.now();
    const frame = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let i = 0; i < 40; i++) {
    await page.mouse.wheel(0, i % 20 < 10 ? 200 : -200);
    await page.waitForTimeout(20);
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  await page.context().close();
  const sorted = frames.slice(1).sort((one, other) => one - other);
  const longest = sorted.at(-1) ?? 0;
  return line({
    name: 'list scrolling: p95 between frames',
    unit: 'ms',
    ours: percentile(sorted, 95),
    note: `${sorted.length} frames, the longest ${Math.round(longest)} ms`,
  });
}

async function pageOf(browser: Browser, site: Site, who: Caller | null): Promise<Page> {
  const address = `http://localhost:${site.program.port}`;
  const context = await browser.newContext({
    baseURL: address,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
  });
  const [name, value] = who?.cookie.split('=') ?? [];
  if (name && value) await context.addCookies([{ name, value, url: address }]);
  return context.newPage();
}
