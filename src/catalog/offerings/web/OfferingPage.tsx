import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { OfferingForm } from '../../requests/web/OfferingForm.tsx';
import { useSaid } from '../../web/said.ts';
import { getOffering } from '../offerings.api.ts';
import { ApprovalMenu } from './ApprovalMenu.tsx';
import css from './OfferingPage.module.css';

/** One service, and its form. */
export function OfferingPage() {
  const text = useText();
  const said = useSaid();
  const navigate = useNavigate();
  const { key } = useParams({ strict: false }) as { key: string };
  const { data: offering, error, refetch } = useQuery(answerOf(getOffering, { params: { key } }));
  if (error && !offering) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!offering) return <WaitingPage />;
  return (
    <Page
      title={said(offering.name)}
      lead={said(offering.description) || said(offering.summary)}
      back={<Link to="/catalog">{text('catalog.title')}</Link>}
      actions={
        <>
          <WhyButton record={`offering:${offering.key}`} acts={['request', 'changeApproval']} />
          {offering.can.changeApproval && <ApprovalMenu offering={offering} />}
        </>
      }
      narrow
    >
      <Sheet>
        <p className={css.approval}>{text(`offering.approval.${offering.approval}`)}</p>
        <OfferingForm
          key={offering.key}
          offering={offering.key}
          done={({ number }) => {
            showToast(text('request.submitted', { number }));
            void navigate({ to: `/requests/${number}` });
          }}
        />
      </Sheet>
    </Page>
  );
}
