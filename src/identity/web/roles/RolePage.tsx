import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { roleName } from '../../../web/names.ts';
import { answerOf, useAct } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { deactivateRole, getRole, type Role, reactivateRole, updateRole } from '../../roles/roles.api.ts';
import { StatusOf } from '../StatusOf.tsx';
import { RoleFacts } from './RoleFacts.tsx';
import { RoleForm } from './RoleForm.tsx';

export function RolePage() {
  const text = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: role, error, refetch } = useQuery(answerOf(getRole, { params: { id } }));
  const update = useAct(updateRole, ['people', 'me']);
  if (error && !role) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!role) return <WaitingPage />;
  return (
    <Page
      title={roleName(role, text)}
      lead={role.description || undefined}
      badge={<StatusOf status={role.status} />}
      actions={
        <>
          <WhyButton record={`role:${role.id}`} acts={['change', 'deactivate', 'reactivate']} />
          <StatusButton role={role} />
        </>
      }
      back={<Link to="/administration/roles">{text('roles.title')}</Link>}
    >
      <RoleFacts role={role} />
      {role.can.update && (
        <Section title={text('roles.change')} lead={text('roles.change.lead')}>
          <RoleForm
            key={role.version}
            role={role}
            submit={async (body) => {
              await update.mutateAsync({ params: { id }, version: role.version, body });
              showToast(text('record.saved'));
            }}
          />
        </Section>
      )}
    </Page>
  );
}

function StatusButton({ role }: { role: Role }) {
  const text = useText();
  const deactivate = useAct(deactivateRole, ['people']);
  const reactivate = useAct(reactivateRole, ['people']);
  const act = role.can.deactivate ? deactivate : role.can.reactivate ? reactivate : null;
  if (!act) return null;
  const perform = () => act.mutate({ params: { id: role.id }, version: role.version });
  return (
    <Button variant="default" loading={act.isPending} onClick={perform}>
      {text(role.can.deactivate ? 'record.deactivate' : 'record.reactivate')}
    </Button>
  );
}
