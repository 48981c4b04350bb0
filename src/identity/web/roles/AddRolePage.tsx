import { useNavigate } from '@tanstack/react-router';
import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { addRole } from '../../roles/roles.api.ts';
import { RoleForm } from './RoleForm.tsx';
import type { RoleValues } from './roleValues.ts';

export function AddRolePage() {
  const text = useText();
  const navigate = useNavigate();
  const focus = useFocusPick();
  const add = useAct(addRole);
  return (
    <Page title={text('roles.add')} back={<Link to="/administration/roles">{text('roles.title')}</Link>} narrow>
      <Sheet>
        <RoleForm
          submitLabel={text('roles.add')}
          tenant={focus}
          submit={async (body, values) => {
            const role = await add.mutateAsync({ body: { ...body, ...ownerOf(values) } });
            showToast(text('roles.added'));
            await navigate({ to: `/administration/roles/${role.id}` });
          }}
        />
      </Sheet>
    </Page>
  );
}

function ownerOf({ tenant, public: isPublic }: RoleValues) {
  return isPublic ? { public: true } : { tenant: tenant?.value };
}
