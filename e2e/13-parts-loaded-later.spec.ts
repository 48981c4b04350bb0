import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, type Visitor, visitor } from './visitors.ts';

const admin = { user: process.env.E2E_ADMIN_USER ?? '', password: process.env.E2E_ADMIN_PASSWORD ?? '' };
const tickets = '/workspace/tickets';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', admin.user, admin.password);
});

// The first page leaves away what it does not show yet. Here the network is slow, and then the program is another version.
for (const language of languages) {
  test.describe(`in ${language}`, () => {
    let marta: Visitor;

    test.beforeEach(async ({ browser, baseURL }) => {
      await speak(prepared.administrator, language);
      marta = await visitor({ browser, address: baseURL ?? '', language });
      await signIn(marta, `${admin.user}@norte-servicios`, admin.password);
      marta.page.setDefaultTimeout(30_000);
    });

    test.afterEach(() => marta.page.context().close());

    test('R5.1 what is typed into the tenant focus before its list is there goes along', async () => {
      const { page, say } = marta;
      const release = await held(page, '**/assets/FocusPick-*');
      await page.goto(tickets);
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      const focus = page.getByRole('textbox', { name: say('tenant.focus') });
      await focus.focus();
      await page.keyboard.type('Cos');
      await expect(focus).toHaveValue('Cos');
      await expectAccessible(page);
      release();
      await expect(page.getByRole('option', { name: /Costa/ })).toBeVisible();
      await expect(focus).toBeFocused();
      await page.keyboard.type('ta');
      await expect(focus).toHaveValue('Costa');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/tenant=costa-logistica/);
      // And where the address names one already, the field has its name.
      await page.goto(`${tickets}?tenant=costa-logistica`);
      await expect(focus).toHaveValue('Costa Logística');
    });

    test('more filters keep their place until they are there', async () => {
      const { page, say } = marta;
      const release = await held(page, '**/assets/MoreTicketFilters-*');
      await page.goto(tickets);
      await page.getByRole('button', { name: say('ui.filters-more') }).click();
      await expect(page.getByRole('search').getByRole('status', { name: say('ui.loading') })).toBeVisible();
      const before = (await page.getByRole('search').boundingBox())?.height ?? 0;
      await expectAccessible(page);
      release();
      await expect(page.getByRole('textbox', { name: say('ticket.category') })).toBeVisible();
      const after = (await page.getByRole('search').boundingBox())?.height ?? 0;
      expect(Math.abs(after - before)).toBeLessThan(12);
    });

    test('a part that is gone since an update says so, and leaves the page as it was', async () => {
      const { page, say } = marta;
      await page.goto(`${tickets}/${prepared.ticket}`);
      const comment = page.getByRole('textbox', { name: say('comment.text') });
      await comment.fill('Half a sentence');
      await page.route('**/assets/WhyDialog-*', gone);
      await page.getByRole('button', { name: say('why.ask'), exact: true }).click();
      await expect(page.getByText(say('ui.part-missing'))).toBeVisible();
      await expect(page.getByRole('button', { name: say('ui.reload') })).toBeVisible();
      await expect(comment).toHaveValue('Half a sentence');
      await expectAccessible(page);
    });

    test('a page that is gone since an update says so, with a way on', async () => {
      const { page, say } = marta;
      await page.goto(tickets);
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      await page.route('**/assets/NewTicketPage-*', gone);
      await page.getByRole('link', { name: say('tickets.new') }).click();
      // The router reloads once by itself, which is all that it takes where the new version is there.
      await expect(page.getByRole('heading', { name: say('ui.page-missing-title') })).toBeVisible();
      await expectAccessible(page);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page
        .getByRole('main')
        .getByRole('button', { name: say('ui.reload') })
        .click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('tickets.new'));
    });
  });
}

/** As the server answers for the name of a version before. */
const gone = (route: { fulfill: (answer: { status: number }) => Promise<void> }) => route.fulfill({ status: 404 });

/** What matches waits until the returned function is called. */
async function held(page: Page, pattern: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue().catch(() => {});
  });
  return release;
}
