import { expect, type Locator, test } from '@playwright/test';
import { createTicket } from '../src/desk/tickets/tickets.api.ts';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { password } from './caller.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, visitor } from './visitors.ts';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
});

/** Search first, by keyboard alone. */
async function pick(field: Locator, words: string): Promise<void> {
  await field.fill(words);
  await expect(field.page().getByRole('option')).toHaveCount(1);
  await field.press('ArrowDown');
  await field.press('Enter');
}

for (const language of languages) {
  test(`R7.3 a ticket of the wrong tenant is moved to the right one, by keyboard, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    const { number } = await prepared.ana.call(createTicket, { body: { title: `Misdirected (${language})` } });
    await speak(prepared.lucia, language);
    const { page, say } = await visitor({ browser, address: baseURL ?? '', language, width: 320 });
    await signIn({ page, say, language }, 'lucia@norte-servicios', password);
    await page.goto(`/workspace/tickets/${number}`);
    await page.getByRole('button', { name: say('ticket.move'), exact: true }).press('Enter');
    const dialog = page.getByRole('dialog', { name: say('ticket.move.title', { number }) });
    await pick(dialog.getByRole('textbox', { name: say('ticket.move.tenant') }), 'Costa');
    await expect(dialog.getByText(say('ticket.move.number', { number, tenant: 'Costa Logística' }))).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    // Nobody of the other tenant is named yet: nothing moves, and the field says so.
    const move = dialog.getByRole('button', { name: say('ticket.move.submit', { tenant: 'Costa Logística' }) });
    await move.press('Enter');
    const requester = dialog.getByRole('textbox', { name: say('ticket.requester') });
    await expect(requester).toBeFocused();
    await pick(requester, 'Tom');
    await move.press('Enter');

    await expect(dialog).toBeHidden();
    await expect(page.getByRole('heading', { level: 1, name: /^COST-\d+ / })).toBeVisible();
    const moved = page.url();
    await page.goto(`/workspace/tickets/${number}`);
    await expect(page).toHaveURL(moved);
    await expect(
      page.getByText(
        say('history.changed', { field: say('ticket.number'), from: number, to: moved.split('/').at(-1) ?? '' }),
      ),
    ).toBeVisible();
  });
}
