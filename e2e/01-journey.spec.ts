import { expect, test } from '@playwright/test';
import { createTicket } from '../src/desk/tickets/tickets.api.ts';
import { addTenant, addUser, changeTenant, disableMultiTenancy, enableMultiTenancy } from './administration.ts';
import { Caller } from './caller.ts';
import { type RunningInstallation, startInstallation } from './installation.ts';
import { expectNoTenancyWords } from './tenancy-words.ts';
import { languages } from './texts.ts';
import { becomeFirstAdministrator, signIn, type Visitor, visitor } from './visitors.ts';

const provider = 'Norte Servicios';
const tenant = 'Alba Hospitals';
const password = 'seven herons over the estuary';

// Each language has an installation of its own: the journey begins at the very first minute.
for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(480_000);
    let installation: RunningInstallation;
    test.beforeAll(async () => {
      installation = await startInstallation();
    });
    test.afterAll(() => installation.stop());

    test('from the first run to a tenant and its people, and back without walls', async ({ browser }) => {
      const { address, firstRun } = installation;
      const administrator = await visitor({ browser, address, language });
      await becomeFirstAdministrator(administrator, firstRun, password);
      await enableMultiTenancy(administrator, provider);
      await addTenant(administrator, tenant);
      // With it the name alone signs in no more.
      const notice = administrator.page.getByRole('alert');
      await expect(notice).toContainText(administrator.say('request.sign-in.title'));
      await expect(notice).toContainText('marta@norte-servicios');
      await expectTenant(administrator, 'active');

      const role = administrator.say('role.stock.self-service-user');
      const link = await addUser(administrator, { name: 'Ana Pérez', userName: 'ana', tenant, role });
      await expectSignInName(administrator, administrator.say('people.signs-in-as.then'));
      await administrator.page.getByRole('link', { name: administrator.say('request.result.person') }).click();
      await expectSignInName(administrator, administrator.say('people.signs-in-as'));
      const ana = await visitor({ browser, address, language });
      await setPassword(ana, link);
      await expectOneOrganization(ana);
      await reportProblem(ana, 'Ward 4 printer jams');

      await changeTenant(administrator, tenant, 'deactivate');
      await ana.page
        .getByRole('link', { name: ana.say('nav.my-tickets'), exact: true })
        .first()
        .click();
      await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText(ana.say('stopped.tenant-suspended'));
      await expectNoTenancyWords(ana.page);

      await changeTenant(administrator, tenant, 'reactivate');
      await ana.page.goto('/tickets');
      await expect(ana.page.getByText('Ward 4 printer jams')).toBeVisible();

      // An analyst of each of two tenants, whose walls go and come back.
      const iris = await visitor({ browser, address, language });
      await prepareNeighbour(address);
      await signIn(iris, 'iris@alba-hospitals', password);
      await expectTickets(iris, { 'Ward 4 printer jams': true, 'Costa’s own affair': false });

      await disableMultiTenancy(administrator, provider, tenant);
      await expectTickets(iris, { 'Ward 4 printer jams': true, 'Costa’s own affair': true });
      await expectNoTenancyWords(iris.page);
      await administrator.page.goto('/workspace/tickets');
      await expect(administrator.page.getByText('Ward 4 printer jams')).toBeVisible();
      await expectNoTenancyWords(administrator.page);

      await enableMultiTenancy(administrator);
      await expectTenant(administrator, 'active');
      await expectTickets(iris, { 'Ward 4 printer jams': true, 'Costa’s own affair': false });
      await ana.page.goto('/');
      await expectOneOrganization(ana);
    });
  });
}

/** By the API, as it is no part of this journey: another tenant with something of its own, and an analyst of the first. */
async function prepareNeighbour(address: string): Promise<void> {
  const marta = await new Caller(address).signIn('marta@norte-servicios', password);
  await marta.request('add-tenant', { name: 'Costa Logística' });
  const carlos = await marta.person('Carlos Gil', 'carlos', 'tenant-analyst', 'costa-logistica');
  await carlos.call(createTicket, { body: { title: 'Costa’s own affair' } });
  await marta.person('Iris Sanz', 'iris', 'tenant-analyst', 'alba-hospitals');
}

async function expectTickets({ page }: Visitor, shown: Record<string, boolean>): Promise<void> {
  await page.goto('/workspace/tickets');
  for (const [title, visible] of Object.entries(shown).sort(([, one], [, other]) => Number(other) - Number(one))) {
    // What must be there first: an absent one is only told from a late one once the list has come.
    if (visible) await expect(page.getByText(title)).toBeVisible();
    else await expect(page.getByText(title)).toHaveCount(0);
  }
}

async function expectTenant({ page, say }: Visitor, status: 'active'): Promise<void> {
  await page.goto('/administration/tenants?view=table');
  const row = page.getByRole('row', { name: tenant });
  await expect(row).toContainText(say(`tenant.status.${status}`));
}

/** R5.10: the whole name that Ana signs in with. */
async function expectSignInName({ page }: Visitor, words: string): Promise<void> {
  await expect(page.getByRole('main')).toContainText(`${words} ana@alba-hospitals`);
}

async function setPassword(ana: Visitor, link: string): Promise<void> {
  const { page, say } = ana;
  await page.goto(link);
  await expectSignInName(ana, say('link.signs-in-as'));
  await page.getByLabel(say('person.password-new')).first().fill(password);
  await page.getByRole('button', { name: say('link.submit') }).click();
  // The link's page greets with the same words.
  await expect(page).toHaveURL(({ pathname }) => pathname === '/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('home.hello', { name: 'Ana Pérez' }));
}

const ownPages = ['/', '/catalog', '/requests', '/tickets', '/tickets/new', '/account'];
/** Of others, or of nobody: what is refused tells nothing either. */
const otherPages = ['/nowhere', '/tickets/NS-1', '/administration/tenants', '/workspace/tickets', '/sign-in'];

/** Ana's pages head with her organization, and know of no other; nor of that there could be one. */
async function expectOneOrganization({ page, say }: Visitor): Promise<void> {
  for (const path of [...ownPages, ...otherPages]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (ownPages.includes(path)) await expect(page.getByRole('link', { name: tenant })).toBeVisible();
    await expect(page.getByText(provider)).toHaveCount(0);
    await expectNoTenancyWords(page, { except: path });
  }
  await page.goto('/account');
  await expect(page.getByRole('main')).toContainText(`${say('account.signs-in-as')} ana@alba-hospitals`);
  await page.goto('/tickets/new');
  await page.getByRole('button', { name: say('report.submit') }).click();
  await expect(page.getByText(say('ui.error-required')).first()).toBeVisible();
  await expectNoTenancyWords(page);
}

async function reportProblem({ page, say }: Visitor, title: string): Promise<void> {
  await page.goto('/tickets/new');
  await page.getByRole('textbox', { name: say('ticket.title') }).fill(title);
  await page.getByRole('textbox', { name: say('ticket.description') }).fill('Since this morning, every second page.');
  await page.getByRole('button', { name: say('report.submit') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
  await expectNoTenancyWords(page);
}
