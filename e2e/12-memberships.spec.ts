import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { Caller, password } from './caller.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, type Visitor, visitor } from './visitors.ts';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
});

for (const language of languages) {
  test(`R5.5 R5.6 R5.10 somebody is invited by another organization, and acts as one or the other, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    const at = { browser, address: baseURL ?? '', language };
    const userName = `sofia-${language}`;
    const sofia = await prepared.administrator.person('Sofía Gil', userName, 'self-service-user', 'costa-logistica');
    await speak(sofia, language);

    // The administrator of a tenant gives what they have themselves, to whoever is named by their address.
    await speak(await new Caller(at.address).signIn('jorge@alba-hospitals', password), language);
    const jorge = await visitor({ ...at, width: 320 });
    await signIn(jorge, 'jorge@alba-hospitals', password);
    const address = await invited(jorge, `${userName}@costa-logistica`);

    const guest = await visitor(at);
    await signIn(guest, `${userName}@costa-logistica`, password);
    const { page, say } = guest;
    await expect(page.getByRole('banner')).toContainText('Costa Logística');
    await page.goto(address);
    await expect(page.getByRole('main')).toContainText('Alba Hospitals');
    await expectAccessible(page);
    await page.getByRole('button', { name: say('invitation.accept') }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Sofía Gil');

    // Under each of them only that organization is there.
    await actAs(guest, 'Alba Hospitals');
    await page.goto('/workspace/tickets');
    await expect(page.getByText('Ward 4 printer jams on every second page').first()).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Handheld scanners');
    await actAs(guest, 'Costa Logística');
    await expect(page.getByRole('main')).not.toContainText('Ward 4 printer jams on every second page');
    await page.goto('/tickets');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Ward 4 printer jams on every second page');
  });

  test(`R5.1 R10.2 whoever works for several tenants looks at one of them, and goes on so, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    await speak(prepared.lucia, language);
    const { page, say } = await lucia({ browser, address: baseURL ?? '', language });
    await page.goto('/workspace/tickets');
    await expect(page.getByText('Ward 4 printer jams on every second page').first()).toBeVisible();
    const focus = page.getByRole('textbox', { name: say('tenant.focus') });
    await focus.fill('Costa');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
    await focus.press('ArrowDown');
    await focus.press('Enter');
    await expect(page).toHaveURL(/tenant=costa-logistica/);
    await expect(page.getByText('Handheld scanners lose the network in hall B').first()).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Ward 4 printer jams on every second page');
    await expectAccessible(page);

    // It goes along.
    await page.getByRole('link', { name: 'Handheld scanners lose the network in hall B' }).first().click();
    await expect(page).toHaveURL(/tenant=costa-logistica/);
    await page.goBack();
    await expect(page.getByText('Handheld scanners lose the network in hall B').first()).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

async function lucia(at: Parameters<typeof visitor>[0]): Promise<Visitor> {
  const one = await visitor(at);
  await signIn(one, 'lucia@norte-servicios', password);
  return one;
}

/** @returns the address that is shown once. */
async function invited({ page, say }: Visitor, whom: string): Promise<string> {
  await page.goto('/administration/people');
  await page.getByRole('link', { name: say('invitations.title') }).click();
  await page.getByRole('textbox', { name: say('invitations.address') }).fill(whom);
  const tenant = page.getByRole('textbox', { name: say('tenant.one'), exact: true });
  await tenant.fill('Alba Hospitals');
  await page.getByRole('listbox').getByRole('option').first().click();
  const role = page.getByRole('textbox', { name: say('role.one'), exact: true });
  await role.fill(say('role.stock.tenant-analyst'));
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.getByRole('button', { name: say('invitations.make') }).click();
  const address = page.getByText(/\/invitation#/);
  await expect(address).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  return address.innerText();
}

async function actAs({ page, say }: Visitor, organization: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Sofía Gil/ })
    .click();
  await page.getByRole('menuitemradio', { name: new RegExp(organization) }).press('Enter');
  await expect(page.getByRole('banner')).toContainText(organization);
  await expect(page.getByText(say('shell.acting-as'))).toBeHidden();
}
