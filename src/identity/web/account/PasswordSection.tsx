import { PasswordField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { call } from '../../../web/client.ts';
import { useText } from '../../../web/text.ts';
import { changePassword } from '../../sessions/sessions.api.ts';

export function PasswordSection() {
  const text = useText();
  const form = useRecordForm({
    initial: { oldPassword: '', newPassword: '' },
    schema: changePassword.body,
    submit: async (values) => {
      await call(changePassword, { body: values });
      form.replace({ oldPassword: '', newPassword: '' });
      showToast(text('account.password.changed'));
    },
  });
  return (
    <Section title={text('person.password')} lead={text('account.password.lead')}>
      <RecordForm form={form} submit={text('account.password.submit')}>
        <PasswordField
          form={form}
          name="oldPassword"
          label={text('account.password.old')}
          autoComplete="current-password"
        />
        <PasswordField
          form={form}
          name="newPassword"
          label={text('person.password-new')}
          hint={text('person.password.hint')}
          autoComplete="new-password"
        />
      </RecordForm>
    </Section>
  );
}
