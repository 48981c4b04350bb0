import { may, type PageEntry, page } from '../../web/pageEntry.ts';

export const auditPages: readonly PageEntry[] = [
  page('administration', '/administration/audit', () => import('./audit/AuditPage.tsx'), 'AuditPage', {
    when: may('audit.read'),
    nav: 'nav.audit',
  }),
  page(
    'administration',
    '/administration/provider-activity',
    () => import('./audit/ProviderActivityPage.tsx'),
    'ProviderActivityPage',
    {
      // The provider's own people read the same in the audit, of every tenant.
      when: ({ may: has, acting }) => has('audit.read') && acting.tenancy === 'on' && !acting.provider,
      nav: 'nav.provider-activity',
    },
  ),
];

/** R1.4: while it is being set up, for those who see tenants then. */
export const readinessPages: readonly PageEntry[] = [
  page('administration', '/administration/readiness', () => import('./ReadinessPage.tsx'), 'ReadinessPage', {
    when: (session) => session.acting.tenancy === 'setup' && session.may('tenant.administer'),
    nav: 'nav.readiness',
  }),
];
