import { Button, Menu } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { type Offering, setApproval } from '../offerings.api.ts';

const approvals = ['none', 'one', 'four-eyes'] as const;

/** Who has to approve requests of this service (R4.3). */
export function ApprovalMenu({ offering }: { offering: Offering }) {
  const text = useText();
  const set = useAct(setApproval, ['catalog']);
  const { key, version, approval } = offering;
  const choose = (chosen: Offering['approval']) =>
    set.mutate(
      { params: { key }, version, body: { approval: chosen } },
      { onSuccess: () => showToast(text('record.saved')) },
    );
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconUserShield size={18} aria-hidden />} loading={set.isPending}>
          {text('offering.approval')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('offering.approval.change')}</Menu.Label>
        <Menu.RadioGroup value={approval} onChange={(chosen) => choose(chosen as Offering['approval'])}>
          {approvals.map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {text(`offering.approval.choice.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
