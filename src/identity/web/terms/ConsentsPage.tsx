import { Anchor, Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SelectFilter } from '../../../ui/FilterBar.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Status } from '../../../ui/Status.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { download } from '../../../web/download.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { useList } from '../../../web/queries.ts';
import { tellFailure } from '../../../web/refusedActs.ts';
import { useSession } from '../../../web/session.tsx';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { useText } from '../../../web/text.ts';
import { type Consent, exportConsents, listConsents } from '../../terms/consents.api.ts';
import { VersionDialog } from './VersionsSection.tsx';

/** R8.7: who accepted or rejected what, as far as one's reach goes, and the proof of it to take along. */
export function ConsentsPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const [filters, setFilters] = useUrlState({ decision: '' });
  const [read, setRead] = useState<string | null>(null);
  const query = {
    decision: (filters.decision || undefined) as Consent['decision'] | undefined,
    tenant: useTenantFocus(),
  };
  const list = useList(listConsents, { query });
  return (
    <Page
      title={text('consents.title')}
      lead={text('consents.lead')}
      actions={
        <>
          <WhyButton list="consents" acts={[]} />
          <ExportMenu query={query} />
        </>
      }
    >
      <FilterBar active={filters.decision !== ''} clear={() => setFilters({ decision: '' })}>
        <SelectFilter
          label={text('consents.decision')}
          value={filters.decision}
          change={(decision) => setFilters({ decision })}
          choices={(['accepted', 'rejected'] as const).map((value) => ({ value, label: text(`consents.${value}`) }))}
        />
      </FilterBar>
      <DataList
        label={text('consents.title')}
        list={list}
        keyOf={(one) => one.id}
        columns={[
          { id: 'person', header: text('consents.person'), cell: (one) => one.person.name },
          {
            id: 'decision',
            header: text('consents.decision'),
            cell: (one) => (
              <Status tone={one.decision === 'accepted' ? 'good' : 'bad'}>{text(`consents.${one.decision}`)}</Status>
            ),
            tight: true,
          },
          {
            id: 'statement',
            header: text('terms.statement'),
            cell: (one) => (
              <Anchor component="button" type="button" ta="start" onClick={() => setRead(one.version.id)}>
                {one.statement.name} · {text('terms.version-number', { number: one.version.number })}
              </Anchor>
            ),
          },
          ...(namesTenants
            ? [{ id: 'tenant', header: text('tenant.one'), cell: (one: Consent) => one.tenant?.name ?? '—' }]
            : []),
          { id: 'language', header: text('ui.language'), cell: (one) => languageNames[one.language], tight: true },
          { id: 'address', header: text('consents.address'), cell: (one) => one.address, tight: true },
          { id: 'at', header: text('consents.at'), cell: (one) => <Time at={one.at} />, tight: true },
        ]}
        empty={
          <EmptyState title={text(filters.decision ? 'ui.nothing-found' : 'consents.none')}>
            {filters.decision ? undefined : text('consents.none.body')}
          </EmptyState>
        }
      />
      {read && <VersionDialog id={read} close={() => setRead(null)} />}
    </Page>
  );
}

function ExportMenu({ query }: { query: { decision?: Consent['decision']; tenant?: string } }) {
  const text = useText();
  const saving = useMutation({
    mutationFn: (format: 'json' | 'csv') => download(exportConsents, { query: { ...query, format } }),
    onError: tellFailure,
  });
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} loading={saving.isPending}>
          {text('consents.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saving.mutate('json')}>{text('consents.export.json')}</Menu.Item>
        <Menu.Item onClick={() => saving.mutate('csv')}>{text('consents.export.csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
