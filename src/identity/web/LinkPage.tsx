import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../platform/endpoints.ts';
import { PasswordField } from '../../ui/form/fields.tsx';
import { RecordForm } from '../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../ui/form/useRecordForm.ts';
import { Page } from '../../ui/Page.tsx';
import { call } from '../../web/client.ts';
import { answerOf } from '../../web/queries.ts';
import { enterSession } from '../../web/session.tsx';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import { lookAtLink, usePasswordLink } from '../links/links.api.ts';
import { SignsInAs } from './SignsInAs.tsx';
import { useSecret } from './secret.ts';
import { UnusableLink } from './UnusableLink.tsx';

/** Where a one-time address leads: one's own password, known to nobody else (R4.7). */
export function LinkPage() {
  const token = useSecret();
  const look = useQuery({ ...answerOf(lookAtLink, { body: { token } }), staleTime: Infinity });
  if (look.error) return <UnusableLink error={look.error} retry={() => void look.refetch()} />;
  if (!look.data) return <WaitingPage />;
  return <LinkForm token={token} link={look.data} />;
}

function LinkForm({ token, link }: { token: string; link: AnswerOf<typeof lookAtLink> }) {
  const text = useText();
  const navigate = useNavigate();
  const form = useRecordForm({
    initial: { password: '' },
    schema: usePasswordLink.body,
    submit: async ({ password }) => {
      const me = await call(usePasswordLink, { body: { token, password } });
      enterSession(me);
      await navigate({ to: '/', replace: true });
    },
  });
  const { displayName: name, organization, signInName } = link;
  const lead = (
    <>
      {organization ? text('link.lead-organization', { organization }) : text('link.lead')}
      <SignsInAs words="link.signs-in-as" name={signInName} />
    </>
  );
  return (
    <Page title={text('link.title', { name })} lead={lead} narrow>
      <RecordForm form={form} submit={text('link.submit')} fullWidth unguarded>
        <PasswordField
          form={form}
          name="password"
          label={text('person.password-new')}
          hint={text('person.password.hint')}
          autoComplete="new-password"
          autoFocus
        />
      </RecordForm>
    </Page>
  );
}
