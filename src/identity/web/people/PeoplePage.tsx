import { IconMailPlus, IconPlus } from '@tabler/icons-react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { Link, LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { roleName } from '../../../web/names.ts';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { listPeople, type Person } from '../../people/people.api.ts';
import { StatusOf } from '../StatusOf.tsx';

const none = { search: '', status: '' };

export function PeoplePage() {
  const text = useText();
  const { namesTenants } = useSession();
  const [filters, setFilters] = useUrlState(none);
  const status = filters.status ? (filters.status as Person['status']) : undefined;
  const list = useList(listPeople, {
    query: { search: filters.search || undefined, status, tenant: useTenantFocus() },
  });
  const narrowed = filters.search !== '' || filters.status !== '';
  return (
    <Page
      title={text('people.title')}
      actions={
        <>
          <WhyButton list="people" acts={['add']} />
          <Actions />
        </>
      }
    >
      <FilterBar active={narrowed} clear={() => setFilters(none)}>
        <SearchFilter
          label={text('people.search')}
          value={filters.search}
          change={(search) => setFilters({ search })}
        />
        <SelectFilter
          label={text('record.status')}
          value={filters.status}
          change={(chosen) => setFilters({ status: chosen })}
          choices={[
            { value: 'active', label: text('record.active') },
            { value: 'inactive', label: text('record.inactive') },
          ]}
        />
      </FilterBar>
      <DataList
        label={text('people.title')}
        list={list}
        keyOf={(person) => person.id}
        columns={[
          {
            id: 'name',
            header: text('person.display-name'),
            cell: (person) => <Link to={`/administration/people/${person.id}`}>{person.displayName}</Link>,
          },
          {
            id: 'user',
            header: text('person.user-name'),
            cell: (person) => person.profile?.userName ?? text('people.elsewhere'),
          },
          { id: 'roles', header: text('people.roles'), cell: (person) => rolesOf(person, text) },
          ...(namesTenants
            ? [{ id: 'tenant', header: text('tenant.one'), cell: (person: Person) => person.tenant?.name ?? '' }]
            : []),
          {
            id: 'status',
            header: text('record.status'),
            cell: (person) => <StatusOf status={person.status} />,
            tight: true,
          },
        ]}
        empty={<EmptyState title={text(narrowed ? 'ui.nothing-found' : 'people.none')} />}
      />
    </Page>
  );
}

function rolesOf(person: Person, text: Say): string {
  return person.memberships.map(({ role }) => roleName(role, text)).join(', ') || '—';
}

function Actions() {
  const text = useText();
  const { may, acting } = useSession();
  if (!may('person.administer') || !acting.writes) return null;
  return (
    <>
      {acting.tenancy !== 'off' && (
        <LinkButton
          to="/administration/people/invitations"
          variant="default"
          leftSection={<IconMailPlus size={18} aria-hidden />}
        >
          {text('invitations.title')}
        </LinkButton>
      )}
      <LinkButton to="/administration/people/new" leftSection={<IconPlus size={18} aria-hidden />}>
        {text('people.add')}
      </LinkButton>
    </>
  );
}
