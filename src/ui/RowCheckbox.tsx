import { Checkbox } from '@mantine/core';
import type { Selection } from './DataList.tsx';

interface RowCheckboxProps<T> {
  item: T;
  id: string;
  selection: Selection<T>;
}

/** Chooses a record of a list; its label is for those who do not see which row it stands in. */
export function RowCheckbox<T>({ item, id, selection }: RowCheckboxProps<T>) {
  if (selection.can?.(item) === false) return null;
  return (
    <Checkbox
      size="md"
      aria-label={selection.label(item)}
      checked={selection.chosen.has(id)}
      onChange={(event) => selection.choose(id, event.currentTarget.checked)}
    />
  );
}
