import { useState } from 'react';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { listTenants, type TenantSummary } from '../../tenants/tenants.api.ts';
import { ChosenTenants } from './ChosenTenants.tsx';
import { TenantStatus } from './TenantStatus.tsx';
import { tenantPath } from './tenantPath.ts';

interface TenantTableProps {
  search?: string;
  status?: string;
  parent?: string;
}

export function TenantTable({ search, status, parent }: TenantTableProps) {
  const text = useText();
  const list = useList(listTenants, {
    query: {
      search: search || undefined,
      status: (status || undefined) as TenantSummary['status'] | undefined,
      parent,
    },
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <>
      <ChosenTenants tenants={list.items.filter(({ id }) => chosen.has(id))} clear={() => setChosen(new Set())} />
      <DataList
        label={text(parent ? 'tenant.subtenants' : 'tenants.title')}
        list={list}
        keyOf={(tenant) => tenant.id}
        selection={
          list.items.some(isManaged)
            ? { chosen, choose, can: isManaged, label: ({ name }) => text('tenants.choose', { name }) }
            : undefined
        }
        columns={[
          {
            id: 'name',
            header: text('tenant.name'),
            cell: (tenant) => <Link to={tenantPath(tenant.slug)}>{tenant.name}</Link>,
          },
          { id: 'key', header: text('tenant.key'), cell: (tenant) => tenant.key, tight: true },
          {
            id: 'parent',
            header: text('tenant.parent'),
            cell: (tenant) =>
              tenant.parent ? <Link to={tenantPath(tenant.parent.slug)}>{tenant.parent.name}</Link> : '—',
          },
          { id: 'number', header: text('tenant.number'), cell: (tenant) => tenant.tenantNumber || '—' },
          {
            id: 'below',
            header: text('tenant.subtenants'),
            cell: (tenant) => tenant.subtenants,
            align: 'end',
            tight: true,
          },
          {
            id: 'opened',
            header: text('tenant.opened'),
            cell: (tenant) => <Time at={tenant.openedAt} show="date" />,
            tight: true,
          },
          {
            id: 'status',
            header: text('record.status'),
            cell: (tenant) => <TenantStatus status={tenant.status} />,
            tight: true,
          },
        ]}
        empty={<EmptyState title={text(search || status ? 'ui.nothing-found' : 'tenants.none')} />}
      />
    </>
  );
}

function isManaged({ can }: TenantSummary): boolean {
  return can.update || can.deactivate || can.reactivate;
}
