import { Outlet, useMatches } from '@tanstack/react-router';
import { isOpenTo } from '../navigation.ts';
import { useSession } from '../session.tsx';
import { NotAllowedPage, SwitchedOffPage } from './OtherPages.tsx';

/** The page in its shell. */
export function PageOutlet() {
  const session = useSession();
  const matches = useMatches();
  const open = matches.every((match) => isOpenTo(match.staticData, session));
  const off = matches.some((match) => match.staticData.closed?.(session) === 'multi-tenancy-off');
  return (
    <main id="content" tabIndex={-1} style={{ outline: 'none' }}>
      {open ? <Outlet /> : off ? <SwitchedOffPage /> : <NotAllowedPage />}
    </main>
  );
}
