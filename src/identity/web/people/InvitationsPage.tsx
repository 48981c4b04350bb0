import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import { TenantField, type TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { roleName } from '../../../web/names.ts';
import { useAct, useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { invite, listInvitations, revokeInvitation } from '../../invitations/invitations.api.ts';
import { OneTimeLink } from './OneTimeLink.tsx';
import { RoleField, type RolePick } from './RoleField.tsx';

/** Somebody of another organization gets a role here, and keeps their own sign-in (R5.10). */
export function InvitationsPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const list = useList(listInvitations);
  const revoke = useAct(revokeInvitation);
  return (
    <Page
      title={text('invitations.title')}
      lead={text('invitations.lead')}
      actions={<WhyButton list="invitations" acts={['add']} />}
      back={<Link to="/administration/people">{text('people.title')}</Link>}
    >
      <InviteSection />
      <DataList
        label={text('invitations.open')}
        list={list}
        keyOf={(invitation) => invitation.id}
        columns={[
          { id: 'address', header: text('invitations.address'), cell: (invitation) => invitation.address },
          { id: 'role', header: text('role.one'), cell: (invitation) => roleName(invitation.role, text) },
          ...(namesTenants
            ? [
                {
                  id: 'tenant',
                  header: text('tenant.one'),
                  cell: (invitation: { tenant: { name: string } | null }) => invitation.tenant?.name ?? '',
                },
              ]
            : []),
          {
            id: 'expires',
            header: text('account.token.expires'),
            cell: (invitation) => <Time at={invitation.expiresAt} />,
          },
        ]}
        rowActions={(invitation) => (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => revoke.mutate({ params: { id: invitation.id } })}
            aria-label={`${text('invitations.revoke')}: ${invitation.address}`}
          >
            {text('invitations.revoke')}
          </Button>
        )}
        empty={<EmptyState title={text('invitations.none')} />}
      />
    </Page>
  );
}

function InviteSection() {
  const text = useText();
  const { namesTenants } = useSession();
  const focus = useFocusPick();
  const [made, setMade] = useState<{ path: string; expiresAt: string; address: string } | null>(null);
  const send = useAct(invite);
  const initial = { address: '', tenant: focus as TenantPick, roleId: null as RolePick };
  const form = useRecordForm({
    initial,
    schema: { ...invite.body, required: [...(invite.body?.required ?? []), ...(namesTenants ? ['tenant'] : [])] },
    submit: async ({ tenant, roleId, address }) => {
      const body = { address, roleId: roleId?.value ?? '' };
      setMade({ ...(await send.mutateAsync({ body: { ...body, tenant: tenant?.value } })), address: body.address });
      form.replace(initial);
    },
  });
  return (
    <Section title={text('invitations.new')}>
      <Stack>
        {made && <OneTimeLink link={made} name={made.address} body="invitations.link-body" />}
        <RecordForm form={form} submit={text('invitations.make')}>
          {namesTenants && <TenantField form={form} name="tenant" label={text('tenant.one')} writable />}
          <TextField
            form={form}
            name="address"
            label={text('invitations.address')}
            hint={text('invitations.address.hint')}
          />
          <RoleField form={form} name="roleId" tenant={form.values.tenant?.value} />
        </RecordForm>
      </Stack>
    </Section>
  );
}
