import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'good' | 'waiting' | 'bad' | 'info' | 'special';

const colors: Record<Tone, string> = {
  neutral: 'gray',
  accent: 'petrol',
  good: 'green',
  waiting: 'amber',
  bad: 'red',
  info: 'blue',
  special: 'plum',
};

/** A state in a word. The word says it; the colour only repeats it (WCAG 1.4.1). */
export function Status({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <Badge color={colors[tone]} tt="none" fw={550} style={{ flex: 'none' }}>
      {children}
    </Badge>
  );
}
