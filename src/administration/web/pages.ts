import { may, type PageEntry, page } from '../../web/pageEntry.ts';

export const auditPages: readonly PageEntry[] = [
  page('administration', '/administration/audit', () => import('./AuditPage.tsx'), 'AuditPage', {
    when: may('audit.read'),
    nav: 'nav.audit',
  }),
];
