import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { answerOf, useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { finderOf, pickOf } from '../../web/finders.ts';
import { getQueue, type Queue, setQueue } from '../queues.api.ts';

/** Which group receives new tickets: of the tenant in focus, or of one's own. */
export function QueueNotice() {
  const text = useText();
  const { namesTenants } = useSession();
  const { data } = useQuery(answerOf(getQueue, { query: { tenant: useTenantFocus() } }));
  const [open, setOpen] = useState(false);
  if (!data) return null;
  const tenant = namesTenants ? data.tenant : null;
  return (
    <Group gap="xs" mb="md">
      <span>
        {tenant ? text('queue.goes-to-of', { tenant: tenant.name }) : text('queue.goes-to')}{' '}
        <strong>{data.group?.name ?? text('queue.nobody')}</strong>
      </span>
      {data.can.update && (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {text('queue.change')}
        </Button>
      )}
      <FormDialog opened={open} close={() => setOpen(false)} title={text('queue.title')}>
        <QueueForm queue={data} close={() => setOpen(false)} />
      </FormDialog>
    </Group>
  );
}

function QueueForm({ queue, close }: { queue: Queue; close: () => void }) {
  const text = useText();
  const act = useAct(setQueue);
  const tenant = queue.tenant?.slug;
  const form = useRecordForm({
    initial: { group: pickOf(queue.group) as Pickable | null },
    schema: { properties: {}, required: ['group'] },
    submit: async ({ group }) => {
      await act.mutateAsync({ body: { tenant, group: group?.value as string } });
      showToast(text('queue.saved', { group: group?.label ?? '' }));
      close();
    },
  });
  return (
    <RecordForm form={form} cancel={close}>
      <PickField form={form} name="group" label={text('queue.group')} kind="groups" find={finderOf('group', tenant)} />
    </RecordForm>
  );
}
