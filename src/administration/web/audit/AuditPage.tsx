import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { listAudit } from '../../audit/audit.api.ts';
import { WhyButton } from '../why/WhyButton.tsx';
import { AuditActions } from './AuditActions.tsx';
import { AuditFilterBar } from './AuditFilterBar.tsx';
import { auditColumns } from './auditColumns.tsx';
import { useAuditFilters } from './auditFilters.ts';
import { EntryDialog } from './EntryDialog.tsx';

/** What was done, as far as one may know of it (R11.1). */
export function AuditPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const filters = useAuditFilters();
  const list = useList(listAudit, { query: filters.query });
  return (
    <Page
      title={text('audit.title')}
      lead={text('audit.lead')}
      actions={
        <>
          <WhyButton list="audit-entries" acts={[]} />
          <AuditActions query={filters.query} />
        </>
      }
    >
      <AuditFilterBar {...filters} />
      <DataList
        label={text('audit.title')}
        list={list}
        keyOf={(entry) => entry.id}
        columns={auditColumns(text, namesTenants)}
        rowActions={(entry) => <EntryDialog entry={entry} />}
        empty={<EmptyState title={text(filters.narrowed ? 'audit.none.narrowed' : 'audit.none')} />}
      />
    </Page>
  );
}
