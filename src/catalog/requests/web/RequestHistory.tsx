import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import type { ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';

/** Steps that nobody takes, but the program. */
const steps = ['fulfilling', 'part-done', 'part-failed', 'completed'];

export function RequestHistory({ history }: Pick<ServiceRequest, 'history'>) {
  const text = useText();
  const said = useSaid();
  return (
    <Section title={text('request.history')}>
      <ol className={css.history}>
        {history.map(({ at, by, kind, note }) => (
          <li key={`${at} ${kind} ${note?.en ?? ''}`}>
            <span className={css.event}>
              {!steps.includes(kind) && <strong>{by} </strong>}
              {text(`request.event.${kind}`)}
              {note && <span className={css.note}>{said(note)}</span>}
            </span>
            <span className={css.dimmed}>
              <Time at={at} show="absolute" />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
