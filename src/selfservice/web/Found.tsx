import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getCatalog } from '../../catalog/offerings/offerings.api.ts';
import { Offerings, offeringsThatFit } from '../../catalog/offerings/web/Offerings.tsx';
import { useSaid } from '../../catalog/web/said.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { Section } from '../../ui/Section.tsx';
import { answerOf } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import css from './HomePage.module.css';
import { OpenTickets } from './OpenRecords.tsx';

/** What fits the words: services to ask for, and what one has asked before. */
export function Found({ search }: { search: string }) {
  const text = useText();
  const { may } = useSession();
  return (
    <div className={css.found}>
      {may('offering.request') && <FoundServices search={search} />}
      {may('ticket.read') && <OpenTickets title={text('home.found.tickets')} text={search} />}
    </div>
  );
}

function FoundServices({ search }: { search: string }) {
  const text = useText();
  const said = useSaid();
  const { data, error, refetch } = useQuery(answerOf(getCatalog));
  const found = offeringsThatFit(data?.categories ?? [], search, said).flatMap(({ offerings }) => offerings);
  return (
    <Section title={text('home.found.services')}>
      {error && !data && <FailureState error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={64} />}
      {found.length > 0 && <Offerings offerings={found} />}
      {data && !found.length && <p>{text('home.found.none', { search })}</p>}
    </Section>
  );
}
