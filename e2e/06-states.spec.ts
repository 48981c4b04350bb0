import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { password } from './caller.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { type Language, languages } from './texts.ts';
import { signIn, type Visitor, visitor } from './visitors.ts';

const admin = { user: process.env.E2E_ADMIN_USER ?? '', password: process.env.E2E_ADMIN_PASSWORD ?? '' };
const looks: Record<Language, { colorScheme: 'light' | 'dark'; width: number }> = {
  en: { colorScheme: 'dark', width: 1280 },
  es: { colorScheme: 'light', width: 320 },
};

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', admin.user, admin.password);
});

// Pages at rest are looked at in 02; here is what they are meanwhile, and when something fails.
for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(240_000);
    let marta: Visitor;

    test.beforeAll(async ({ browser, baseURL }) => {
      await speak(prepared.administrator, language);
      marta = await visitor({ browser, address: baseURL ?? '', language, ...looks[language] });
      await signIn(marta, `${admin.user}@norte-servicios`, admin.password);
      marta.page.setDefaultTimeout(30_000);
    });

    test('dialogs can be used by everybody', async () => {
      const { page, say } = marta;
      for (const [path, button] of [
        ['/administration/tenants?view=table', say('tenants.add')],
        ['/administration/categories', say('categories.add')],
        ['/administration/assignment-groups', say('queue.change')],
        ['/administration/multi-tenancy', say('multi-tenancy.disable')],
      ] as const) {
        await test.step(path, async () => {
          await page.goto(path);
          await page.getByRole('button', { name: button, exact: true }).first().click();
          await expect(page.getByRole('dialog')).toBeVisible();
          await expectLooks(page);
          await page.keyboard.press('Escape');
          await expect(page.getByRole('dialog')).toHaveCount(0);
        });
      }
    });

    test('a list that waits, finds nothing or fails says so to everybody', async () => {
      const { page, say } = marta;
      let release = () => {};
      const released = new Promise<void>((done) => {
        release = done;
      });
      await page.route('**/api/v1/tickets?*', async (route) => {
        await released;
        // The page may have gone on meanwhile.
        await route.continue().catch(() => {});
      });
      await page.goto('/workspace/tickets');
      // The part of the program itself is loaded first; what waits here is the list.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: say('ui.loading') })).toBeVisible();
      await expectLooks(page);
      release();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.goto('/workspace/tickets?text=nothing-is-called-so');
      await expect(page.getByText(say('tickets.none.narrowed'))).toBeVisible();
      await expectLooks(page);
      await page.route('**/api/v1/tickets?*', (route) => route.abort());
      await page.goto('/workspace/tickets?text=unreached');
      await expect(page.getByRole('button', { name: say('ui.retry') })).toBeVisible({ timeout: 30_000 });
      await expectLooks(page);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.getByRole('button', { name: say('ui.retry') }).click();
      await expect(page.getByText(say('tickets.none.narrowed'))).toBeVisible();
    });

    test('what is wrong in a form is told at its field, to everybody', async () => {
      const { page, say } = marta;
      await page.goto('/catalog/add-tenant');
      await page.getByRole('button', { name: say('offering.submit'), exact: true }).click();
      await expect(page.getByText(say('ui.error-required')).first()).toBeVisible();
      await expectLooks(page);
    });
  });
}

test('a password can be pasted', async ({ browser, baseURL }) => {
  const nobody = await visitor({ browser, address: baseURL ?? '', language: 'en' });
  const { page, say } = nobody;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/sign-in');
  await page.evaluate((text) => navigator.clipboard.writeText(text), password);
  await page.getByLabel(say('person.password')).first().focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByLabel(say('person.password')).first()).toHaveValue(password);
});

test('times are told in the reader’s own zone', async ({ browser, baseURL }) => {
  await speak(prepared.ana, 'en');
  const instant = new Date('2026-03-01T23:30:00Z');
  const shown = async (timeZone: string) => {
    await speak(prepared.ana, 'en', timeZone);
    const ana = await visitor({ browser, address: baseURL ?? '', language: 'en' });
    await signIn(ana, 'ana@alba-hospitals', password);
    await ana.page.route('**/api/v1/tickets/ALBA-1', async (route) => {
      const answer = await route.fetch();
      const ticket = { ...(await answer.json()), openedAt: instant.toISOString() };
      await route.fulfill({ response: answer, json: ticket });
    });
    await ana.page.goto(`/tickets/${prepared.ticket}`);
    const time = ana.page.locator(`time[datetime="${instant.toISOString()}"]`).first();
    return time.getAttribute('title');
  };
  expect(await shown('Asia/Tokyo')).toContain('March 2');
  expect(await shown('America/Lima')).toContain('March 1');
  await speak(prepared.ana, 'en');
});

test('the progress of a request is told as it happens, also to those who do not see it', async ({
  browser,
  baseURL,
}) => {
  await speak(prepared.administrator, 'en');
  const marta = await visitor({ browser, address: baseURL ?? '', language: 'en' });
  await signIn(marta, `${admin.user}@norte-servicios`, admin.password);
  const { page, say } = marta;
  await page.goto('/administration/tenants');
  await page
    .getByRole('button', { name: say('tenants.add'), exact: true })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Live ${Date.now()}`);
  await dialog.getByRole('button', { name: say('tenants.add'), exact: true }).click();
  await expect(
    dialog
      .locator('[role="status"], [aria-live]')
      .filter({ hasText: say('in-place.completed') })
      .first(),
  ).toBeVisible();
});

async function expectLooks(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}
