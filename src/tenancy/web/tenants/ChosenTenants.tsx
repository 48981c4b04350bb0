import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../web/text.ts';
import type { TenantSummary } from '../../tenants/tenants.api.ts';
import { ManageTenants } from './ManageTenants.tsx';
import type { TenantAction } from './tenantForm.ts';

/** What can be done to all the chosen tenants at once. */
export function ChosenTenants({ tenants, clear }: { tenants: readonly TenantSummary[]; clear: () => void }) {
  const text = useText();
  const [action, setAction] = useState<TenantAction | null>(null);
  const all = (name: 'update' | 'deactivate' | 'reactivate') => tenants.every(({ can }) => can[name]);
  const close = () => setAction(null);
  return (
    <div role="status">
      {tenants.length > 0 && (
        <Group gap="xs" mb="sm">
          <span>{text('tenants.chosen', { count: tenants.length })}</span>
          {(['update', 'deactivate', 'reactivate'] as const).filter(all).map((name) => (
            <Button key={name} size="xs" variant="default" onClick={() => setAction(name)}>
              {text(`tenants.${name}`)}
            </Button>
          ))}
          <Button size="xs" variant="subtle" onClick={clear}>
            {text('ui.clear')}
          </Button>
        </Group>
      )}
      <ManageTenants tenants={tenants} action={action} close={close} done={clear} />
    </div>
  );
}
