import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do about it, or why it is empty. */
  children?: ReactNode;
  action?: ReactNode;
  order?: 1 | 2 | 3;
}

export function EmptyState({ icon, title, children, action, order = 2 }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon && (
        <div className={css.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title order={order} size="h3">
        {title}
      </Title>
      {children && <div className={css.body}>{children}</div>}
      {action}
    </div>
  );
}
