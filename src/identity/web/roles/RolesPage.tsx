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
import { roleName } from '../../../web/names.ts';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { listRoles, type Role } from '../../roles/roles.api.ts';
import { StatusOf } from '../StatusOf.tsx';
import { reachInWords } from './reach.ts';

const none = { search: '', status: '', public: '' };

export function RolesPage() {
  const text = useText();
  const { namesTenants, acting } = useSession();
  const [filters, setFilters] = useUrlState(none);
  const list = useList(listRoles, {
    query: {
      search: filters.search || undefined,
      status: (filters.status || undefined) as Role['status'] | undefined,
      public: (filters.public || undefined) as 'exclude' | 'only' | undefined,
      tenant: useTenantFocus(),
    },
  });
  const narrowed = Object.values(filters).some((value) => value !== '');
  const add = acting.writes && (
    <LinkButton to="/administration/roles/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {text('roles.add')}
    </LinkButton>
  );
  return (
    <Page
      title={text('roles.title')}
      lead={text('roles.lead')}
      actions={
        <>
          <WhyButton list="roles" acts={['add']} />
          {add}
        </>
      }
    >
      <FilterBar active={narrowed} clear={() => setFilters(none)}>
        <SearchFilter label={text('roles.search')} value={filters.search} change={(search) => setFilters({ search })} />
        <SelectFilter
          label={text('record.status')}
          value={filters.status}
          change={(status) => setFilters({ status })}
          choices={[
            { value: 'active', label: text('record.active') },
            { value: 'inactive', label: text('record.inactive') },
          ]}
        />
        {namesTenants && <PublicFilter value={filters.public} change={(value) => setFilters({ public: value })} />}
      </FilterBar>
      <DataList
        label={text('roles.title')}
        list={list}
        keyOf={(role) => role.id}
        columns={[
          {
            id: 'name',
            header: text('role.one'),
            cell: (role) => <Link to={`/administration/roles/${role.id}`}>{roleName(role, text)}</Link>,
          },
          ...(namesTenants ? tenancyColumns(text) : []),
          {
            id: 'functions',
            header: text('role.functions'),
            cell: (role) => role.functions.length,
            align: 'end',
            tight: true,
          },
          {
            id: 'status',
            header: text('record.status'),
            cell: (role) => <StatusOf status={role.status} />,
            tight: true,
          },
        ]}
        empty={<EmptyState title={text(narrowed ? 'ui.nothing-found' : 'roles.none')} />}
      />
    </Page>
  );
}

function tenancyColumns(text: Say) {
  return [
    {
      id: 'tenant',
      header: text('tenant.one'),
      cell: (role: Role) =>
        role.public ? <Status tone="info">{text('record.public')}</Status> : (role.tenant?.name ?? ''),
    },
    { id: 'reads', header: text('role.read-reach'), cell: (role: Role) => reachInWords(role, 'read', text) },
    { id: 'writes', header: text('role.write-reach'), cell: (role: Role) => reachInWords(role, 'write', text) },
  ];
}

/** R10.3: lists of records that may be public say whether those are in. */
function PublicFilter({ value, change }: { value: string; change: (value: string) => void }) {
  const text = useText();
  return (
    <SelectFilter
      label={text('record.public')}
      any={text('record.public.include')}
      value={value}
      change={change}
      choices={[
        { value: 'exclude', label: text('record.public.exclude') },
        { value: 'only', label: text('record.public.only') },
      ]}
    />
  );
}
