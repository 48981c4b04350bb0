import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import type { makePasswordLink } from '../../links/links.api.ts';
import { getPerson } from '../../people/people.api.ts';
import { StatusOf } from '../StatusOf.tsx';
import { MembershipsSection } from './MembershipsSection.tsx';
import { OneTimeLink } from './OneTimeLink.tsx';
import { PersonActions } from './PersonActions.tsx';
import { ProfileSection } from './ProfileSection.tsx';

export function PersonPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const [link, setLink] = useState<AnswerOf<typeof makePasswordLink> | null>(null);
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: person, error, refetch } = useQuery(answerOf(getPerson, { params: { id } }));
  if (error && !person) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!person) return <WaitingPage />;
  return (
    <Page
      title={person.displayName}
      lead={namesTenants ? person.tenant?.name : undefined}
      badge={<StatusOf status={person.status} />}
      back={<Link to="/administration/people">{text('people.title')}</Link>}
      actions={
        <>
          <WhyButton
            person={{ value: person.id, label: person.displayName }}
            about={`person:${person.id}`}
            acts={['change', 'deactivate', 'reactivate', 'grant', 'makeLink']}
          />
          <PersonActions person={person} made={setLink} />
        </>
      }
      narrow
    >
      {link && <OneTimeLink link={link} name={person.displayName} />}
      <ProfileSection key={person.version} person={person} />
      <MembershipsSection person={person} />
    </Page>
  );
}
