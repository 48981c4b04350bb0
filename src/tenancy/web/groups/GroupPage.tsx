import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { LongTextField, SelectField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { answerOf, useAct } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { getTenantGroup, type TenantGroup, updateTenantGroup } from '../../groups/groups.api.ts';
import { GroupStatus } from './GroupsPage.tsx';
import { MembersSection } from './MembersSection.tsx';

export function GroupPage() {
  const text = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: group, error, refetch } = useQuery(answerOf(getTenantGroup, { params: { id } }));
  if (error && !group) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!group) return <WaitingPage />;
  return (
    <Page
      title={group.name}
      lead={group.kind === 'defined' ? group.description || undefined : text('tenant-group.follows')}
      badge={<GroupStatus group={group} />}
      actions={<WhyButton record={`tenant-group:${group.id}`} acts={['change', 'changeMembers']} />}
      back={<Link to="/administration/tenant-groups">{text('tenant-groups.title')}</Link>}
      narrow
    >
      <MembersSection group={group} />
      {group.can.update && <GroupForm key={`form ${group.version}`} group={group} />}
    </Page>
  );
}

function GroupForm({ group }: { group: TenantGroup }) {
  const text = useText();
  const update = useAct(updateTenantGroup);
  const defined = group.kind === 'defined';
  const form = useRecordForm({
    initial: { name: group.name, description: group.description, status: group.status },
    schema: { ...updateTenantGroup.body, required: ['name'] },
    submit: async ({ status, ...body }) => {
      await update.mutateAsync({
        params: { id: group.id },
        version: group.version,
        body: defined ? { ...body, status } : body,
      });
      showToast(text('record.saved'));
    },
  });
  return (
    <Section title={text('tenant-group.change')}>
      <RecordForm form={form}>
        <TextField form={form} name="name" label={text('tenant-group.name')} />
        <LongTextField form={form} name="description" label={text('record.description')} />
        {defined && (
          <SelectField
            form={form}
            name="status"
            label={text('record.status')}
            choices={[
              { value: 'active', label: text('record.active') },
              { value: 'inactive', label: text('record.inactive') },
            ]}
          />
        )}
      </RecordForm>
    </Section>
  );
}
