import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { listAudit } from '../../audit/audit.api.ts';
import { AuditActions } from './AuditActions.tsx';
import { AuditFilterBar } from './AuditFilterBar.tsx';
import { auditColumns } from './auditColumns.tsx';
import { useAuditFilters } from './auditFilters.ts';
import { EntryDialog } from './EntryDialog.tsx';

/** R11.2: what the service provider read and changed in one's own organization, and in those below it. */
export function ProviderActivityPage() {
  const text = useText();
  const { namesTenants, title } = useSession();
  const filters = useAuditFilters();
  const query = { ...filters.query, origin: 'provider' as const };
  const list = useList(listAudit, { query });
  return (
    <Page
      title={text('audit.provider.title')}
      lead={text('audit.provider.lead', { organization: title })}
      actions={<AuditActions query={query} />}
    >
      <AuditFilterBar {...filters} apart />
      <DataList
        label={text('audit.provider.title')}
        list={list}
        keyOf={(entry) => entry.id}
        columns={auditColumns(text, namesTenants)}
        rowActions={(entry) => <EntryDialog entry={entry} />}
        empty={<EmptyState title={text(filters.narrowed ? 'audit.none.narrowed' : 'audit.provider.none')} />}
      />
    </Page>
  );
}
