import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { roleName } from '../../../web/names.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { endMembership, grantRole, type Person } from '../../people/people.api.ts';
import css from './MembershipsSection.module.css';
import { RoleField, type RolePick } from './RoleField.tsx';

type Membership = Person['memberships'][number];

/** The roles of a person here; each is a membership to act under. */
export function MembershipsSection({ person }: { person: Person }) {
  const text = useText();
  const [ended, setEnded] = useState<Membership | null>(null);
  const end = useAct(endMembership, ['people', 'roles']);
  return (
    <Section title={text('people.roles')} lead={text('people.roles.lead')}>
      <ul className={css.roles}>
        {person.memberships.map((membership) => (
          <li key={membership.id} className={css.role}>
            {roleName(membership.role, text)}
            {membership.can.end && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => setEnded(membership)}
                aria-label={`${text('people.take-role')}: ${roleName(membership.role, text)}`}
              >
                {text('people.take-role')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {person.can.grant && <GrantRole key={person.memberships.length} person={person} />}
      <ConfirmDialog
        opened={ended !== null}
        close={() => setEnded(null)}
        title={text('people.take-role-title', { role: ended ? roleName(ended.role, text) : '' })}
        confirm={text('people.take-role')}
        busy={end.isPending}
        danger
        onConfirm={() => ended && end.mutate({ params: { id: ended.id } }, { onSuccess: () => setEnded(null) })}
      >
        {text('people.take-role-body', { name: person.displayName })}
      </ConfirmDialog>
    </Section>
  );
}

function GrantRole({ person }: { person: Person }) {
  const text = useText();
  const [opened, setOpened] = useState(false);
  const grant = useAct(grantRole);
  const form = useRecordForm({
    initial: { roleId: null as RolePick },
    schema: grantRole.body,
    submit: async ({ roleId }) => {
      await grant.mutateAsync({ params: { id: person.id }, body: { roleId: roleId?.value ?? '' } });
      showToast(text('people.role-given'));
    },
  });
  if (!opened) {
    return (
      <Group mt="sm">
        <Button variant="default" onClick={() => setOpened(true)}>
          {text('people.give-role')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack mt="sm">
      <RecordForm form={form} submit={text('people.give-role')} cancel={() => setOpened(false)}>
        <RoleField
          form={form}
          name="roleId"
          tenant={person.tenant?.slug}
          without={person.memberships.map(({ role }) => role.id)}
        />
      </RecordForm>
    </Stack>
  );
}
