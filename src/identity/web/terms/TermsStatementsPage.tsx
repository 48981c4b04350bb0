import { IconPlus } from '@tabler/icons-react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { Link, LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Status } from '../../../ui/Status.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { listTermsStatements, type TermsStatementSummary } from '../../terms/statements.api.ts';
import { StatusOf } from '../StatusOf.tsx';
import { PublishedState } from './PublishedState.tsx';

const none = { search: '', status: '', public: '' };

/** The statements of terms of usage that one may read (R8.1). */
export function TermsStatementsPage() {
  const text = useText();
  const { namesTenants, acting } = useSession();
  const [filters, setFilters] = useUrlState(none);
  const list = useList(listTermsStatements, {
    query: {
      search: filters.search || undefined,
      status: (filters.status || undefined) as TermsStatementSummary['status'] | undefined,
      public: (filters.public || undefined) as 'exclude' | 'only' | undefined,
      tenant: useTenantFocus(),
    },
  });
  const narrowed = Object.values(filters).some((value) => value !== '');
  const add = acting.writes && (
    <LinkButton to="/administration/terms/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {text('terms.add')}
    </LinkButton>
  );
  return (
    <Page
      title={text('terms.title')}
      lead={text(namesTenants ? 'terms.lead-named' : 'terms.lead')}
      actions={
        <>
          <WhyButton list="terms-statements" acts={['add']} />
          {add}
        </>
      }
    >
      <FilterBar active={narrowed} clear={() => setFilters(none)}>
        <SearchFilter label={text('terms.search')} value={filters.search} change={(search) => setFilters({ search })} />
        <SelectFilter
          label={text('record.status')}
          value={filters.status}
          change={(status) => setFilters({ status })}
          choices={[
            { value: 'active', label: text('record.active') },
            { value: 'inactive', label: text('record.inactive') },
          ]}
        />
        {namesTenants && (
          <SelectFilter
            label={text('record.public')}
            any={text('record.public.include')}
            value={filters.public}
            change={(value) => setFilters({ public: value })}
            choices={[
              { value: 'exclude', label: text('record.public.exclude') },
              { value: 'only', label: text('record.public.only') },
            ]}
          />
        )}
      </FilterBar>
      <DataList
        label={text('terms.title')}
        list={list}
        keyOf={(one) => one.id}
        columns={[
          {
            id: 'name',
            header: text('terms.statement'),
            cell: (one) => <Link to={`/administration/terms/${one.id}`}>{one.name}</Link>,
          },
          ...(namesTenants
            ? [
                {
                  id: 'tenant',
                  header: text('tenant.one'),
                  cell: (one: TermsStatementSummary) =>
                    one.public ? <Status tone="info">{text('record.public')}</Status> : (one.tenant?.name ?? ''),
                },
              ]
            : []),
          { id: 'published', header: text('terms.version'), cell: (one) => <PublishedState statement={one} /> },
          {
            id: 'status',
            header: text('record.status'),
            cell: (one) => <StatusOf status={one.status} />,
            tight: true,
          },
        ]}
        empty={
          <EmptyState title={text(narrowed ? 'ui.nothing-found' : 'terms.none')}>
            {narrowed ? undefined : text(namesTenants ? 'terms.none.body-named' : 'terms.none.body')}
          </EmptyState>
        }
      />
    </Page>
  );
}
