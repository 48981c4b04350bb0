import { Group, Radio } from '@mantine/core';
import { LongTextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { addComment } from '../comments.api.ts';
import type { Ticket } from '../tickets.api.ts';
import css from './Conversation.module.css';
import { useSendLabel } from './useSendLabel.ts';

const audiences = ['internal', 'public'] as const;
type Audience = (typeof audiences)[number];

/** Says on its button who will read it, before it is sent; internal until chosen otherwise. */
export function CommentBox({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { acting } = useSession();
  const { number, can } = ticket;
  const usual: Audience = can.commentInternal ? 'internal' : 'public';
  const add = useAct(addComment);
  const form = useRecordForm({
    initial: { text: '', audience: usual },
    schema: addComment.body,
    submit: async (body) => {
      const { comment, readers } = await add.mutateAsync({ params: { number }, body });
      form.replace({ text: '', audience: usual });
      const others = readers.people.filter((name) => name !== acting.displayName);
      const names = others.join(', ');
      showToast(comment.audience === 'public' && names ? text('comment.read-by', { names }) : text('comment.added'));
    },
  });
  const { audience } = form.values;
  return (
    <div className={css.box} data-audience={audience}>
      <RecordForm form={form} submit={useSendLabel(ticket, audience)}>
        {can.commentInternal && (
          <Radio.Group
            label={text('comment.audience')}
            value={audience}
            onChange={(chosen) => form.set('audience', chosen as Audience)}
          >
            <Group mt="xs" gap="lg">
              {audiences.map((value) => (
                <Radio key={value} value={value} label={text(`comment.audience.${value}`)} />
              ))}
            </Group>
          </Radio.Group>
        )}
        <LongTextField form={form} name="text" label={text(can.commentInternal ? 'comment.text' : 'comment.reply')} />
      </RecordForm>
    </div>
  );
}
