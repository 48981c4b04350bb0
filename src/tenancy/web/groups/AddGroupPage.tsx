import { useNavigate } from '@tanstack/react-router';
import { LongTextField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { addTenantGroup } from '../../groups/groups.api.ts';

export function AddGroupPage() {
  const text = useText();
  const navigate = useNavigate();
  const add = useAct(addTenantGroup);
  const form = useRecordForm({
    initial: { name: '', description: '' },
    schema: addTenantGroup.body,
    submit: async (body) => {
      const group = await add.mutateAsync({ body });
      showToast(text('tenant-groups.added'));
      await navigate({ to: `/administration/tenant-groups/${group.id}` });
    },
  });
  return (
    <Page
      title={text('tenant-groups.add')}
      back={<Link to="/administration/tenant-groups">{text('tenant-groups.title')}</Link>}
      narrow
    >
      <Sheet>
        <RecordForm form={form} submit={text('tenant-groups.add')}>
          <TextField form={form} name="name" label={text('tenant-group.name')} />
          <LongTextField form={form} name="description" label={text('record.description')} />
        </RecordForm>
      </Sheet>
    </Page>
  );
}
