import { DataList } from '../../ui/DataList.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, SelectFilter } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';
import { useUrlState } from '../../ui/urlState.ts';
import { useList } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { type AuditEntry, listAudit } from '../audit/audit.api.ts';

const kinds = [
  'session',
  'person',
  'role',
  'membership',
  'request',
  'ticket',
  'terms',
  'terms-statement',
  'consent',
  'tenant',
  'multi-tenancy',
] as const;
const ofTenancy: readonly string[] = ['tenant', 'multi-tenancy'];

/** What was done, as far as one may know of it (R11.1, R11.2). Actions keep the names that the API has for them. */
export function AuditPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const [filters, setFilters] = useUrlState({ about: '', tenant: '' });
  const list = useList(listAudit, {
    query: { action: filters.about ? `${filters.about}.` : undefined, tenant: filters.tenant || undefined },
  });
  const about = kinds.filter((kind) => namesTenants || !ofTenancy.includes(kind));
  return (
    <Page title={text('audit.title')} lead={text('audit.lead')}>
      <FilterBar active={filters.about !== ''} clear={() => setFilters({ about: '' })}>
        <SelectFilter
          label={text('audit.about')}
          value={filters.about}
          change={(value) => setFilters({ about: value })}
          choices={about.map((value) => ({ value, label: text(`audit.about.${value}`) }))}
        />
      </FilterBar>
      <DataList
        label={text('audit.title')}
        list={list}
        keyOf={(entry) => entry.id}
        columns={[
          { id: 'action', header: text('audit.action'), cell: (entry) => <code>{entry.action}</code> },
          { id: 'subject', header: text('audit.subject'), cell: (entry) => entry.subject.label || '—' },
          {
            id: 'actor',
            header: text('audit.actor'),
            cell: (entry) =>
              entry.fromOutside ? `${entry.actor} (${text('audit.outside')})` : entry.actor || text('audit.nobody'),
          },
          ...(namesTenants
            ? [{ id: 'tenant', header: text('audit.tenant'), cell: (entry: AuditEntry) => entry.tenant?.name ?? '—' }]
            : []),
          { id: 'at', header: text('audit.at'), cell: (entry) => <Time at={entry.at} />, tight: true },
        ]}
        empty={<EmptyState title={text('audit.none')} />}
      />
    </Page>
  );
}
