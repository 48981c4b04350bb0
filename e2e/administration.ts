import { expect } from '@playwright/test';
import type { Language } from './texts.ts';
import type { Visitor } from './visitors.ts';

/** What the administrative offerings ask: their texts are in the database, in both languages. */
const asked = {
  state: { en: 'Multi-tenancy', es: 'Multicliente' },
  on: { en: 'Enable', es: 'Activar' },
  off: { en: 'Disable', es: 'Desactivar' },
  provider: { en: "Service provider's name", es: 'Nombre del proveedor de servicios' },
  confirmation: {
    en: "Type the service provider's name to confirm",
    es: 'Escriba el nombre del proveedor de servicios para confirmar',
  },
  name: { en: 'Name', es: 'Nombre' },
  key: { en: 'Key', es: 'Clave' },
  keyAllowed: {
    en: 'Use 2 to 8 letters (A to Z) or digits.',
    es: 'Use de 2 a 8 letras (de la A a la Z, sin acentos) o cifras.',
  },
  userName: { en: 'User name', es: 'Nombre de usuario' },
  tenant: { en: 'Tenant', es: 'Cliente' },
  tenants: { en: 'Tenants', es: 'Clientes' },
  role: { en: 'Role', es: 'Rol' },
  action: { en: 'What to do', es: 'Qué hacer' },
  deactivate: { en: 'Deactivate', es: 'Desactivar' },
  reactivate: { en: 'Reactivate', es: 'Reactivar' },
} satisfies Record<string, Record<Language, string>>;

export function told({ language }: Visitor, what: keyof typeof asked): string {
  return asked[what][language];
}

async function open(visitor: Visitor, offering: string): Promise<void> {
  await visitor.page.goto(`/catalog/${offering}`);
}

/** Submits the form, and waits until the request has come to its end. */
async function submit({ page, say }: Visitor): Promise<void> {
  await page.getByRole('button', { name: say('offering.submit'), exact: true }).click();
  await expect(page).toHaveURL(/\/requests\/[A-Z0-9]+-R\d+/);
  await expect(page.getByRole('main').getByText(say('request.phase.completed'), { exact: true }).first()).toBeVisible();
  const steps = page.getByRole('list', { name: say('request.progress') }).getByRole('listitem');
  await expect(steps.last()).toContainText(say('ui.phase-done'));
}

export async function enableMultiTenancy(visitor: Visitor, provider?: string): Promise<void> {
  await open(visitor, 'multi-tenancy');
  await visitor.page.getByRole('combobox', { name: told(visitor, 'state') }).selectOption(told(visitor, 'on'));
  if (provider) await visitor.page.getByRole('textbox', { name: told(visitor, 'provider') }).fill(provider);
  await submit(visitor);
}

/** Looks first at what becomes visible, then confirms it by the provider's name. */
export async function disableMultiTenancy(visitor: Visitor, provider: string, exposed: string): Promise<void> {
  const { page, say } = visitor;
  await open(visitor, 'multi-tenancy');
  await page.getByRole('combobox', { name: told(visitor, 'state') }).selectOption(told(visitor, 'off'));
  await page.getByRole('button', { name: say('exposure.show') }).click();
  await expect(page.getByRole('row', { name: exposed })).toBeVisible();
  await page.getByRole('textbox', { name: told(visitor, 'confirmation') }).fill(provider);
  await submit(visitor);
}

export async function addTenant(visitor: Visitor, name: string): Promise<void> {
  await open(visitor, 'add-tenant');
  const { page, say } = visitor;
  await page.getByRole('textbox', { name: told(visitor, 'name'), exact: true }).fill(name);
  const key = page.getByRole('textbox', { name: told(visitor, 'key'), exact: true });
  await key.fill('!');
  await page.getByRole('button', { name: say('offering.submit'), exact: true }).click();
  await expect(page.getByText(told(visitor, 'keyAllowed')).first()).toBeVisible();
  await key.fill('');
  await submit(visitor);
}

export interface NewUser {
  name: string;
  userName: string;
  tenant: string;
  role: string;
}

/** Adds somebody; answers the one-time address that they get from the administrator. */
export async function addUser(visitor: Visitor, { name, userName, tenant, role }: NewUser): Promise<string> {
  const { page, say } = visitor;
  await open(visitor, 'add-user');
  await page.getByRole('textbox', { name: told(visitor, 'name'), exact: true }).fill(name);
  await page.getByRole('textbox', { name: told(visitor, 'userName') }).fill(userName);
  await choose(visitor, told(visitor, 'tenant'), tenant);
  await choose(visitor, told(visitor, 'role'), role);
  await submit(visitor);
  await page.getByRole('button', { name: say('request.result.link') }).click();
  return (await page.getByRole('code').or(page.locator('pre')).first().innerText()).trim();
}

export async function changeTenant(
  visitor: Visitor,
  tenant: string,
  action: 'deactivate' | 'reactivate',
): Promise<void> {
  await open(visitor, 'manage-tenants');
  await visitor.page.getByRole('combobox', { name: told(visitor, 'action') }).selectOption(told(visitor, action));
  await choose(visitor, told(visitor, 'tenants'), tenant);
  await submit(visitor);
}

/** Searches in a field that chooses among records, and takes what it finds. */
export async function choose({ page }: Visitor, field: string, search: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).fill(search);
  await page.getByRole('option', { name: search }).first().click();
}
