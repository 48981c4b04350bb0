import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { OfferingDialog } from '../../../administration/web/OfferingDialog.tsx';
import { useText } from '../../../web/text.ts';

/** The offering Add Tenant, in place. */
export function AddTenant() {
  const text = useText();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpened(true)}>
        {text('tenants.add')}
      </Button>
      <OfferingDialog
        offering="add-tenant"
        title={text('tenants.add')}
        submit={text('tenants.add')}
        opened={opened}
        close={() => setOpened(false)}
      />
    </>
  );
}
