import { may, type PageEntry, page } from '../../web/pageEntry.ts';
import type { Session } from '../../web/session.tsx';

/** Where no tenant may be named there is nothing to see of them (R1.3); who creates them needs the page before there are several. */
const tenantReaders = (session: Session) =>
  session.acting.tenancy !== 'off' &&
  (session.may('tenant.administer') || (session.namesTenants && session.may('tenant.read')));
const groupKeepers = (session: Session) => session.acting.tenancy !== 'off' && session.may('tenant-group.administer');
/** What is administered exists, but not now. */
const whileOff = (session: Session) =>
  session.acting.tenancy === 'off' && (session.may('solution.administer') || session.may('tenant.administer'))
    ? ('multi-tenancy-off' as const)
    : null;
const groups = '/administration/tenant-groups';

export const tenancyPages: readonly PageEntry[] = [
  page('administration', '/administration/tenants', () => import('./tenants/TenantsPage.tsx'), 'TenantsPage', {
    when: tenantReaders,
    closed: whileOff,
    nav: 'nav.tenants',
  }),
  page('administration', '/administration/tenants/$slug', () => import('./tenants/TenantPage.tsx'), 'TenantPage', {
    when: tenantReaders,
    closed: whileOff,
  }),
  page('administration', groups, () => import('./groups/GroupsPage.tsx'), 'GroupsPage', {
    when: groupKeepers,
    closed: whileOff,
    nav: 'nav.tenant-groups',
  }),
  page('administration', `${groups}/new`, () => import('./groups/AddGroupPage.tsx'), 'AddGroupPage', {
    when: groupKeepers,
    closed: whileOff,
  }),
  page('administration', `${groups}/$id`, () => import('./groups/GroupPage.tsx'), 'GroupPage', {
    when: groupKeepers,
    closed: whileOff,
  }),
];

export const solutionPages: readonly PageEntry[] = [
  page('administration', '/administration/multi-tenancy', () => import('./MultiTenancyPage.tsx'), 'MultiTenancyPage', {
    when: may('solution.administer'),
    nav: 'nav.multi-tenancy',
  }),
  page('administration', '/administration/options', () => import('./OptionsPage.tsx'), 'OptionsPage', {
    when: may('solution.administer'),
    nav: 'nav.options',
  }),
  page('administration', '/administration/usage', () => import('./usage/UsagePage.tsx'), 'UsagePage', {
    when: may('audit.read'),
    nav: 'nav.usage',
  }),
];
