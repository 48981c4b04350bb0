import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { listRequests } from '../requests.api.ts';
import css from './WaitingApprovals.module.css';

/** More are not counted: that there is much is enough to know. */
const most = 9;

/** How much waits for the decision of whoever looks, beside the entry that leads there; nothing where nothing waits. */
export function WaitingApprovals() {
  const text = useText();
  const { data } = useQuery(answerOf(listRequests, { query: { approvable: true, limit: most } }));
  const count = data?.items.length ?? 0;
  if (!count) return null;
  const shown = data?.next ? `${most}+` : String(count);
  return (
    <>
      <span className={css.count} aria-hidden>
        {shown}
      </span>
      <VisuallyHidden>{`(${text('nav.approvals.waiting', { count, shown })})`}</VisuallyHidden>
    </>
  );
}
