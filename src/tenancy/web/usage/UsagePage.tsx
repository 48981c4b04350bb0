import { useQuery } from '@tanstack/react-query';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { getUsage } from '../../usage/usage.api.ts';
import { UsageFacts } from './UsageFacts.tsx';

/** One's own organization's. The provider has every tenant's on the tenant's page. */
export function UsagePage() {
  const text = useText();
  const { data, error, refetch } = useQuery({ ...answerOf(getUsage), refetchInterval: 5000 });
  if (error && !data) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  return (
    <Page title={text('usage.title')} lead={text('usage.lead')} narrow>
      <Sheet>
        <UsageFacts {...data} />
      </Sheet>
    </Page>
  );
}
