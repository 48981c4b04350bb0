import { useNavigate } from '@tanstack/react-router';
import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import { TenantField, type TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { LongTextField, SwitchField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { addTermsStatement } from '../../terms/statements.api.ts';
import { DraftFields } from './DraftFields.tsx';

export function AddTermsPage() {
  const text = useText();
  const navigate = useNavigate();
  const focus = useFocusPick();
  const { acting, namesTenants } = useSession();
  const add = useAct(addTermsStatement);
  const form = useRecordForm({
    initial: { name: '', description: '', en: '', es: '', public: false, tenant: focus as TenantPick },
    schema: addTermsStatement.body,
    submit: async ({ name, description, en, es, public: isPublic, tenant }) => {
      const whose = isPublic ? { public: true } : { tenant: tenant?.value };
      const made = await add.mutateAsync({ body: { name, description, drafts: { en, es }, ...whose } });
      showToast(text('terms.added'));
      await navigate({ to: `/administration/terms/${made.id}` });
    },
  });
  return (
    <Page title={text('terms.add')} back={<Link to="/administration/terms">{text('terms.title')}</Link>}>
      <Sheet>
        <RecordForm form={form} submit={text('terms.add')}>
          {acting.updatePublic && namesTenants && (
            <SwitchField form={form} name="public" label={text('record.public')} hint={text('terms.public.hint')} />
          )}
          {namesTenants && !form.values.public && (
            <TenantField form={form} name="tenant" label={text('tenant.one')} writable />
          )}
          <TextField form={form} name="name" label={text('terms.name')} hint={text('terms.name.hint')} />
          <LongTextField form={form} name="description" label={text('record.description')} />
          <DraftFields form={form} />
        </RecordForm>
      </Sheet>
    </Page>
  );
}
