import { IconClipboardList } from '@tabler/icons-react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { RequestList } from './RequestList.tsx';

export function MyRequestsPage() {
  const text = useText();
  const { may } = useSession();
  const ask = may('offering.request') && <LinkButton to="/catalog">{text('catalog.title')}</LinkButton>;
  return (
    <Page title={text('requests.mine')} actions={ask}>
      <RequestList
        label={text('requests.mine')}
        query={{ mine: true }}
        base="/requests"
        empty={<EmptyState icon={<IconClipboardList />} title={text('requests.mine.none')} />}
      />
    </Page>
  );
}
