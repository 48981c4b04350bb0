import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnnounced } from './announce.ts';
import css from './Page.module.css';

interface PageProps {
  title: string;
  /** A sentence under the title, where the page is not self-evident. */
  lead?: ReactNode;
  /** What leads back up, above the title. */
  back?: ReactNode;
  /** Beside the title: state of the record. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** Text and forms are read better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

/** Every page: one h1, the document's title, and the focus on the h1 after a navigation, so that it is announced. */
export function Page({ title, lead, back, badge, actions, narrow, children }: PageProps) {
  const heading = useAnnounced(title);
  return (
    <div className={css.page} data-narrow={narrow || undefined}>
      {back && <div className={css.back}>{back}</div>}
      <header className={css.header}>
        <div className={css.heading}>
          <Group gap="sm" align="center">
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {badge}
          </Group>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}
