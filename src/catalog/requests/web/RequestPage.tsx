import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Phases } from '../../../ui/Phases.tsx';
import { Section } from '../../../ui/Section.tsx';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import { getRequest, type ServiceRequest } from '../requests.api.ts';
import { AskedSection } from './AskedSection.tsx';
import { ChangesSection } from './ChangesSection.tsx';
import { phasesOf } from './phasesOf.tsx';
import { RequestActions } from './RequestActions.tsx';
import { RequestHistory } from './RequestHistory.tsx';
import { ResultSection } from './ResultSection.tsx';
import { RequestPhase } from './requestLabels.tsx';
import { SignInNotice } from './SignInNotice.tsx';
import { TasksSection } from './TasksSection.tsx';

/** A request on its way: the same page for whoever asked and for whoever decides. */
const askedActs = ['edit', 'submit', 'approve', 'cancel', 'retry'] as const;

export function RequestPage() {
  const said = useSaid();
  const { namesTenants } = useSession();
  const { number } = useParams({ strict: false }) as { number: string };
  const {
    data: request,
    error,
    refetch,
  } = useQuery({
    ...answerOf(getRequest, { params: { number } }),
    // Live updates tell of every step; should they be cut off, a request under way is still followed.
    refetchInterval: ({ state }) => pauseOf(state.data),
  });
  if (error && !request) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!request) return <WaitingPage />;
  const name = [said(request.offering.name), request.about].filter(Boolean).join(': ');
  return (
    <Page
      title={`${request.number} ${name}`}
      lead={[namesTenants && request.tenant?.name, request.requester].filter(Boolean).join(' · ')}
      badge={<RequestPhase phase={request.phase} stuck={request.stuck} />}
      back={<UpLink />}
      actions={
        <>
          <WhyButton record={request.number} acts={askedActs} />
          <RequestActions request={request} />
        </>
      }
      narrow
    >
      <RequestSections request={request} />
    </Page>
  );
}

function RequestSections({ request }: { request: ServiceRequest }) {
  const text = useText();
  return (
    <>
      <Section title={text('request.progress')}>
        <Phases label={text('request.progress')} phases={phasesOf(request, text)} />
      </Section>
      <SignInNotice request={request} />
      <ResultSection request={request} />
      <AskedSection request={request} />
      {request.changes.length > 0 && <ChangesSection request={request} />}
      {request.tasks.length > 0 && <TasksSection tasks={request.tasks} />}
      <RequestHistory history={request.history} />
    </>
  );
}

/** To the list that one came from: one's own, or everybody's. */
function UpLink() {
  const text = useText();
  const { pathname } = useLocation();
  if (pathname.startsWith('/workspace')) return <Link to="/workspace/requests">{text('requests.title')}</Link>;
  return <Link to="/requests">{text('requests.mine')}</Link>;
}

/** Parts that a program does take seconds; one that waits for people may take days. */
function pauseOf(request: ServiceRequest | undefined): number | false {
  if (!request?.submittedAt || request.stuck || !['submitted', 'fulfillment'].includes(request.phase)) return false;
  return Date.now() - Date.parse(request.submittedAt) < 60_000 ? 2_000 : 30_000;
}
