import { expect, test } from '@playwright/test';
import { getTenant } from '../src/tenancy/tenants/tenants.api.ts';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { Caller, password } from './caller.ts';
import { type Prepared, prepare, publishTermsOf, speak } from './prepared.ts';
import { expectNoTenancyWords } from './tenancy-words.ts';
import { type Language, languages } from './texts.ts';
import { signIn, visitor } from './visitors.ts';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
});

test.afterAll(() => ask({ terms: 'inherit' }));

async function ask(values: Record<string, unknown>) {
  const { version } = await prepared.administrator.call(getTenant, { params: { slug: 'costa-logistica' } });
  return prepared.administrator.request('manage-tenants', {
    action: 'update',
    tenants: ['costa-logistica'],
    versions: [`costa-logistica:${version}`],
    ...values,
  });
}

/** Tomás, whom nobody asks for anything yet, reads this language. */
async function begin(address = '', language: Language): Promise<void> {
  await ask({ terms: 'inherit' });
  await speak(await new Caller(address).signIn('tomas@costa-logistica', password), language);
}

for (const language of languages) {
  test(`R8.3 a new text is asked over the page that is open, by keyboard, and what was written is kept, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    await begin(baseURL, language);
    const name = `House rules (${language}) ${Date.now()}`;
    const statement = await publishTermsOf(prepared.administrator, name);
    const { page, say } = await visitor({ browser, address: baseURL ?? '', language, width: 320 });
    await signIn({ page, say, language }, 'tomas@costa-logistica', password);
    await page.goto('/tickets/new');
    await page.getByRole('textbox').first().fill(`Half written in ${language}`);

    await ask({ terms: 'statement', termsStatement: statement });
    const heading = page.getByRole('heading', { level: 1, name });
    await expect(heading).toBeVisible();
    await expect(heading).toBeFocused();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await expectNoTenancyWords(page);
    await page.keyboard.press('Escape');
    await expect(heading).toBeVisible();

    const accept = page.getByRole('button', { name: say('terms.accept'), exact: true });
    for (let tabs = 0; tabs < 20 && !(await accept.evaluate((it) => it === document.activeElement)); tabs += 1)
      await page.keyboard.press('Tab');
    await expect(accept).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(heading).toHaveCount(0);
    await expect(page.getByRole('textbox').first()).toHaveValue(`Half written in ${language}`);
  });

  test(`R8.4 whoever rejects is signed out, and asked again at the next sign-in, in ${language}`, async ({
    browser,
    baseURL,
  }) => {
    await begin(baseURL, language);
    const statement = await publishTermsOf(prepared.administrator, `To reject (${language}) ${Date.now()}`);
    await ask({ terms: 'statement', termsStatement: statement });
    const { page, say } = await visitor({ browser, address: baseURL ?? '', language });
    const reject = page.getByRole('button', { name: say('terms.reject') });
    for (let times = 0; times < 2; times += 1) {
      await signIn({ page, say, language }, 'tomas@costa-logistica', password);
      await reject.click();
      await expect(page.getByRole('button', { name: say('sign-in.submit') })).toBeVisible();
    }
  });
}
