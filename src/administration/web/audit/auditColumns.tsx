import type { Column } from '../../../ui/DataList.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { Say } from '../../../web/text.ts';
import type { AuditEntry } from '../../audit/audit.api.ts';
import { actionLabel, actorLabel } from './auditLabels.tsx';

/** The first column names what was done; the tenant where several may be named (R10.1). */
export function auditColumns(text: Say, namesTenants: boolean): [Column<AuditEntry>, ...Column<AuditEntry>[]] {
  return [
    {
      id: 'action',
      header: text('audit.action'),
      cell: (entry) =>
        entry.repeats > 0
          ? `${actionLabel(entry.action, text)} ${text('audit.repeated', { count: entry.repeats })}`
          : actionLabel(entry.action, text),
    },
    { id: 'subject', header: text('audit.subject'), cell: (entry) => entry.subject.label || '—' },
    { id: 'actor', header: text('audit.actor'), cell: (entry) => actorLabel(entry, text) },
    ...(namesTenants
      ? [{ id: 'tenant', header: text('audit.tenant'), cell: (entry: AuditEntry) => entry.tenant?.name ?? '—' }]
      : []),
    { id: 'at', header: text('audit.at'), cell: (entry) => <Time at={entry.lastAt ?? entry.at} />, tight: true },
  ];
}
