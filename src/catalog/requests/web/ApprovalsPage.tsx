import { IconCheckbox } from '@tabler/icons-react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useTenantFocus } from '../../../web/focus.ts';
import { useText } from '../../../web/text.ts';
import { RequestList } from './RequestList.tsx';

/** What waits for the decision of whoever looks; never one's own requests (R4.3). */
export function ApprovalsPage() {
  const text = useText();
  return (
    <Page title={text('approvals.title')} lead={text('approvals.lead')}>
      <RequestList
        label={text('approvals.title')}
        query={{ approvable: true, tenant: useTenantFocus() }}
        base="/workspace/requests"
        whose
        empty={<EmptyState icon={<IconCheckbox />} title={text('approvals.none')} />}
      />
    </Page>
  );
}
