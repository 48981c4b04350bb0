import { useRef } from 'react';
import { RoleField } from '../../identity/web/people/RoleField.tsx';
import { functionLabel, offeredFunctions } from '../../identity/web/roles/functionLabels.ts';
import { findTimeZones } from '../../identity/web/timeZones.ts';
import { findTenants } from '../../tenancy/web/choices.ts';
import { GroupField, TenantField } from '../../tenancy/web/TenantField.tsx';
import { ChecksField } from '../../ui/form/ChecksField.tsx';
import { PickField } from '../../ui/form/PickField.tsx';
import { PickSeveral } from '../../ui/form/PickSeveral.tsx';
import type { WidgetProps, Widgets } from '../../ui/form/SchemaFields.tsx';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { AssignmentField } from './assignment/AssignmentField.tsx';
import { CrossingsField } from './CrossingsField.tsx';
import { findPeople, findRoles, findStatements } from './choices.ts';
import { ExposureField } from './ExposureField.tsx';

/** How the forms of offerings ask for records; named by `x-widget` (src/catalog/catalog.fields.ts). */
export const recordWidgets: Widgets = {
  tenant: ({ field: _field, ...props }) => <TenantField {...props} writable />,
  tenants: TenantsChoice,
  role: RoleChoice,
  person: ({ field: _field, ...props }) => <PickField {...props} kind="people" find={findPeople} />,
  'time-zone': ({ field: _field, ...props }) => <PickField {...props} kind="time-zone" find={findTimeZones} />,
  terms: ({ field: _field, ...props }) => <PickField {...props} kind="terms" find={findStatements} />,
  'tenant-group': ({ field: _field, ...props }) => <GroupField {...props} />,
  hidden: () => null,
  functions: FunctionsField,
  exposure: ExposureField,
  crossings: CrossingsField,
  assignment: AssignmentField,
};

/** Several tenants, with the versions in which they were seen (R2.6). */
function TenantsChoice({ field: _field, ...props }: WidgetProps) {
  const versions = useRef(new Map<string, string>());
  const find = async (search: string) => {
    const found = await findTenants(search);
    for (const { value, version } of found) versions.current.set(value, `${value}:${version}`);
    return found;
  };
  const set: typeof props.form.set = (name, value) => {
    props.form.set(name, value);
    const chosen = value as readonly { value: string }[];
    props.form.set('versions', chosen.map((one) => versions.current.get(one.value)).filter(Boolean));
  };
  return <PickSeveral {...props} form={{ ...props.form, set }} kind="tenants" find={find} />;
}

/** Only what one may do oneself can be given (R5.5). */
function FunctionsField({ form, name, label, hint }: WidgetProps) {
  const text = useText();
  const { acting, namesTenants } = useSession();
  const choices = offeredFunctions(acting.functions, namesTenants).map((value) => ({
    value,
    label: functionLabel(value, text),
  }));
  return <ChecksField form={form} name={name} label={label} hint={hint} choices={choices} />;
}

/** `roleId` is given to a person of the form's tenant: those that one may give. Any other is a role to look after. */
function RoleChoice({ field: _field, ...props }: WidgetProps) {
  const { form, name } = props;
  const tenant = form.values.tenant as { value: string } | null | undefined;
  if (name !== 'roleId') return <PickField {...props} kind="roles" find={findRoles} />;
  return <RoleField {...props} tenant={tenant?.value} />;
}
