import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { FailureState } from '../../../ui/FailureState.tsx';
import { PersonMark } from '../../../ui/Mark.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Status } from '../../../ui/Status.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { type Comment, listComments } from '../comments.api.ts';
import type { Ticket } from '../tickets.api.ts';
import { CommentBox } from './CommentBox.tsx';
import css from './Conversation.module.css';

/** What was said about a ticket, oldest first, and where to add to it. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const text = useText();
  return (
    <Section title={text('comments.title')}>
      <Comments number={ticket.number} />
      {ticket.can.comment && <CommentBox ticket={ticket} />}
    </Section>
  );
}

function Comments({ number }: { number: string }) {
  const text = useText();
  const list = useList(listComments, { params: { number }, query: { limit: 200 } });
  const { more, loadingMore, loadMore, error } = list;
  // The latest are at the end, and matter most: all pages are shown. A page that failed waits for a click.
  useEffect(() => {
    if (more && !loadingMore && !error) loadMore();
  }, [more, loadingMore, loadMore, error]);
  if (list.error && !list.items.length) return <FailureState error={list.error} retry={list.reload} />;
  if (list.pending) return <Skeleton height={64} />;
  if (!list.items.length) return <p className={css.none}>{text('comments.none')}</p>;
  return (
    <>
      <ol className={css.comments}>
        {list.items.map((comment) => (
          <CommentItem key={comment.id} comment={comment} />
        ))}
      </ol>
      {Boolean(list.error) && <FailureState error={list.error} retry={list.more ? loadMore : list.reload} />}
    </>
  );
}

function CommentItem({ comment }: { comment: Comment }) {
  const text = useText();
  const { author, at, audience } = comment;
  return (
    <li className={css.comment} data-audience={audience}>
      <PersonMark name={author.name} size={32} />
      <div className={css.body}>
        <div className={css.head}>
          <span className={css.author}>{author.name}</span>
          <span className={css.at}>
            <Time at={at} />
          </span>
          {audience === 'internal' && <Status tone="waiting">{text('comment.internal')}</Status>}
        </div>
        <p className={css.text}>{comment.text}</p>
      </div>
    </li>
  );
}
