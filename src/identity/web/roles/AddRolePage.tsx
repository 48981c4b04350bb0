import { useNavigate } from '@tanstack/react-router';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { addRole } from '../../roles/roles.api.ts';
import { RoleForm } from './RoleForm.tsx';

export function AddRolePage() {
  const text = useText();
  const navigate = useNavigate();
  const tenant = useTenantFocus();
  const add = useAct(addRole);
  return (
    <Page title={text('roles.add')} back={<Link to="/administration/roles">{text('roles.title')}</Link>} narrow>
      <RoleForm
        submitLabel={text('roles.add')}
        submit={async (body) => {
          const role = await add.mutateAsync({ body: { ...body, tenant } });
          showToast(text('roles.added'));
          await navigate({ to: `/administration/roles/${role.id}` });
        }}
      />
    </Page>
  );
}
