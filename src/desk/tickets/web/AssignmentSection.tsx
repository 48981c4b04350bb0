import { Button, Stack } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { Facts, Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { finderOf, personFinder, pickOf } from '../../web/finders.ts';
import { assignTicket, type Ticket } from '../tickets.api.ts';

/** Who works on it. A choice is saved at once. */
export function AssignmentSection({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { may } = useSession();
  if (ticket.can.assign && may('person.read')) return <AssignmentFields ticket={ticket} />;
  return (
    <Section title={text('ticket.assignment')}>
      <Facts
        facts={[
          [text('ticket.group'), ticket.group?.name],
          [text('ticket.assignee'), ticket.assignee?.name],
        ]}
      />
    </Section>
  );
}

function AssignmentFields({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { acting } = useSession();
  const { number, version, group, assignee } = ticket;
  const assign = useAct(assignTicket);
  const change = (body: { group?: string | null; assignee?: string | null }) =>
    assign.mutate({ params: { number }, version, body }, { onSuccess: () => showToast(text('ticket.done.assign')) });
  const changed = (name: 'group' | 'assignee') => (picked: Pickable | null) =>
    change({ [name]: picked?.value ?? null });
  return (
    <Section title={text('ticket.assignment')}>
      <Stack gap="sm">
        <PickRecord
          label={text('ticket.group')}
          kind={`group for ${ticket.tenant?.slug}`}
          find={finderOf('group', ticket.tenant?.slug)}
          value={pickOf(group)}
          change={changed('group')}
          disabled={assign.isPending}
        />
        <PickRecord
          label={text('ticket.assignee')}
          kind={`assignee for ${number}`}
          find={personFinder({ as: 'assignee', ticket: number })}
          value={pickOf(assignee)}
          change={changed('assignee')}
          disabled={assign.isPending}
        />
        {assignee?.id !== acting.contactId && (
          <Button
            variant="default"
            leftSection={<IconUserCheck size={18} aria-hidden />}
            loading={assign.isPending}
            onClick={() => change({ assignee: acting.contactId })}
          >
            {text('ticket.assign-to-me')}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
