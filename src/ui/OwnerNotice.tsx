import type { ReactNode } from 'react';
import { Logo } from './Mark.tsx';
import css from './OwnerNotice.module.css';

/** Whose record a form makes, said so loudly that nobody makes it for another (R10.2). Null: not known yet. */
export function OwnerNotice({ label, name, unknown }: { label: string; name: string | null; unknown?: ReactNode }) {
  return (
    <div className={css.notice} data-known={name !== null || undefined} role="status">
      {name !== null && <Logo name={name} size={36} />}
      <span>
        <span className={css.label}>{label}</span>
        <span className={css.name}>{name ?? unknown}</span>
      </span>
    </div>
  );
}
