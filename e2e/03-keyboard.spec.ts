import { expect, test } from '@playwright/test';
import { password } from './caller.ts';
import { tabTo } from './keyboard.ts';
import { prepare, speak } from './prepared.ts';
import { type Visitor, visitor } from './visitors.ts';

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  const prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
  await speak(prepared.ana, 'en');
  await speak(prepared.lucia, 'en');
});

test('a problem is reported, answered and resolved by keyboard alone', async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const address = baseURL ?? '';
  const ana = await visitor({ browser, address, language: 'en' });
  await signInByKeyboard(ana, 'ana@alba-hospitals');
  const number = await report(ana);
  const lucia = await visitor({ browser, address, language: 'en' });
  await signInByKeyboard(lucia, 'lucia@norte-servicios');
  await answer(lucia, number);
  await resolve(lucia, number);
  await expect(ana.page.getByText('Please try the other socket.')).toBeVisible();
  await expect(ana.page.getByText('Found by phone')).toHaveCount(0);
  await close(ana);
});

async function signInByKeyboard({ page, say }: Visitor, name: string): Promise<void> {
  await page.goto('/sign-in');
  await expect(page.getByRole('textbox', { name: say('person.user-name') })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
}

async function report({ page, say }: Visitor): Promise<string> {
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: say('ui.skip') });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: say('home.report') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: say('report.title') })).toBeFocused();
  await tabTo(page, page.getByRole('textbox', { name: say('ticket.title') }));
  await page.keyboard.type('The ultrasound device does not start');
  await tabTo(page, page.getByRole('textbox', { name: say('ticket.category') }));
  await page.keyboard.type('Hard');
  await expect(page.getByRole('option', { name: 'Hardware' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: say('ticket.category') })).toHaveValue('Hardware');
  await tabTo(page, page.getByRole('button', { name: say('report.submit') }));
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1, name: 'The ultrasound device does not start' });
  await expect(heading).toBeFocused();
  return (await heading.innerText()).split(' ')[0] ?? '';
}

/** First a note for the team, then what Ana reads: the button says which it is. */
async function answer({ page, say }: Visitor, number: string): Promise<void> {
  await page.goto('/workspace/tickets');
  await tabTo(page, page.getByRole('link', { name: 'The ultrasound device does not start' }).first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await tabTo(page, page.getByRole('textbox', { name: say('comment.text') }));
  await page.keyboard.type('Found by phone: it is the fuse.');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: say('comment.send-internal') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'it is the fuse' })).toContainText(say('comment.internal'));
  await tabTo(page, page.getByRole('radio', { name: say('comment.audience.internal') }), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('textbox', { name: say('comment.text') }));
  await page.keyboard.type('Please try the other socket.');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: say('comment.send-named', { names: 'Ana Pérez' }) })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'other socket' })).toBeVisible();
}

async function resolve({ page, say }: Visitor, number: string): Promise<void> {
  const open = page.getByRole('main').getByRole('button', { name: say('ticket.resolve'), exact: true });
  await tabTo(page, open, 'Shift+Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: say('ticket.resolve.title', { number }) });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('textbox', { name: say('ticket.resolution') }));
  await page.keyboard.type('The fuse was replaced.');
  await tabTo(page, dialog.getByRole('button', { name: say('ticket.resolve') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText(say('ticket.status.resolved')).first()).toBeVisible();
}

async function close({ page, say }: Visitor): Promise<void> {
  await expect(page.getByText('The fuse was replaced.')).toBeVisible();
  await tabTo(page, page.getByRole('main').getByRole('button', { name: say('ticket.close'), exact: true }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: say('ticket.close'), exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText(say('ticket.status.closed')).first()).toBeVisible();
}
