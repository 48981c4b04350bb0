import { Button, Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Me } from '../../identity/sessions/sessions.api.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { keepLive } from '../live.ts';
import { rememberMembership } from '../membership.ts';
import { membershipLabel } from '../names.ts';
import { SessionContext, sessionOf, useMe } from '../session.tsx';
import { useText } from '../text.ts';
import { useMembershipChoice, useSignOut } from '../useSignOut.ts';
import { StoppedPage, WaitingPage } from './OtherPages.tsx';

/** Lets in who is signed in and has something to act under; everything below it has a `Session`. */
export function PersonGate() {
  const me = useMe();
  const session = useMemo(() => (me.data?.acting ? sessionOf(me.data, me.data.acting) : null), [me.data]);
  const membershipId = session?.acting.membershipId;
  useEffect(() => {
    if (!membershipId) return;
    rememberMembership(membershipId);
    return keepLive(membershipId);
  }, [membershipId]);
  if (me.data && !session) return <Stopped me={me.data} retry={() => void me.refetch()} />;
  if (session) {
    return (
      <SessionContext value={session}>
        <Outlet />
      </SessionContext>
    );
  }
  return me.error ? <FailureState error={me.error} retry={() => void me.refetch()} order={1} /> : <WaitingPage />;
}

function Stopped({ me, retry }: { me: Me; retry: () => void }) {
  const text = useText();
  const signOut = useSignOut();
  const choose = useMembershipChoice();
  const problem = me.problem ?? 'membership-needed';
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
