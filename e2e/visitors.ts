import { type Browser, expect, type Page } from '@playwright/test';
import { type Language, locales, type Say, sayIn } from './texts.ts';

/** Somebody at their own browser: nothing is shared with the others but the program. */
export interface Visitor {
  page: Page;
  say: Say;
  language: Language;
}

interface VisitorOptions {
  browser: Browser;
  address: string;
  language: Language;
  colorScheme?: 'light' | 'dark';
  width?: number;
}

export async function visitor({
  browser,
  address,
  language,
  colorScheme,
  width = 1280,
}: VisitorOptions): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: address,
    locale: locales[language],
    timezoneId: 'UTC',
    colorScheme,
    viewport: { width, height: 900 },
  });
  return { page: await context.newPage(), say: sayIn(language), language };
}

/** The installation's first minute: the address that the program printed makes its administrator. */
export async function becomeFirstAdministrator(
  { page, say }: Visitor,
  firstRun: string,
  password: string,
): Promise<void> {
  await page.goto(firstRun);
  await page.getByRole('textbox', { name: say('person.display-name'), exact: true }).fill('Marta Ruiz');
  await page.getByRole('textbox', { name: say('person.user-name'), exact: true }).fill('marta');
  await page.getByLabel(say('person.password')).first().fill(password);
  await page.getByRole('button', { name: say('first-run.submit') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('home.hello', { name: 'Marta Ruiz' }));
}

export async function signIn({ page, say }: Visitor, userName: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: say('person.user-name'), exact: true }).fill(userName);
  await page.getByLabel(say('person.password')).first().fill(password);
  await page.getByRole('button', { name: say('sign-in.submit') }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
