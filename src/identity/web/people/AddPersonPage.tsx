import { Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import { TenantField, type TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link, LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { currentLanguage } from '../../../web/language.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { makePasswordLink } from '../../links/links.api.ts';
import { addPerson, type Person } from '../../people/people.api.ts';
import { deviceTimeZone } from '../secret.ts';
import { OneTimeLink } from './OneTimeLink.tsx';
import { RoleField, type RolePick } from './RoleField.tsx';

interface Added {
  person: Person;
  link: { path: string; expiresAt: string };
}

export function AddPersonPage() {
  const text = useText();
  const [added, setAdded] = useState<Added | null>(null);
  return (
    <Page title={text('people.add')} back={<Link to="/administration/people">{text('people.title')}</Link>} narrow>
      {added ? <AddedPerson added={added} another={() => setAdded(null)} /> : <AddPersonForm done={setAdded} />}
    </Page>
  );
}

function AddPersonForm({ done }: { done: (added: Added) => void }) {
  const text = useText();
  const { namesTenants } = useSession();
  const focus = useFocusPick();
  const add = useAct(addPerson);
  const makeLink = useAct(makePasswordLink);
  const form = useRecordForm({
    initial: { displayName: '', userName: '', email: '', tenant: focus as TenantPick, roleId: null as RolePick },
    // Whoever sees several says for which; nobody else is asked.
    schema: { ...addPerson.body, required: [...(addPerson.body?.required ?? []), ...(namesTenants ? ['tenant'] : [])] },
    submit: async ({ tenant, email, roleId, ...values }) => {
      const body = {
        ...values,
        roleId: roleId?.value ?? '',
        email: email || undefined,
        tenant: tenant?.value,
        language: currentLanguage(),
        timeZone: deviceTimeZone,
      };
      const person = await add.mutateAsync({ body });
      done({ person, link: await makeLink.mutateAsync({ params: { id: person.id } }) });
    },
  });
  return (
    <Sheet>
      <RecordForm form={form} submit={text('people.add')}>
        {namesTenants && <TenantField form={form} name="tenant" label={text('tenant.one')} writable />}
        <TextField form={form} name="displayName" label={text('person.display-name')} />
        <TextField form={form} name="userName" label={text('person.user-name')} code />
        <TextField form={form} name="email" label={text('person.email')} type="email" />
        <RoleField form={form} name="roleId" tenant={form.values.tenant?.value} />
      </RecordForm>
    </Sheet>
  );
}

function AddedPerson({ added, another }: { added: Added; another: () => void }) {
  const text = useText();
  return (
    <Stack>
      <OneTimeLink link={added.link} name={added.person.displayName} />
      <Group>
        <LinkButton to={`/administration/people/${added.person.id}`}>
          {text('people.open', { name: added.person.displayName })}
        </LinkButton>
        <LinkButton to="/administration/people/new" variant="default" onClick={another}>
          {text('people.add-another')}
        </LinkButton>
      </Group>
    </Stack>
  );
}
