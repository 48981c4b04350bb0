import { Skeleton, Tabs } from '@mantine/core';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { later } from '../../../ui/later.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { AddTenant } from './AddTenant.tsx';
import { tenantStatuses } from './TenantStatus.tsx';
import { TenantTable } from './TenantTable.tsx';
import { TenantTree } from './TenantTree.tsx';

const none = { search: '', status: '' };
const TenantChart = later(async () => (await import('./chart/TenantChart.tsx')).TenantChart);

/** The tenants as a tree, drawn as a chart, or as a table; a search always answers as a table. */
export function TenantsPage() {
  const text = useText();
  const { may, acting } = useSession();
  const [state, setState] = useUrlState({ ...none, view: 'tree' });
  const narrowed = state.search !== '' || state.status !== '';
  const view = narrowed ? 'table' : state.view;
  return (
    <Page
      title={text('tenants.title')}
      lead={text('tenants.lead')}
      actions={
        <>
          <WhyButton list="tenants" acts={[]} />
          {may('tenant.administer') && acting.provider && <AddTenant />}
        </>
      }
    >
      <FilterBar active={narrowed} clear={() => setState(none)}>
        <SearchFilter label={text('tenants.search')} value={state.search} change={(search) => setState({ search })} />
        <SelectFilter
          label={text('record.status')}
          value={state.status}
          change={(status) => setState({ status })}
          choices={tenantStatuses.map((value) => ({ value, label: text(`tenant.status.${value}`) }))}
        />
      </FilterBar>
      <Tabs value={view} onChange={(chosen) => setState({ ...none, view: chosen ?? 'tree' })} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="tree">{text('tenants.tree')}</Tabs.Tab>
          <Tabs.Tab value="chart">{text('tenants.chart')}</Tabs.Tab>
          <Tabs.Tab value="table">{text('tenants.table')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tree">
          <TenantTree />
        </Tabs.Panel>
        <Tabs.Panel value="chart">
          <TenantChart meanwhile={<Skeleton height={320} />} />
        </Tabs.Panel>
        <Tabs.Panel value="table">
          <TenantTable search={state.search} status={state.status} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
