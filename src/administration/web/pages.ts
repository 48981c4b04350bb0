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
