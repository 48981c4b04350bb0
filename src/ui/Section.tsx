import { Group, Paper, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import css from './Section.module.css';

/** A part of a page with a heading of its own. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <Paper component="section" aria-labelledby={heading} className={css.section}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <div>
          <Title order={2} id={heading}>
            {title}
          </Title>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Paper>
  );
}

/** A form that is a page by itself, and has the page's heading. */
export function Sheet({ children }: { children: ReactNode }) {
  return <Paper className={css.section}>{children}</Paper>;
}

/** Labels and values of a record. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode] | null)[] }) {
  return (
    <dl className={css.facts}>
      {facts
        .filter((fact) => fact !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
          </div>
        ))}
    </dl>
  );
}
