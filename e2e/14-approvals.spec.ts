import { expect, test } from '@playwright/test';
import { getOffering, setApproval } from '../src/catalog/offerings/offerings.api.ts';
import { createRequest } from '../src/catalog/requests/requests.api.ts';
import { setPreferences } from '../src/identity/sessions/sessions.api.ts';
import { getTenant } from '../src/tenancy/tenants/tenants.api.ts';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { Caller, password } from './caller.ts';
import { type RunningInstallation, startInstallation } from './installation.ts';
import { languages } from './texts.ts';
import { becomeFirstAdministrator, signIn, type Visitor, visitor } from './visitors.ts';

const about = `${'All of the wards and both of the laboratories. '.repeat(8)}\nSince March.`;

// Two other people have to be there who may approve: each language has an installation of its own.
for (const [language, width, colorScheme] of languages.map(
  (language) => [language, language === 'en' ? 1400 : 390, language === 'en' ? 'light' : 'dark'] as const,
)) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(480_000);
    let installation: RunningInstallation;
    test.beforeAll(async () => {
      installation = await startInstallation();
    });
    test.afterAll(() => installation.stop());

    test('R4.3 whoever approves sees that something waits, and what, and is told who is still needed', async ({
      browser,
    }) => {
      const { address, firstRun } = installation;
      const at = { browser, address, language, width, colorScheme };
      const first = await visitor(at);
      await becomeFirstAdministrator(first, firstRun, password);
      const marta = await new Caller(address).signIn('marta', password);
      await marta.request('multi-tenancy', { state: 'on', providerName: 'Norte Servicios' });
      await marta.request('add-tenant', { name: 'Alba Hospitals' });
      for (const [name, userName] of [
        ['Vera Sanz', 'vera'],
        ['Omar Gil', 'omar'],
      ] as const) {
        const one = await marta.person(name, userName, 'system-administrator', 'norte-servicios');
        await one.call(setPreferences, { body: { language, timeZone: 'UTC' } });
      }
      const number = await asked(marta);

      const vera = await visitor(at);
      await signIn(vera, 'vera@norte-servicios', password);
      await openWaiting(vera, number);
      await expectAsked(vera, number);
      await approve(vera, vera.say('request.approved.noted', { count: 1 }));
      // Whoever has decided cannot decide again, and nothing waits for them any more.
      await expect(vera.page.getByRole('button', { name: vera.say('request.reject'), exact: true })).toHaveCount(0);
      await expect(vera.page.getByRole('button', { name: vera.say('request.approve'), exact: true })).toHaveCount(0);
      await vera.page.goto('/workspace/approvals');
      await expect(vera.page.getByText(vera.say('approvals.none'))).toBeVisible();

      const omar = await visitor(at);
      await signIn(omar, 'omar@norte-servicios', password);
      await openWaiting(omar, number);
      await approve(omar, omar.say('request.approved', { number }));

      // An address that was used before leads on.
      await omar.page.context().clearCookies();
      await omar.page.goto(firstRun);
      await expect(omar.page.getByRole('heading', { level: 1 })).toHaveText(omar.say('first-run.over'));
      await expectAccessible(omar.page);
      await omar.page.goto('/link#invented');
      await expect(omar.page.getByRole('heading', { level: 1 })).toHaveText(omar.say('link.unusable'));
      await expectAccessible(omar.page);
      await omar.page.getByRole('link', { name: omar.say('sign-in.submit') }).click();
      await expect(omar.page).toHaveURL(/\/sign-in$/);
    });
  });
}

/** A change of a tenant, which two other people have to approve. @returns its number. */
async function asked(marta: Caller): Promise<string> {
  const key = 'manage-tenants';
  const { version } = await marta.call(getOffering, { params: { key } });
  await marta.call(setApproval, { params: { key }, version, body: { approval: 'four-eyes' } });
  const slug = 'alba-hospitals';
  const tenant = await marta.call(getTenant, { params: { slug } });
  const values = {
    action: 'update',
    tenants: [slug],
    versions: [`${slug}:${tenant.version}`],
    description: about,
    subtenantsAllowed: 'yes',
  };
  return (await marta.call(createRequest, { body: { offering: key, values } })).number;
}

async function openWaiting({ page, say }: Visitor, number: string): Promise<void> {
  await page.goto('/workspace/tickets');
  const name = `${say('nav.approvals')} (${say('nav.approvals.waiting', { count: 1, shown: '1' })})`;
  const entry = page.getByRole('link', { name });
  const menu = page.getByRole('button', { name: say('ui.menu') });
  await expect(entry.or(menu).first()).toBeVisible();
  if (await menu.isVisible()) await menu.click();
  await expect(entry).toBeVisible();
  await expectAccessible(page);
  await entry.click();
  await page.getByRole('link', { name: number }).click();
}

/** What was filled in, in the reader’s words: the tenant by its name, the choice by its title, and all of a long text. */
async function expectAsked({ page, say, language }: Visitor, number: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  const values = page.getByRole('region', { name: say('request.asked') });
  await expect(values).toContainText({ en: 'What to do', es: 'Qué hacer' }[language]);
  await expect(values).toContainText({ en: 'Change', es: 'Modificar' }[language]);
  await expect(values).toContainText('Alba Hospitals');
  const changes = page.getByRole('region', { name: say('request.changes') });
  await expect(changes).toContainText('Since March.');
  await expect(changes).toContainText({ en: 'Yes', es: 'Sí' }[language]);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

async function approve({ page, say }: Visitor, told: string): Promise<void> {
  await page.getByRole('button', { name: say('request.approve'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Marta Ruiz');
  await expect(dialog).toContainText('Alba Hospitals');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: say('request.approve'), exact: true }).click();
  await expect(page.getByText(told)).toBeVisible();
}
