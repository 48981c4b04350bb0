import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import { TenantField, type TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { LongTextField, SwitchField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Choice } from '../choices.fields.ts';
import type { ChoiceKind } from './choiceKinds.ts';

interface ChoiceDialogProps {
  kind: ChoiceKind;
  /** Null: a new one. */
  choice: Choice | null;
  close: () => void;
}

export function ChoiceDialog({ kind, choice, close }: ChoiceDialogProps) {
  const text = useText();
  const title = choice ? text('choice.edit-named', { name: choice.name }) : text(`${kind.name}.add`);
  return (
    <FormDialog opened close={close} title={title}>
      {choice ? <EditForm kind={kind} choice={choice} close={close} /> : <AddForm kind={kind} close={close} />}
    </FormDialog>
  );
}

function AddForm({ kind, close }: Omit<ChoiceDialogProps, 'choice'>) {
  const text = useText();
  const { namesTenants, acting } = useSession();
  const add = useAct(kind.add);
  const focus = useFocusPick();
  const form = useRecordForm({
    initial: { name: '', description: '', public: false, tenant: focus as TenantPick },
    schema: kind.add.body,
    submit: async ({ name, description, public: isPublic, tenant }) => {
      const whose = isPublic ? { public: true } : { tenant: tenant?.value };
      await add.mutateAsync({ body: { name, description: description || undefined, ...whose } });
      showToast(text('choice.added', { name }));
      close();
    },
  });
  return (
    <RecordForm form={form} submit={text(`${kind.name}.add`)} cancel={close}>
      <TextField form={form} name="name" label={text('choice.name')} autoFocus />
      <LongTextField form={form} name="description" label={text('record.description')} />
      {acting.updatePublic && acting.tenancy !== 'off' && (
        <SwitchField form={form} name="public" label={text('record.public')} hint={text('choice.public.hint')} />
      )}
      {namesTenants && !form.values.public && (
        <TenantField form={form} name="tenant" label={text('tenant.one')} writable />
      )}
    </RecordForm>
  );
}

function EditForm({ kind, choice, close }: ChoiceDialogProps & { choice: Choice }) {
  const text = useText();
  const update = useAct(kind.update);
  const { id, version, name, description } = choice;
  const form = useRecordForm({
    initial: { name, description },
    schema: { ...kind.update.body, required: ['name'] },
    submit: async (body) => {
      await update.mutateAsync({ params: { id }, version, body });
      showToast(text('record.saved'));
      close();
    },
  });
  return (
    <RecordForm form={form} cancel={close}>
      <TextField form={form} name="name" label={text('choice.name')} autoFocus />
      <LongTextField form={form} name="description" label={text('record.description')} />
    </RecordForm>
  );
}
