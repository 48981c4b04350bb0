import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../../ui/form/fields.tsx';
import type { FormValues, RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { roleName } from '../../../web/names.ts';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { listGrantableRoles } from '../../roles/roles.api.ts';

interface RoleFieldProps<V extends FormValues> {
  form: RecordFormState<V>;
  name: keyof V & string;
  tenant: string | undefined;
  /** Roles that the person has already. */
  without?: readonly string[];
}

/** Only the roles that one may give (R5.5). */
export function RoleField<V extends FormValues>({ form, name, tenant, without = [] }: RoleFieldProps<V>) {
  const text = useText();
  const { namesTenants } = useSession();
  const waits = namesTenants && !tenant;
  const roles = useQuery({ ...answerOf(listGrantableRoles, { query: { tenant } }), enabled: !waits });
  const items = (roles.data?.items ?? []).filter((role) => !without.includes(role.id));
  const chosen = items.find((role) => role.id === form.values[name]);
  return (
    <SelectField
      form={form}
      name={name}
      label={text('role.one')}
      hint={waits ? text('role.tenant-first') : chosen?.description || undefined}
      choices={items.map((role) => ({ value: role.id, label: roleName(role, text) }))}
    />
  );
}
