import { CatchBoundary, Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { FailureState } from '../../ui/FailureState.tsx';
import { isOpenTo } from '../navigation.ts';
import { useSession } from '../session.tsx';
import { NotAllowedPage } from './OtherPages.tsx';

/** The page in its shell. What fails in a page leaves the shell standing, so that one can go elsewhere. */
export function PageOutlet() {
  const session = useSession();
  const matches = useMatches();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const open = matches.every((match) => isOpenTo(match.staticData, session));
  return (
    <main id="content" tabIndex={-1} style={{ outline: 'none' }}>
      {open ? (
        <CatchBoundary
          getResetKey={() => pathname}
          errorComponent={({ error, reset }) => <FailureState error={error} retry={reset} order={1} />}
        >
          <Outlet />
        </CatchBoundary>
      ) : (
        <NotAllowedPage />
      )}
    </main>
  );
}
