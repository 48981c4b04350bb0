import { Button, Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { WhyRefused } from '../../administration/web/why/WhyRefused.tsx';
import type { Me } from '../../identity/sessions/sessions.api.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { later } from '../../ui/later.tsx';
import { RefusalHelpContext } from '../../ui/refusalHelp.ts';
import { keepLive } from '../live.ts';
import { currentMembership, rememberMembership } from '../membership.ts';
import { membershipLabel } from '../names.ts';
import { type Session, SessionContext, sessionOf, useMe } from '../session.tsx';
import { useTermsDue } from '../terms.ts';
import { useText } from '../text.ts';
import { useMembershipChoice, useSignOut } from '../useSignOut.ts';
import { StoppedPage, WaitingPage } from './OtherPages.tsx';

// Most people are asked seldom or never; what shows the text is loaded then.
const TermsDialog = later(async () => (await import('../../identity/web/terms/TermsDialog.tsx')).TermsDialog);

/** Lets in who is signed in and has something to act under; everything below it has a `Session`. */
export function PersonGate() {
  const me = useMe();
  const present = useMemo(() => (me.data?.acting ? sessionOf(me.data, me.data.acting) : null), [me.data]);
  const due = useTermsDue() || me.data?.problem === 'terms-not-accepted';
  const kept = useKept(present);
  // R8.3: while terms are asked the pages stay as they were behind them, with all that was written.
  const session = present ?? (due ? kept : null);
  const membershipId = session?.acting.membershipId;
  useEffect(() => {
    if (!membershipId) return;
    rememberMembership(membershipId);
    return keepLive(membershipId);
  }, [membershipId]);
  if (session || due) {
    return (
      <>
        {session && (
          <SessionContext value={session}>
            <RefusalHelpContext value={WhyRefused}>
              <Outlet />
            </RefusalHelpContext>
          </SessionContext>
        )}
        {due && <TermsDialog alone={!session} meanwhile={session ? null : <WaitingPage />} />}
      </>
    );
  }
  if (me.data) return <Stopped me={me.data} retry={() => void me.refetch()} />;
  return me.error ? <FailureState error={me.error} retry={() => void me.refetch()} order={1} /> : <WaitingPage />;
}

/** The last session of this tab's membership. */
function useKept(present: Session | null): Session | null {
  const [kept, keep] = useState(present);
  useEffect(() => {
    if (present) keep(present);
  }, [present]);
  return kept?.acting.membershipId === currentMembership() ? kept : null;
}

function Stopped({ me, retry }: { me: Me; retry: () => void }) {
  const text = useText();
  const signOut = useSignOut();
  const choose = useMembershipChoice();
  const problem = me.problem === 'terms-not-accepted' ? 'membership-needed' : (me.problem ?? 'membership-needed');
  return (
    <StoppedPage
      title={text(`stopped.${problem}`)}
      body={text(`stopped.${problem}.body`)}
      leave={signOut}
      retry={retry}
    >
      {problem === 'membership-needed' && (
        <Stack gap="xs" mt="md">
          {me.memberships.map((membership) => (
            <Button key={membership.id} variant="light" onClick={() => choose(membership.id)}>
              {membershipLabel(membership, text)}
            </Button>
          ))}
        </Stack>
      )}
    </StoppedPage>
  );
}
