import type { MessageId } from '../../web/messages.ts';
import { useText } from '../../web/text.ts';
import css from './SignsInAs.module.css';

/** R5.10: the whole name that somebody is to type at sign-in, which no other page tells them. */
export function SignsInAs({ words, name }: { words: MessageId; name: string }) {
  const text = useText();
  return (
    <span className={css.line}>
      {text(words)}{' '}
      <strong className={css.name} translate="no">
        {name}
      </strong>
    </span>
  );
}
