import { type Browser, expect, type Page, test } from '@playwright/test';
import { pages } from '../src/web/pages.ts';
import { expectAccessible, expectAnnounced, expectNoSidewaysScroll } from './accessible.ts';
import { password } from './caller.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { expectNoTenancyWords } from './tenancy-words.ts';
import { type Language, languages } from './texts.ts';
import { signIn, type Visitor, visitor } from './visitors.ts';

const admin = { user: process.env.E2E_ADMIN_USER ?? '', password: process.env.E2E_ADMIN_PASSWORD ?? '' };
/** Every page is seen in both languages, in the light and in the dark, on a desk and on a small phone. */
const looks: Record<Language, { colorScheme: 'light' | 'dark'; width: number }> = {
  en: { colorScheme: 'light', width: 1280 },
  es: { colorScheme: 'dark', width: 320 },
};

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', admin.user, admin.password);
});

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(900_000);

    test('visitors find pages that everybody can use', async ({ browser, baseURL }) => {
      const nobody = await someone(browser, baseURL, language);
      await expectUsable(nobody.page, addressesOf('visitor'));
    });

    test('the administrator finds pages that everybody can use', async ({ browser, baseURL }) => {
      await speak(prepared.administrator, language);
      const administrator = await someone(browser, baseURL, language);
      await signIn(administrator, `${admin.user}@norte-servicios`, admin.password);
      await expectUsable(administrator.page, [
        ...addressesOf('selfservice'),
        ...addressesOf('workspace'),
        ...addressesOf('administration'),
        '/nowhere',
        '/workspace/tickets/NONE-1',
      ]);
    });

    test('people of one organization find pages that everybody can use, and no word of others', async ({
      browser,
      baseURL,
    }) => {
      await speak(prepared.ana, language);
      const ana = await someone(browser, baseURL, language);
      await signIn(ana, 'ana@alba-hospitals', password);
      const own = addressesOf('selfservice').map((path) =>
        path.replace(/(\/requests\/).+/, `$1${prepared.ownRequest}`),
      );
      await expectUsable(
        ana.page,
        own.filter((path) => path !== '/catalog/add-tenant'),
        expectNoTenancyWords,
      );
    });

    test('every navigation is announced', async ({ browser, baseURL }) => {
      await speak(prepared.ana, language);
      const ana = await someone(browser, baseURL, language);
      await signIn(ana, 'ana@alba-hospitals', password);
      await expectNavigationAnnounced(ana);
    });
  });
}

function someone(browser: Browser, address = '', language: Language): Promise<Visitor> {
  return visitor({ browser, address, language, ...looks[language] });
}

/** The addresses of all pages of a shell, as the application itself lists them. */
function addressesOf(shell: string): string[] {
  const parameters: Record<string, string> = {
    '/sign-in/$slug': '/sign-in/alba-hospitals',
    '/catalog/$key': '/catalog/add-tenant',
    '/requests/$number': `/requests/${prepared.request}`,
    '/tickets/$number': `/tickets/${prepared.ticket}`,
    '/workspace/requests/$number': `/workspace/requests/${prepared.request}`,
    '/workspace/tickets/$number': `/workspace/tickets/${prepared.ticket}`,
    '/administration/tenants/$slug': '/administration/tenants/alba-hospitals',
    '/administration/tenant-groups/$id': `/administration/tenant-groups/${prepared.group}`,
    '/administration/people/$id': `/administration/people/${prepared.ana.contactId}`,
    '/administration/terms/$id': `/administration/terms/${prepared.terms}`,
    '/administration/roles/$id': `/administration/roles/${prepared.role}`,
  };
  return pages
    .filter((page) => page.shell === shell)
    .map(({ path }) => {
      const address = parameters[path] ?? path;
      if (address.includes('$')) throw new Error(`say in this test how ${path} is opened`);
      return address;
    });
}

/** Looks at all of them before it tells what is wrong. */
async function expectUsable(page: Page, addresses: string[], also: (page: Page) => Promise<void> = async () => {}) {
  const faults: string[] = [];
  for (const address of addresses) {
    await test.step(address, async () => {
      try {
        await page.goto(address);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expect(page.getByRole('status', { name: /^(Loading|Cargando)/ })).toHaveCount(0);
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await also(page);
      } catch (error) {
        faults.push(`${address}: ${(error as Error).message}`);
      }
    });
  }
  expect(faults.join('\n\n')).toBe('');
}

async function expectNavigationAnnounced({ page, say }: Visitor): Promise<void> {
  const links = [
    ['nav.catalog', say('catalog.title')],
    ['nav.my-requests', say('requests.mine')],
    ['nav.my-tickets', say('my-tickets.title')],
    ['nav.home', say('home.hello', { name: 'Ana Pérez' })],
  ] as const;
  const navigation = page.getByRole('navigation', { name: say('shell.navigation') });
  for (const [name, title] of links) {
    // Folded away where it would take half of a phone, and again after each way.
    const menu = page.getByRole('button', { name: say('ui.menu'), exact: true });
    const narrow = (page.viewportSize()?.width ?? 0) < 800;
    await expect(menu).toBeVisible({ visible: narrow });
    await expect(navigation).toBeVisible({ visible: !narrow });
    if (narrow) {
      expect((await page.getByRole('banner').boundingBox())?.height).toBeLessThan(120);
      await menu.press('Enter');
      await expectAccessible(page);
    }
    await navigation.getByRole('link', { name: say(name), exact: true }).click();
    await expectAnnounced(page, title);
  }
}
