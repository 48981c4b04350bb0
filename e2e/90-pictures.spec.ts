import { test } from '@playwright/test';
import { startInstallation } from './installation.ts';
import { prepare } from './prepared.ts';
import { becomeFirstAdministrator, signIn, type Visitor, visitor } from './visitors.ts';

const password = 'seven herons over the estuary';

// The pictures of README.md, made anew from the running program: PICTURES=1 npx playwright test e2e/90
test('the pictures of the first half hour', async ({ browser }) => {
  test.setTimeout(180_000);
  const { address, firstRun, stop } = await startInstallation();
  const marta = await visitor({ browser, address, language: 'en' });
  await picture(marta, firstRun, 'first-run');
  await becomeFirstAdministrator(marta, firstRun, password);
  await picture(marta, '/catalog/multi-tenancy', 'enable');
  const made = await prepare(address, 'marta', password);
  await picture(marta, '/administration/tenants', 'tenants');
  await picture(marta, `/requests/${made.request}`, 'request');
  await picture(marta, '/workspace/tickets', 'tickets');
  await picture(marta, `/workspace/tickets/${made.ticket}`, 'ticket');
  const ana = await visitor({ browser, address, language: 'en' });
  await signIn(ana, 'ana@alba-hospitals', password);
  await picture(ana, '/', 'home');
  await stop();
});

async function picture({ page }: Visitor, place: string, name: string): Promise<void> {
  await page.goto(place);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(700);
  await page.screenshot({ path: `docs/images/${name}.png` });
}
