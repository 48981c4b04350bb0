import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import css from './FilterBar.module.css';
import { useUiText } from './text.ts';

/** What narrows a list. `clear` is offered while something narrows. */
export function FilterBar({ children, active, clear }: { children: ReactNode; active: boolean; clear: () => void }) {
  const text = useUiText();
  return (
    <search className={css.bar} aria-label={text('ui.filters')}>
      {children}
      {active && (
        <Button variant="subtle" size="sm" onClick={clear}>
          {text('ui.filters-clear')}
        </Button>
      )}
    </search>
  );
}

interface SearchFilterProps {
  label: string;
  value: string;
  change: (value: string) => void;
}

/** Searches a moment after the last key, so that not every letter is a call. */
export function SearchFilter({ label, value, change }: SearchFilterProps) {
  const text = useUiText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => change(typed), 250);
    return () => clearTimeout(timer);
  }, [typed, value, change]);
  return (
    <TextInput
      className={css.search}
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={text('ui.clear-named', { label })} onClick={() => setTyped('')} />
        ) : null
      }
    />
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface SelectFilterProps extends SearchFilterProps {
  choices: readonly Choice[];
  /** The label of not narrowing at all; null where one must be chosen. */
  any?: string | null;
}

export function SelectFilter({ label, value, change, choices, any }: SelectFilterProps) {
  const text = useUiText();
  const first = any === null ? [] : [{ value: '', label: any ?? `${label}: ${text('ui.any').toLocaleLowerCase()}` }];
  return (
    <NativeSelect
      className={css.select}
      aria-label={label}
      data={[...first, ...choices]}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** A day as the browser asks for it, with a label that stays to be seen. */
export function DayFilter({ label, value, change }: SearchFilterProps) {
  return (
    <TextInput
      className={css.day}
      type="date"
      aria-label={label}
      leftSection={<span aria-hidden>{label}</span>}
      leftSectionWidth="auto"
      leftSectionProps={{ className: css.dayLabel }}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
