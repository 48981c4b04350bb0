import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type Choice, FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { later } from '../../../ui/later.tsx';
import { useNarrow } from '../../../ui/useNarrow.ts';
import { useText } from '../../../web/text.ts';
import css from './MoreTicketFilters.module.css';
import { moreFilters, type useTicketFilters, usualFilters } from './ticketFilters.ts';
import { priorities, ticketStatuses, ticketTypes } from './ticketLabels.tsx';

// They search among records, which takes a tenth of what the page would load; few need them, and seldom.
const MoreTicketFilters = later(async () => (await import('./MoreTicketFilters.tsx')).MoreTicketFilters);

const owners = ['assigned', 'groups', 'unassigned', 'watched', 'requested'] as const;
const orders = ['newest', 'oldest', 'updated', 'priority', 'number'] as const;

export function TicketFilterBar({ chosen, choose, narrowed }: ReturnType<typeof useTicketFilters>) {
  const text = useText();
  const narrow = useNarrow();
  const [more, setMore] = useState(() => moreFilters.some((name) => chosen[name] !== ''));
  const statuses: Choice[] = [
    { value: 'open', label: text('tickets.status.open') },
    { value: 'any', label: text('tickets.status.any') },
    ...ticketStatuses.map((value) => ({ value, label: text(`ticket.status.${value}`) })),
  ];
  return (
    <FilterBar active={narrowed} clear={() => choose({ ...usualFilters, sort: chosen.sort })}>
      <SearchFilter label={text('tickets.search')} value={chosen.text} change={(value) => choose({ text: value })} />
      <SelectFilter
        label={text('ticket.status')}
        value={chosen.status}
        change={(status) => choose({ status })}
        choices={statuses}
        any={null}
      />
      <SelectFilter
        label={text('tickets.mine')}
        value={chosen.mine}
        change={(mine) => choose({ mine })}
        choices={owners.map((value) => ({ value, label: text(`tickets.mine.${value}`) }))}
        any={text('tickets.mine.any')}
      />
      <SelectFilter
        label={text('ticket.priority')}
        value={chosen.priority}
        change={(priority) => choose({ priority })}
        choices={priorities.map((value) => ({ value, label: text(`ticket.priority.${value}`) }))}
      />
      <SelectFilter
        label={text('ticket.type')}
        value={chosen.type}
        change={(type) => choose({ type })}
        choices={ticketTypes.map((value) => ({ value, label: text(`ticket.type.${value}`) }))}
      />
      <Button
        variant="subtle"
        size="sm"
        px="xs"
        aria-expanded={more}
        aria-controls="more-ticket-filters"
        onPointerEnter={MoreTicketFilters.load}
        onFocus={MoreTicketFilters.load}
        onClick={() => setMore(!more)}
      >
        {text(more ? 'ui.filters-fewer' : 'ui.filters-more')}
      </Button>
      {narrow && (
        <SelectFilter
          label={text('tickets.sort')}
          value={chosen.sort}
          change={(sort) => choose({ sort })}
          choices={orders.map((value) => ({ value, label: text(`tickets.sort.${value}`) }))}
          any={null}
        />
      )}
      {more && (
        <MoreTicketFilters chosen={chosen} choose={choose} meanwhile={<MoreWaiting />} missed={() => setMore(false)} />
      )}
    </FilterBar>
  );
}

/** As high as what comes, so that the list does not jump. */
function MoreWaiting() {
  const text = useText();
  return (
    <div id="more-ticket-filters" className={css.more} role="status" aria-label={text('ui.loading')}>
      {moreFilters.map((name) => (
        <Skeleton key={name} height={58} />
      ))}
    </div>
  );
}
