import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FailureState } from '../../ui/FailureState.tsx';
import { Page } from '../../ui/Page.tsx';
import { showToast } from '../../ui/toast.ts';
import { call } from '../../web/client.ts';
import { roleName } from '../../web/names.ts';
import { answerOf } from '../../web/queries.ts';
import { enterSession } from '../../web/session.tsx';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import { acceptInvitation, lookAtInvitation } from '../invitations/invitations.api.ts';
import { useSecret } from './secret.ts';

/** For somebody who is signed in and was invited by another organization (R5.10). */
export function InvitationPage() {
  const text = useText();
  const token = useSecret();
  const navigate = useNavigate();
  const look = useQuery({ ...answerOf(lookAtInvitation, { body: { token } }), staleTime: Infinity });
  const accept = useMutation({
    mutationFn: () => call(acceptInvitation, { body: { token } }),
    onSuccess: async (me) => {
      enterSession(me);
      showToast(text('invitation.accepted'));
      await navigate({ to: '/', replace: true });
    },
  });
  const error = look.error ?? accept.error;
  if (error) return <FailureState error={error} order={1} retry={() => void look.refetch()} />;
  if (!look.data) return <WaitingPage />;
  const { organization } = look.data;
  const role = roleName(look.data.role, text);
  return (
    <Page
      title={text('invitation.title')}
      lead={
        organization ? text('invitation.lead-organization', { organization, role }) : text('invitation.lead', { role })
      }
      narrow
    >
      <Button loading={accept.isPending} onClick={() => accept.mutate()}>
        {text('invitation.accept')}
      </Button>
    </Page>
  );
}
