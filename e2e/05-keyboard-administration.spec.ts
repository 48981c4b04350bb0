import { expect, test } from '@playwright/test';
import { told } from './administration.ts';
import { startInstallation } from './installation.ts';
import { tabTo } from './keyboard.ts';
import { type Visitor, visitor } from './visitors.ts';

const password = 'seven herons over the estuary';

// In Spanish, as the journey of the desk is in English: the first minutes of an installation without a mouse.
test('an installation is set up, and a tenant added, peopled and closed, by keyboard alone', async ({ browser }) => {
  test.setTimeout(240_000);
  const { address, firstRun, stop } = await startInstallation();
  try {
    const marta = await visitor({ browser, address, language: 'es' });
    await beginInstallation(marta, firstRun);
    await enable(marta);
    await addTenant(marta);
    await addUser(marta);
    await deactivate(marta);
  } finally {
    await stop();
  }
});

async function beginInstallation({ page, say }: Visitor, firstRun: string): Promise<void> {
  await page.goto(firstRun);
  await tabTo(page, page.getByRole('textbox', { name: say('person.display-name'), exact: true }));
  await page.keyboard.type('Marta Ruiz');
  await tabTo(page, page.getByRole('textbox', { name: say('person.user-name'), exact: true }));
  await page.keyboard.type('marta');
  await tabTo(page, page.getByLabel(say('person.password')).first());
  await page.keyboard.type(password);
  await tabTo(page, page.getByRole('button', { name: say('first-run.submit') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('home.hello', { name: 'Marta Ruiz' }));
}

/** The system's own list: letters choose. */
async function choose(visitor: Visitor, field: Parameters<typeof told>[1], option: string): Promise<void> {
  const { page } = visitor;
  const list = page.getByRole('combobox', { name: told(visitor, field) });
  await tabTo(page, list);
  await page.keyboard.type(option);
  await expect(list.locator('option:checked')).toHaveText(option);
}

/** Search-first: typed, pointed at with the arrow, taken with Enter. */
async function pick(visitor: Visitor, field: Parameters<typeof told>[1], search: string): Promise<void> {
  const { page } = visitor;
  await tabTo(page, page.getByRole('textbox', { name: told(visitor, field), exact: true }));
  await page.keyboard.type(search);
  await expect(page.getByRole('option', { name: search })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function send({ page, say }: Visitor): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: say('offering.submit'), exact: true }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/requests\/[A-Z0-9]+-R\d+/);
  await expect(page.getByRole('main').getByText(say('request.phase.completed'), { exact: true }).first()).toBeVisible();
}

async function enable(marta: Visitor): Promise<void> {
  await marta.page.goto('/catalog/multi-tenancy');
  await choose(marta, 'state', told(marta, 'on'));
  await tabTo(marta.page, marta.page.getByRole('textbox', { name: told(marta, 'provider') }));
  await marta.page.keyboard.type('Norte Servicios');
  await send(marta);
}

async function addTenant(marta: Visitor): Promise<void> {
  await marta.page.goto('/catalog/add-tenant');
  await tabTo(marta.page, marta.page.getByRole('textbox', { name: told(marta, 'name'), exact: true }));
  await marta.page.keyboard.type('Alba Hospitales');
  await send(marta);
}

async function addUser(marta: Visitor): Promise<void> {
  const { page, say } = marta;
  await page.goto('/catalog/add-user');
  await tabTo(page, page.getByRole('textbox', { name: told(marta, 'userName') }));
  await page.keyboard.type('ana');
  await tabTo(page, page.getByRole('textbox', { name: told(marta, 'name'), exact: true }), 'Tab');
  await page.keyboard.type('Ana Pérez');
  await pick(marta, 'tenant', 'Alba Hospitales');
  await pick(marta, 'role', say('role.stock.self-service-user'));
  await send(marta);
  await tabTo(page, page.getByRole('button', { name: say('request.result.link') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('code').or(page.locator('pre')).first()).toContainText('/link');
}

/** From the list: chosen, and closed in a dialog that says first who is kept out. */
async function deactivate(marta: Visitor): Promise<void> {
  const { page } = marta;
  await page.goto('/catalog/manage-tenants');
  await choose(marta, 'action', told(marta, 'deactivate'));
  await pick(marta, 'tenants', 'Alba Hospitales');
  await send(marta);
}
