import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { assignRecords } from '../../../tenancy/switch/assignment.api.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { AssignmentRules } from './AssignmentRules.tsx';

const ofRecords = ['tickets', 'people', 'requests', 'categories', 'locations', 'assignment-groups', 'roles', 'tenants'];

/** R1.4: while multi-tenancy is being set up, gives records to tenants, by rule or one by one. */
export function AssignDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const text = useText();
  return (
    <FormDialog opened={opened} close={close} title={text('assignment.title')} size="lg">
      {opened && <Body close={close} />}
    </FormDialog>
  );
}

function Body({ close }: { close: () => void }) {
  const text = useText();
  const [rules, setRules] = useState<string[]>([]);
  const act = useAct(assignRecords, ofRecords);
  const assign = () =>
    act.mutate(
      { body: { rules } },
      {
        onSuccess: ({ records }) => {
          showToast(text('assignment.done', { count: records }));
          close();
        },
      },
    );
  return (
    <Stack gap="md">
      <AssignmentRules rules={rules} change={setRules} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {text('ui.cancel')}
        </Button>
        <Button disabled={!rules.length} loading={act.isPending} onClick={assign}>
          {text('assignment.assign')}
        </Button>
      </Group>
    </Stack>
  );
}
