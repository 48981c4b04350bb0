import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { chooseMembership, signOut } from '../identity/sessions/sessions.api.ts';
import { showToast } from '../ui/toast.ts';
import { call } from './client.ts';
import { rememberMembership } from './membership.ts';
import { Problem } from './problem.ts';
import { enterSession, leaveSession } from './session.tsx';

/** Ends the session, also when the server has forgotten it already. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return useCallback(async () => {
    try {
      await call(signOut);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.unreached) return showToast(error.title, 'failed');
    }
    await navigate({ to: '/sign-in', search: {} as never });
    leaveSession();
  }, [navigate]);
}

/** Changes what this tab acts as: at once, audited, and nothing of before stays on the screen (R5.1). */
export function useMembershipChoice(): (membershipId: string) => void {
  const navigate = useNavigate();
  return useCallback(
    async (membershipId: string) => {
      try {
        const me = await call(chooseMembership, { body: { membershipId } });
        await navigate({ to: '/', search: { tenant: undefined } as never });
        enterSession(me);
        // Terms that are asked first are those of this membership, whatever another tab acts under.
        if (me.problem === 'terms-not-accepted') rememberMembership(membershipId);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        showToast(error.title, 'failed');
      }
    },
    [navigate],
  );
}
