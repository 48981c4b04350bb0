import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PasswordField, TextField } from '../../ui/form/fields.tsx';
import { RecordForm } from '../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../ui/form/useRecordForm.ts';
import { Page } from '../../ui/Page.tsx';
import { call } from '../../web/client.ts';
import { currentLanguage } from '../../web/language.ts';
import { answerOf } from '../../web/queries.ts';
import { enterSession } from '../../web/session.tsx';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import { createFirstAdministrator, lookAtFirstRun } from '../first-run/first-run.api.ts';
import { deviceTimeZone, useSecret } from './secret.ts';
import { UnusableLink } from './UnusableLink.tsx';

/** The first minute of an installation: whoever holds the address that the program printed becomes its administrator. */
export function FirstRunPage() {
  const token = useSecret();
  const look = useQuery({ ...answerOf(lookAtFirstRun, { body: { token } }), staleTime: Infinity });
  if (look.error) return <UnusableLink error={look.error} retry={() => void look.refetch()} />;
  if (!look.data) return <WaitingPage />;
  return <FirstRunForm token={token} productName={look.data.productName} />;
}

function FirstRunForm({ token, productName }: { token: string; productName: string }) {
  const text = useText();
  const navigate = useNavigate();
  const form = useRecordForm({
    initial: { displayName: '', userName: '', password: '' },
    schema: createFirstAdministrator.body,
    submit: async (values) => {
      const me = await call(createFirstAdministrator, {
        body: { token, ...values, language: currentLanguage(), timeZone: deviceTimeZone },
      });
      enterSession(me);
      await navigate({ to: '/', replace: true });
    },
  });
  return (
    <Page title={text('first-run.title', { product: productName })} lead={text('first-run.lead')} narrow>
      <RecordForm form={form} submit={text('first-run.submit')} fullWidth unguarded>
        <TextField form={form} name="displayName" label={text('person.display-name')} autoComplete="name" autoFocus />
        <TextField form={form} name="userName" label={text('person.user-name')} autoComplete="username" code />
        <PasswordField
          form={form}
          name="password"
          label={text('person.password')}
          hint={text('person.password.hint')}
          autoComplete="new-password"
        />
      </RecordForm>
    </Page>
  );
}
