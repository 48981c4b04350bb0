import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PasswordField, TextField } from '../../ui/form/fields.tsx';
import { RecordForm } from '../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../ui/form/useRecordForm.ts';
import { Page } from '../../ui/Page.tsx';
import { call } from '../../web/client.ts';
import { enterSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { signIn } from '../sessions/sessions.api.ts';

/** At `/sign-in`, or at an organization's own address `/sign-in/<slug>`, where the user name alone is enough (R5.10). */
export function SignInPage() {
  const text = useText();
  const navigate = useNavigate();
  const { slug } = useParams({ strict: false }) as { slug?: string };
  const search = useSearch({ strict: false }) as { return?: string };
  const form = useRecordForm({
    initial: { userName: '', password: '' },
    schema: signIn.body,
    submit: async ({ userName, password }) => {
      const me = await call(signIn, { body: { userName: userName.trim(), password, slug } });
      enterSession(me);
      await navigate({ to: ownAddress(search.return), replace: true });
    },
  });
  return (
    <Page title={text('sign-in.title')} narrow>
      <RecordForm form={form} submit={text('sign-in.submit')} fullWidth unguarded>
        <TextField
          form={form}
          name="userName"
          label={text('person.user-name')}
          hint={slug ? undefined : text('sign-in.user-name.hint')}
          autoComplete="username"
          code
          autoFocus
        />
        <PasswordField form={form} name="password" label={text('person.password')} autoComplete="current-password" />
      </RecordForm>
    </Page>
  );
}

/** Where one wanted to go; only ever inside the application, whatever the address says. */
function ownAddress(wanted: string | undefined): string {
  if (!wanted?.startsWith('/')) return '/';
  const target = new URL(wanted, location.origin);
  return target.origin === location.origin && !target.pathname.startsWith('//') ? target.pathname + target.search : '/';
}
