import { Button, CloseButton } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { PickRecord } from '../../../ui/form/PickRecord.tsx';
import { Section } from '../../../ui/Section.tsx';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { personFinder } from '../../web/finders.ts';
import { addWatcher, removeWatcher, type Ticket, unwatchTicket, watchTicket } from '../tickets.api.ts';
import css from './TicketPage.module.css';

export function WatchersSection({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { may } = useSession();
  const { number, watchers, can } = ticket;
  const add = useAct(addWatcher);
  const remove = useAct(removeWatcher);
  return (
    <Section
      title={text('ticket.watchers')}
      lead={can.addWatcher ? text('ticket.watchers.hint') : undefined}
      actions={can.watch && <WatchButton ticket={ticket} />}
    >
      {!watchers.length && <p className={css.dimmed}>{text('ticket.watchers.none')}</p>}
      <ul className={css.watchers}>
        {watchers.map(({ id, name }) => (
          <li key={id}>
            {name}
            {can.addWatcher && (
              <CloseButton
                size="sm"
                aria-label={text('ticket.watchers.remove', { name })}
                onClick={() => remove.mutate({ params: { number, contact: id } })}
              />
            )}
          </li>
        ))}
      </ul>
      {can.addWatcher && may('person.read') && (
        <PickRecord
          label={text('ticket.watchers.add')}
          labelHidden
          placeholder={text('ticket.watchers.add')}
          kind={`person for ${number}`}
          find={personFinder({ ticket: number })}
          value={null}
          change={(picked) => picked && add.mutate({ params: { number, contact: picked.value } })}
        />
      )}
    </Section>
  );
}

function WatchButton({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const watch = useAct(watchTicket);
  const unwatch = useAct(unwatchTicket);
  const act = ticket.watching ? unwatch : watch;
  const Icon = ticket.watching ? IconEyeOff : IconEye;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Icon size={16} aria-hidden />}
      loading={act.isPending}
      onClick={() => act.mutate({ params: { number: ticket.number } })}
    >
      {text(ticket.watching ? 'ticket.unwatch' : 'ticket.watch')}
    </Button>
  );
}
