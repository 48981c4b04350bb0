import { PickField } from '../../../ui/form/PickField.tsx';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import type { FormValues, RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { call } from '../../../web/client.ts';
import { roleName } from '../../../web/names.ts';
import { useSession } from '../../../web/session.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { listGrantableRoles } from '../../roles/roles.api.ts';

/** A role as forms hold it; `value` is its identity. */
export type RolePick = Pickable | null;

interface RoleFieldProps<V extends FormValues> {
  form: RecordFormState<V>;
  name: keyof V & string;
  tenant: string | undefined;
  /** Roles that the person has already. */
  without?: readonly string[];
}

/** Only the roles that one may give (R5.5); there can be hundreds, so they are searched. */
export function RoleField<V extends FormValues>({ form, name, tenant, without = [] }: RoleFieldProps<V>) {
  const text = useText();
  const { namesTenants } = useSession();
  const waits = namesTenants && !tenant;
  const find = async (search: string) =>
    (await findGrantable(tenant, search, text)).filter((role) => !without.includes(role.value));
  return (
    <PickField
      form={form}
      name={name}
      label={text('role.one')}
      hint={waits ? text('role.tenant-first') : (form.values[name] as RolePick)?.detail}
      kind={`grantable roles ${tenant ?? ''}`}
      find={find}
      readOnly={waits}
    />
  );
}

async function findGrantable(tenant: string | undefined, search: string, text: Say): Promise<Pickable[]> {
  const ask = (words: string | undefined) => call(listGrantableRoles, { query: { tenant, search: words, limit: 50 } });
  const answers = await Promise.all(search ? [ask(search), ask(undefined)] : [ask(undefined)]);
  // Delivered roles are called otherwise in other languages, which the server does not search.
  const isNamed = (label: string) => label.toLocaleLowerCase().includes(search.toLocaleLowerCase());
  const found = new Map(
    answers.flatMap(({ items }, i) =>
      items
        .map((role) => ({ value: role.id, label: roleName(role, text), detail: role.description || undefined }))
        .filter(({ label }) => (i === 0 && !search) || isNamed(label))
        .map((role) => [role.value, role]),
    ),
  );
  return [...found.values()];
}
