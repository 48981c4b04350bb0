import { Stack } from '@mantine/core';
import type { BodyOf } from '../../../platform/endpoints.ts';
import { ChecksField } from '../../../ui/form/ChecksField.tsx';
import { LongTextField, SelectField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { scopes } from '../../functions.ts';
import { addRole, type Role, type updateRole } from '../../roles/roles.api.ts';
import { functionLabel, functionsByKind, offeredFunctions } from './functionLabels.ts';
import { ReachFields } from './ReachFields.tsx';
import { bodyOfRole, type RoleValues, valuesOfRole } from './roleValues.ts';

interface RoleFormProps {
  role?: Role;
  submit: (body: BodyOf<typeof updateRole> & { name: string; readReach: Role['readReach'] }) => Promise<void>;
  submitLabel?: string;
  children?: React.ReactNode;
}

export function RoleForm({ role, submit, submitLabel, children }: RoleFormProps) {
  const text = useText();
  const { acting, namesTenants } = useSession();
  const form = useRecordForm<RoleValues>({
    initial: valuesOfRole(role),
    schema: addRole.body,
    submit: (values) => submit(bodyOfRole(values, namesTenants, role)),
  });
  const offered = offeredFunctions(acting.functions, namesTenants);
  const scopeChoices = scopes.map((value) => ({ value, label: text(`role.scope.${value}`) }));
  return (
    <RecordForm form={form} submit={submitLabel}>
      {children}
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
        label={text('role.scope-ticket')}
        hint={text('role.scope.hint')}
        choices={scopeChoices}
      />
      <SelectField form={form} name="scopeRequest" label={text('role.scope-request')} choices={scopeChoices} />
    </RecordForm>
  );
}
