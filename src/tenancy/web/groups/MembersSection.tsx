import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar.tsx';
import { PickRecord } from '../../../ui/form/PickRecord.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Section } from '../../../ui/Section.tsx';
import { useAct, useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import {
  addTenantGroupMember,
  listTenantGroupMembers,
  removeTenantGroupMember,
  type TenantGroup,
} from '../../groups/groups.api.ts';
import { findTenants } from '../choices.ts';
import { tenantPath } from '../tenants/tenantPath.ts';

/** Each change is saved at once: adding and taking out are their own small steps. */
export function MembersSection({ group }: { group: TenantGroup }) {
  const text = useText();
  const [search, setSearch] = useState('');
  const list = useList(listTenantGroupMembers, { params: { id: group.id }, query: { search: search || undefined } });
  const add = useAct(addTenantGroupMember);
  const remove = useAct(removeTenantGroupMember);
  const changes = group.can.changeMembers;
  return (
    <Section title={text('tenant-group.members')} lead={text('tenant-group.members-count', { count: group.members })}>
      {changes && (
        <PickRecord
          label={text('tenant-group.member-add')}
          kind="tenants"
          find={findTenants}
          value={null}
          change={(picked) => picked && add.mutate({ params: { id: group.id, slug: picked.value } })}
        />
      )}
      <FilterBar active={search !== ''} clear={() => setSearch('')}>
        <SearchFilter label={text('tenant-group.member-search')} value={search} change={setSearch} />
      </FilterBar>
      <DataList
        label={text('tenant-group.members')}
        list={list}
        keyOf={(member) => member.slug}
        columns={[
          {
            id: 'name',
            header: text('tenant.one'),
            cell: (member) => <Link to={tenantPath(member.slug)}>{member.name}</Link>,
          },
        ]}
        rowActions={(member) =>
          changes && (
            <CloseButton
              aria-label={text('tenant-group.member-remove', { name: member.name })}
              onClick={() => remove.mutate({ params: { id: group.id, slug: member.slug } })}
            />
          )
        }
        empty={<EmptyState title={text(search ? 'ui.nothing-found' : 'tenant-group.empty')} order={3} />}
      />
    </Section>
  );
}
