import { Stack } from '@mantine/core';
import type { BodyOf } from '../../../platform/endpoints.ts';
import { TenantField, type TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { ChecksField } from '../../../ui/form/ChecksField.tsx';
import { LongTextField, SelectField, SwitchField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { type RecordFormState, useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { scopes } from '../../functions.ts';
import { addRole, type Role, type updateRole } from '../../roles/roles.api.ts';
import { functionLabel, functionsByKind, offeredFunctions } from './functionLabels.ts';
import { ReachFields } from './ReachFields.tsx';
import { bodyOfRole, type RoleValues, valuesOfRole } from './roleValues.ts';

interface RoleFormProps {
  role?: Role;
  submit: (
    body: BodyOf<typeof updateRole> & { name: string; readReach: Role['readReach'] },
    values: RoleValues,
  ) => Promise<void>;
  submitLabel?: string;
  /** A new role's tenant, before it is asked for. */
  tenant?: TenantPick;
}

export function RoleForm({ role, submit, submitLabel, tenant = null }: RoleFormProps) {
  const text = useText();
  const { acting, namesTenants } = useSession();
  const form = useRecordForm<RoleValues>({
    initial: { ...valuesOfRole(role), tenant },
    schema: addRole.body,
    submit: (values) => submit(bodyOfRole(values, namesTenants, role), values),
  });
  const offered = offeredFunctions(acting.functions, namesTenants);
  const scopeChoices = scopes.map((value) => ({ value, label: text(`role.scope.${value}`) }));
  return (
    <RecordForm form={form} submit={submitLabel}>
      {!role && <OwnerFields form={form} />}
      <TextField form={form} name="name" label={text('role.name')} />
      <LongTextField
        form={form}
        name="description"
        label={text('record.description')}
        hint={text('role.description.hint')}
      />
      <Stack gap="lg" my="xs">
        {functionsByKind(offered).map(([kind, functions]) => (
          <ChecksField
            key={kind}
            form={form}
            name="functions"
            label={text(`role.kind.${kind}`)}
            choices={functions.map((value) => ({ value, label: functionLabel(value, text) }))}
          />
        ))}
      </Stack>
      {namesTenants && <ReachFields form={form} />}
      <SelectField
        form={form}
        name="scopeTicket"
        label={text('role.which-tickets')}
        hint={text('role.scope.hint')}
        choices={scopeChoices}
      />
      <SelectField form={form} name="scopeRequest" label={text('role.which-requests')} choices={scopeChoices} />
    </RecordForm>
  );
}

/** Whose a new role is: of one tenant, or public for those who may write that. */
function OwnerFields({ form }: { form: RecordFormState<RoleValues> }) {
  const text = useText();
  const { acting, namesTenants } = useSession();
  if (!namesTenants) return null;
  return (
    <>
      {acting.updatePublic && (
        <SwitchField form={form} name="public" label={text('record.public')} hint={text('role.public.hint')} />
      )}
      {!form.values.public && <TenantField form={form} name="tenant" label={text('tenant.one')} writable />}
    </>
  );
}
