import { Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAnnounced } from './announce.ts';
import css from './EmptyState.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do about it, or why it is empty. */
  children?: ReactNode;
  action?: ReactNode;
  /** 1 where it stands for a whole page. */
  order?: 1 | 2 | 3;
}

export function EmptyState({ icon = <IconInbox />, title, children, action, order = 2 }: EmptyStateProps) {
  const heading = useAnnounced(title, order === 1);
  return (
    <div className={css.empty}>
      {order < 3 && (
        <div className={css.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title order={order} size="h3" ref={heading} tabIndex={order === 1 ? -1 : undefined}>
        {title}
      </Title>
      {children && <div className={css.body}>{children}</div>}
      {action}
    </div>
  );
}
