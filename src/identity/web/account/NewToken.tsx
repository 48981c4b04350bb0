import { Stack } from '@mantine/core';
import { useState } from 'react';
import { CopyOnce } from '../../../ui/CopyOnce.tsx';
import { SelectField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { createToken } from '../../tokens/tokens.api.ts';

/** A token is shown this once; afterwards only its hash is known. */
export function NewToken({ opened, close }: { opened: boolean; close: () => void }) {
  const text = useText();
  const [token, setToken] = useState<string | null>(null);
  const create = useAct(createToken);
  const form = useRecordForm({
    initial: { name: '', days: '90' },
    schema: { ...createToken.body, properties: { name: { maxLength: 100 } } },
    submit: async ({ name, days }) => {
      const made = await create.mutateAsync({ body: { name, days: Number(days) } });
      setToken(made.token);
      close();
      form.replace({ name: '', days: '90' });
    },
  });
  const choices = [7, 30, 90, 366].map((days) => ({
    value: String(days),
    label: text('account.token.days', { days }),
  }));
  if (!opened && !token) return null;
  return (
    <Stack mb="md" gap="md">
      {token && (
        <CopyOnce title={text('account.token.made')} value={token}>
          {text('account.token.once')}
        </CopyOnce>
      )}
      {opened && (
        <RecordForm form={form} submit={text('account.token.create')} cancel={close}>
          <TextField
            form={form}
            name="name"
            label={text('account.token.name')}
            hint={text('account.token.name.hint')}
            autoFocus
          />
          <SelectField form={form} name="days" label={text('account.token.lifetime')} choices={choices} />
        </RecordForm>
      )}
    </Stack>
  );
}
