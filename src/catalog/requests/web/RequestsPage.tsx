import { IconClipboardList } from '@tabler/icons-react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar, SelectFilter } from '../../../ui/FilterBar.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { useText } from '../../../web/text.ts';
import type { RequestSummary } from '../requests.api.ts';
import { RequestList } from './RequestList.tsx';
import { requestPhases } from './requestLabels.tsx';

/** Everybody's requests, as far as one may read them. */
export function RequestsPage() {
  const text = useText();
  const tenant = useTenantFocus();
  const [{ phase }, choose] = useUrlState({ phase: '' });
  const query = { phase: (phase || undefined) as RequestSummary['phase'] | undefined, tenant };
  return (
    <Page title={text('requests.title')} actions={<WhyButton list="requests" acts={['add']} />}>
      <FilterBar active={phase !== ''} clear={() => choose({ phase: '' })}>
        <SelectFilter
          label={text('request.phase')}
          value={phase}
          change={(chosen) => choose({ phase: chosen })}
          choices={requestPhases.map((value) => ({ value, label: text(`request.phase.${value}`) }))}
        />
      </FilterBar>
      <RequestList
        label={text('requests.title')}
        query={query}
        base="/workspace/requests"
        whose
        empty={
          <EmptyState
            icon={<IconClipboardList />}
            title={text(phase || tenant ? 'requests.none.narrowed' : 'requests.none')}
          />
        }
      />
    </Page>
  );
}
