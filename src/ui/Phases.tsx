import { IconCheck, IconExclamationMark } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Phases.module.css';
import { useUiText } from './text.ts';

export interface Phase {
  id: string;
  label: string;
  state: 'done' | 'current' | 'waiting' | 'failed';
  /** When, by whom, what failed. */
  detail?: ReactNode;
}

/** The way of a request through its phases; the step it has reached is announced when it changes. */
export function Phases({ label, phases }: { label: string; phases: readonly Phase[] }) {
  const text = useUiText();
  const reached =
    phases.find((phase) => phase.state === 'failed' || phase.state === 'current') ??
    phases.findLast((phase) => phase.state === 'done');
  return (
    <>
      <ol className={css.phases} aria-label={label}>
        {phases.map((phase) => (
          <li
            key={phase.id}
            className={css.phase}
            data-state={phase.state}
            aria-current={phase.state === 'current' ? 'step' : undefined}
          >
            <span className={css.dot} aria-hidden>
              {phase.state === 'done' && <IconCheck size={14} stroke={3} />}
              {phase.state === 'failed' && <IconExclamationMark size={14} stroke={3} />}
            </span>
            <span className={css.label}>{phase.label}</span>
            <span className={css.state}>{text(`ui.phase-${phase.state}`)}</span>
            {phase.detail && <span className={css.detail}>{phase.detail}</span>}
          </li>
        ))}
      </ol>
      <div className={css.announced} aria-live="polite">
        {reached && text('ui.phase-announced', { phase: reached.label, state: text(`ui.phase-${reached.state}`) })}
      </div>
    </>
  );
}
