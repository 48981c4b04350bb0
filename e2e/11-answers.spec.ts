import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, type Visitor, visitor } from './visitors.ts';

const admin = { user: process.env.E2E_ADMIN_USER ?? '', password: process.env.E2E_ADMIN_PASSWORD ?? '' };
let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', admin.user, admin.password);
});

for (const language of languages) {
  test(`R10.5 R11.2 R3.4 an administrator asks why, what was done, and what a move would change, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    await speak(prepared.administrator, language);
    const marta = await visitor({ browser, address: baseURL ?? '', language, width: 400 });
    await signIn(marta, `${admin.user}@norte-servicios`, admin.password);
    await askWhy(marta);
    await readAudit(marta);
    await previewMove(marta);
  });
}

/** She cannot resolve her own ticket; the chain says what decides it. */
async function askWhy({ page, say }: Visitor): Promise<void> {
  await page.goto(`/workspace/tickets/${prepared.ticket}`);
  await page.getByRole('button', { name: say('why.ask'), exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: say('why.title') });
  await dialog.getByRole('textbox', { name: say('why.person') }).fill('Ana');
  await page.getByRole('option', { name: 'Ana Pérez' }).click();
  await dialog.getByRole('combobox', { name: say('why.act') }).selectOption(say('why.act.resolve'));
  await dialog.getByRole('button', { name: say('why.explain'), exact: true }).press('Enter');
  await expect(dialog.getByRole('img', { name: say('why.decided') })).toBeVisible();
  await expect(dialog.getByText(/R5\.9/).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

async function readAudit({ page, say }: Visitor): Promise<void> {
  await page.goto('/administration/audit');
  await page.getByRole('combobox', { name: say('audit.about') }).selectOption(say('audit.kind.ticket'));
  await expect(page).toHaveURL(/kind=ticket/);
  const entries = page.getByRole('button', { name: say('audit.details-of', { action: '' }).trim() });
  await entries.first().press('Enter');
  await expect(page.getByRole('dialog').getByText(say('audit.code'))).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say('audit.verify'), exact: true }).press('Enter');
  await expect(page.getByRole('dialog').getByText(say('audit.verify.intact'))).toBeVisible();
  await expectAccessible(page);
}

/** Looked at, and left as it was. */
async function previewMove({ page, say }: Visitor): Promise<void> {
  await page.goto('/administration/tenants/alba-clinics-south');
  await page.getByRole('button', { name: say('tenant.parent.change'), exact: true }).press('Enter');
  await page.getByRole('button', { name: say('ui.clear-named', { label: say('tenant.parent') }) }).click();
  await expect(page.getByText(say('tenant.move.preview'), { exact: true }).first()).toBeVisible();
  await expect(page.getByText(say('tenant.move.loses.all')).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: say('ui.cancel'), exact: true }).press('Enter');
  await expect(page.getByRole('link', { name: 'Alba Hospitals' }).first()).toBeVisible();
}
