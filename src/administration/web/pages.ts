import { may, type PageEntry, page } from '../../web/pageEntry.ts';

export const auditPages: readonly PageEntry[] = [
  page('administration', '/administration/audit', () => import('./AuditPage.tsx'), 'AuditPage', {
    when: may('audit.read'),
    nav: 'nav.audit',
  }),
];

/** R1.4: while it is being set up, for those who see tenants then. */
export const readinessPages: readonly PageEntry[] = [
  page('administration', '/administration/readiness', () => import('./ReadinessPage.tsx'), 'ReadinessPage', {
    when: (session) => session.acting.tenancy === 'setup' && session.may('tenant.administer'),
    nav: 'nav.readiness',
  }),
];
