import { getMe } from '../identity/sessions/sessions.api.ts';
import { watchRefusals } from './client.ts';
import { rememberMembership } from './membership.ts';
import type { Problem } from './problem.ts';
import { answerOf, queryClient } from './queries.ts';
import type { router as Router } from './router.tsx';

/** What concerns the whole tab: a session that ended, and a membership that stopped (R9.3). */
export function sendToSignIn(router: typeof Router): void {
  watchRefusals((problem: Problem) => {
    if (problem.type === 'not-signed-in') leave(router);
    // `/me` says why nothing can be done now; the gate shows it in place of every page.
    if (['tenant-suspended', 'tenant-not-ready', 'membership-needed'].includes(problem.type)) void askAgain();
  });
}

function leave(router: typeof Router): void {
  const { pathname, searchStr } = router.latestLocation;
  if (router.state.matches.some((match) => match.routeId === '/visitor')) return;
  void router.navigate({ to: '/sign-in', search: { return: pathname + searchStr } as never, replace: true });
}

async function askAgain(): Promise<void> {
  const { queryKey } = answerOf(getMe);
  if (queryClient.isFetching({ queryKey })) return;
  // The membership of this tab may be gone for good; the session then offers the others.
  rememberMembership(null);
  await queryClient.invalidateQueries({ queryKey });
}
