import { Button } from '@mantine/core';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { MessageId } from '../../../web/messages.ts';
import { useList } from '../../../web/queries.ts';
import { type Say, useText } from '../../../web/text.ts';
import { type Change, listHistory } from '../comments.api.ts';
import css from './Conversation.module.css';

/** What was changed, when and by whom. */
export function HistorySection({ number }: { number: string }) {
  const text = useText();
  const list = useList(listHistory, { params: { number }, query: { limit: 100 } });
  return (
    <Section title={text('history.title')}>
      {list.error && !list.items.length ? <FailureState error={list.error} retry={list.reload} /> : null}
      <ol className={css.history}>
        {list.items.map((change) => (
          <li key={change.id}>
            <span className={css.author}>{change.by}</span>
            <span className={css.at}>
              <Time at={change.at} />
            </span>
            <span className={css.change}>{changeText(change, text)}</span>
          </li>
        ))}
      </ol>
      {list.more && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>
          {text('ui.load-more')}
        </Button>
      )}
    </Section>
  );
}

const coded = ['status', 'type', 'impact', 'urgency', 'priority'];
const long = ['description', 'resolution', 'title'];

function changeText({ field, from, to }: Change, text: Say): string {
  if (field === 'created') return text('history.created');
  const name = fieldName(field, text);
  if (long.includes(field)) return text('history.text-changed', { field: name });
  const value = (raw: string) => (raw && coded.includes(field) ? text(`ticket.${field}.${raw}` as MessageId) : raw);
  if (!from) return text('history.set', { field: name, to: value(to) || text('history.nothing') });
  return text('history.changed', { field: name, from: value(from), to: value(to) || text('history.nothing') });
}

const ofTickets = [
  'number',
  'status',
  'type',
  'impact',
  'urgency',
  'priority',
  'title',
  'description',
  'resolution',
  'category',
  'location',
  'requester',
  'affected',
  'group',
  'assignee',
] as const;
const ofHistory = ['watcher', 'watchers', 'subcategory'] as const;

/** Fields of other systems that tickets here do not have are called as they were there. */
function fieldName(field: string, text: Say): string {
  const [own] = ofTickets.filter((one) => one === field);
  if (own) return text(`ticket.${own}`);
  const [other] = ofHistory.filter((one) => one === field);
  return other ? text(`history.field.${other}`) : field;
}
