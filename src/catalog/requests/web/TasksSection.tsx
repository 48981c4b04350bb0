import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import type { ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';
import { TaskState } from './requestLabels.tsx';

/** Each product's part: how far it is, and what it failed at (R4.4). */
export function TasksSection({ tasks }: Pick<ServiceRequest, 'tasks'>) {
  const text = useText();
  const said = useSaid();
  return (
    <Section title={text('request.tasks')} lead={text('request.tasks.lead')}>
      <ul className={css.tasks}>
        {tasks.map(({ id, product, part, state, attempts, error, doneAt }) => (
          <li key={id} className={css.task}>
            <div className={css.part}>
              <span className={css.partName}>{said(part)}</span>
              <span className={css.dimmed}>
                {said(product)}
                {attempts > 1 && ` · ${text('request.task.attempts', { count: attempts })}`}
                {doneAt && (
                  <>
                    {' · '}
                    <Time at={doneAt} />
                  </>
                )}
              </span>
              {error && <span className={css.error}>{said(error)}</span>}
            </div>
            <TaskState state={state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
