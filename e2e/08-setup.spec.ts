import { expect, test } from '@playwright/test';
import { addCategory } from '../src/desk/categories/categories.api.ts';
import { createTicket, listTickets } from '../src/desk/tickets/tickets.api.ts';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { told } from './administration.ts';
import { Caller, password } from './caller.ts';
import { startInstallation } from './installation.ts';
import { languages } from './texts.ts';
import { becomeFirstAdministrator, type Visitor, visitor } from './visitors.ts';

for (const language of languages) {
  test(`R1.4 R1.6 multi-tenancy is set up, looked at, mended and enabled, in ${language}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const { address, firstRun, stop } = await startInstallation();
    try {
      const marta = await visitor({ browser, address, language, width: 400 });
      await becomeFirstAdministrator(marta, firstRun, password);
      const administrator = await new Caller(address).signIn('marta', password);
      await administrator.call(addCategory, { body: { name: 'Pumps' } });
      await administrator.call(createTicket, { body: { title: 'Whose pump is this?' } });

      await beginSetup(marta);
      await administrator.request('add-tenant', { name: 'Alba Hospitals' });
      const jorge = await administrator.person('Jorge Soto', 'jorge', 'tenant-analyst', 'alba-hospitals');
      // Setting up is nobody's business but the administrators': he sees what he saw, and that is noted.
      expect((await jorge.call(listTickets, {})).items.map(({ title }) => title)).toEqual(['Whose pump is this?']);

      await readReport(marta);
      await assignCategories(marta);
      await enable(marta);
      expect((await jorge.call(listTickets, {})).items).toEqual([]);
    } finally {
      await stop();
    }
  });
}

async function beginSetup({ page, say, language }: Visitor): Promise<void> {
  // R1.3: until then there is nothing to administer, and whoever may change that is told where.
  await page.goto('/administration/tenants');
  await expect(page.getByRole('heading', { level: 1, name: say('multi-tenancy.is-off') })).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('main')
    .getByRole('link', { name: say('nav.multi-tenancy') })
    .click();
  await page.getByRole('button', { name: say('multi-tenancy.set-up'), exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: say('multi-tenancy.set-up') });
  await dialog.getByRole('textbox', { name: told({ page, say, language }, 'provider') }).fill('Norte Servicios');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: say('multi-tenancy.set-up'), exact: true }).press('Enter');
  await expect(page.getByText(say('multi-tenancy.state.setup'), { exact: true })).toBeVisible();
}

async function readReport({ page, say }: Visitor): Promise<void> {
  await page.goto('/administration/multi-tenancy');
  await page.getByRole('link', { name: say('multi-tenancy.readiness'), exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: say('readiness.title') })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Jorge Soto' }).first()).toBeVisible();
  await expect(page.getByText(say('readiness.hidden', { count: 1 })).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** All of a kind become everybody's; the rest goes to the provider by itself. */
async function assignCategories({ page, say }: Visitor): Promise<void> {
  await page
    .getByRole('button', { name: say('assignment.title'), exact: true })
    .first()
    .press('Enter');
  const dialog = page.getByRole('dialog', { name: say('assignment.title') });
  await dialog.getByRole('combobox', { name: say('assignment.way') }).selectOption(say('assignment.way.kind'));
  await dialog
    .getByRole('combobox', { name: say('assignment.kind') })
    .selectOption(say('crossings.kind.desk.categories'));
  await dialog.getByRole('checkbox', { name: say('assignment.make-public') }).press('Space');
  await dialog.getByRole('button', { name: say('assignment.add-rule'), exact: true }).press('Enter');
  await dialog.getByRole('button', { name: say('assignment.preview'), exact: true }).press('Enter');
  await expect(dialog.getByText(say('assignment.summary', { count: 1 }))).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: say('assignment.assign'), exact: true }).press('Enter');
  await expect(dialog).toBeHidden();
}

async function enable({ page, say }: Visitor): Promise<void> {
  await page.goto('/administration/multi-tenancy');
  await page.getByRole('button', { name: say('multi-tenancy.enable'), exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: say('multi-tenancy.enable') });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: say('multi-tenancy.enable'), exact: true }).press('Enter');
  await expect(page.getByText(say('multi-tenancy.state.on'), { exact: true })).toBeVisible();
}
