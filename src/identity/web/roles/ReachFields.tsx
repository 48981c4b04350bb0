import { GroupField, TenantField } from '../../../tenancy/web/TenantField.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import type { RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { useText } from '../../../web/text.ts';
import { reaches } from '../../functions.ts';
import type { RoleValues } from './roleValues.ts';

/** Whose records the role reads and writes (R5.2); writing is never wider than reading. */
export function ReachFields({ form }: { form: RecordFormState<RoleValues> }) {
  const text = useText();
  const { readReach, writeReach } = form.values;
  const choices = reaches.map((value) => ({ value, label: text(`role.reach.${value}`) }));
  const writeChoices = [
    { value: 'same', label: text('role.reach.same') },
    { value: 'none', label: text('role.reach.none') },
    ...choices,
  ];
  return (
    <>
      <SelectField
        form={form}
        name="readReach"
        label={text('role.read-reach')}
        hint={text('role.read-reach.hint')}
        choices={choices}
      />
      {readReach === 'tenant' && <TenantField form={form} name="readTenant" label={text('role.reach.tenant-which')} />}
      {readReach === 'group' && <GroupField form={form} name="readGroup" label={text('role.reach.group-which')} />}
      <SelectField
        form={form}
        name="writeReach"
        label={text('role.write-reach')}
        hint={text('role.write-reach.hint')}
        choices={writeChoices}
      />
      {writeReach === 'tenant' && (
        <TenantField form={form} name="writeTenant" label={text('role.reach.tenant-which')} />
      )}
      {writeReach === 'group' && <GroupField form={form} name="writeGroup" label={text('role.reach.group-which')} />}
    </>
  );
}
