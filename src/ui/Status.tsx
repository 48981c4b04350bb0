import type { ReactNode } from 'react';
import css from './Status.module.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'waiting' | 'bad' | 'info' | 'special';

/** A state in a word. The word says it; the colour only repeats it (WCAG 1.4.1). */
export function Status({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={css.status} data-tone={tone}>
      {children}
    </span>
  );
}
