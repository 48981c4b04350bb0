import { IconPlus } from '@tabler/icons-react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { Link, LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Status } from '../../../ui/Status.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { listTenantGroups, type TenantGroup } from '../../groups/groups.api.ts';

const none = { search: '', kind: 'defined' };

export function GroupsPage() {
  const text = useText();
  const [filters, setFilters] = useUrlState(none);
  const list = useList(listTenantGroups, {
    query: { search: filters.search || undefined, kind: filters.kind as 'defined' | 'system' },
  });
  const add = (
    <LinkButton to="/administration/tenant-groups/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {text('tenant-groups.add')}
    </LinkButton>
  );
  return (
    <Page
      title={text('tenant-groups.title')}
      lead={text('tenant-groups.lead')}
      actions={
        <>
          <WhyButton list="tenant-groups" acts={[]} />
          {add}
        </>
      }
    >
      <FilterBar active={filters.search !== ''} clear={() => setFilters(none)}>
        <SearchFilter
          label={text('tenant-groups.search')}
          value={filters.search}
          change={(search) => setFilters({ search })}
        />
        <SelectFilter
          label={text('tenant-group.kind')}
          any={null}
          value={filters.kind}
          change={(kind) => setFilters({ kind })}
          choices={[
            { value: 'defined', label: text('tenant-group.kind.defined') },
            { value: 'system', label: text('tenant-group.kind.system') },
          ]}
        />
      </FilterBar>
      <DataList
        label={text('tenant-groups.title')}
        list={list}
        keyOf={(group) => group.id}
        columns={[
          {
            id: 'name',
            header: text('tenant-group.one'),
            cell: (group) => <Link to={`/administration/tenant-groups/${group.id}`}>{group.name}</Link>,
          },
          { id: 'kind', header: text('tenant-group.kind'), cell: (group) => text(`tenant-group.kind.${group.kind}`) },
          {
            id: 'members',
            header: text('tenant-group.members'),
            cell: (group) => group.members,
            align: 'end',
            tight: true,
          },
          { id: 'status', header: text('record.status'), cell: (group) => <GroupStatus group={group} />, tight: true },
        ]}
        empty={
          <EmptyState title={text(filters.search ? 'ui.nothing-found' : 'tenant-groups.none')}>
            {filters.search ? null : text('tenant-groups.none.body')}
          </EmptyState>
        }
      />
    </Page>
  );
}

export function GroupStatus({ group }: { group: Pick<TenantGroup, 'status'> }) {
  const text = useText();
  return <Status tone={group.status === 'active' ? 'good' : 'neutral'}>{text(`record.${group.status}`)}</Status>;
}
