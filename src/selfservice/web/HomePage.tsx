import { useUrlState } from '../../ui/urlState.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { Found } from './Found.tsx';
import { Hero } from './Hero.tsx';
import css from './HomePage.module.css';
import { OpenRequests, OpenTickets } from './OpenRecords.tsx';
import { QuickActions } from './QuickActions.tsx';

/** The start page of everybody: ask, look, go on with what is open. */
export function HomePage() {
  const text = useText();
  const { may } = useSession();
  const [{ search }, change] = useUrlState({ search: '' });
  return (
    <>
      <Hero search={search} change={(value) => change({ search: value })} />
      <div className={css.content}>
        {search.trim() ? (
          <Found search={search.trim()} />
        ) : (
          <>
            <QuickActions />
            <div className={css.open}>
              {may('ticket.read') && <OpenTickets title={text('home.open-tickets')} />}
              {may('request.read') && <OpenRequests title={text('home.open-requests')} />}
            </div>
          </>
        )}
      </div>
    </>
  );
}
