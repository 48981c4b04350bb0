import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { Problem } from '../../../web/problem.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { changeParent, type Tenant } from '../../tenants/tenants.api.ts';
import { TenantField, type TenantPick } from '../TenantField.tsx';
import { MovePreview, useMovePreview } from './MovePreview.tsx';
import { tenantPath } from './tenantPath.ts';

/** The one thing that is changed on the tenant's own page (R4.2): it moves the whole subtree. */
export function ParentSection({ tenant }: { tenant: Tenant }) {
  const text = useText();
  const [changing, setChanging] = useState(false);
  const { parent, can } = tenant;
  const change = can.changeParent && !changing && (
    <Button variant="default" onClick={() => setChanging(true)}>
      {text('tenant.parent.change')}
    </Button>
  );
  return (
    <Section title={text('tenant.parent')} actions={change}>
      {changing ? (
        <ParentForm tenant={tenant} close={() => setChanging(false)} />
      ) : parent ? (
        <Link to={tenantPath(parent.slug)}>{parent.name}</Link>
      ) : (
        text('tenant.parent.none')
      )}
    </Section>
  );
}

function ParentForm({ tenant, close }: { tenant: Tenant; close: () => void }) {
  const text = useText();
  const act = useAct(changeParent, ['tenant-groups', 'me']);
  const { parent } = tenant;
  const form = useRecordForm({
    initial: { parent: (parent && { value: parent.slug, label: parent.name }) as TenantPick },
    submit: async (values) => {
      const { data } = preview;
      const previewed = data && { previewed: data.lines };
      await act
        .mutateAsync({
          params: { slug: tenant.slug },
          version: data?.version ?? tenant.version,
          body: { parent: values.parent?.value ?? null, ...previewed },
        })
        .catch(lookAgain);
      showToast(text('tenant.parent.changed'));
      close();
    },
  });
  const wanted = form.values.parent?.value ?? 'none';
  const moves = wanted !== (parent?.slug ?? 'none');
  const preview = useMovePreview(tenant, wanted, moves);
  /** Somebody else was faster: what was confirmed is not what would happen, so the new preview is shown (R3.4). */
  async function lookAgain(error: unknown): Promise<never> {
    const overtaken = error instanceof Problem && ['version-stale', 'tenant.preview-stale'].includes(error.type);
    if (!overtaken) throw error;
    await preview.refetch();
    throw new Problem(error.status, { type: error.type, title: text('tenant.move.overtaken') });
  }
  const held = () => {
    if (!moves || preview.error) return undefined;
    if (!preview.data) return text('tenant.move.looking');
    return preview.data.forbidden ? text('tenant.move.held') : undefined;
  };
  return (
    <RecordForm form={form} submit={text('tenant.parent.change')} cancel={close} held={held()}>
      <Alert color="amber" icon={<IconAlertTriangle aria-hidden />}>
        {text('tenant.parent.warning', { count: tenant.subtenants })}
      </Alert>
      <TenantField form={form} name="parent" label={text('tenant.parent')} hint={text('tenant.parent.hint')} writable />
      {moves && <MovePreview tenant={tenant} to={wanted} preview={preview} />}
    </RecordForm>
  );
}
