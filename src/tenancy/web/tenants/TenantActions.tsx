import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../../web/text.ts';
import type { Tenant } from '../../tenants/tenants.api.ts';
import { ManageTenants } from './ManageTenants.tsx';
import type { TenantAction } from './tenantForm.ts';

/** Everything but the parent is changed by the offering, opened here in place (R4.2). */
export function TenantActions({ tenant }: { tenant: Tenant }) {
  const text = useText();
  const [action, setAction] = useState<TenantAction | null>(null);
  const { can } = tenant;
  return (
    <>
      {can.update && (
        <Button leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setAction('update')}>
          {text('tenants.update')}
        </Button>
      )}
      {can.deactivate && (
        <Button variant="default" onClick={() => setAction('deactivate')}>
          {text('tenants.deactivate')}
        </Button>
      )}
      {can.reactivate && (
        <Button variant="default" onClick={() => setAction('reactivate')}>
          {text('tenants.reactivate')}
        </Button>
      )}
      <ManageTenants tenants={[tenant]} action={action} close={() => setAction(null)} />
    </>
  );
}
