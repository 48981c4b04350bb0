import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import css from './DataList.module.css';
import type { Column, DataListProps, Sorting } from './DataList.tsx';
import { RowCheckbox } from './RowCheckbox.tsx';
import { useUiText } from './text.ts';

/** Mantine's table would bring what scrolls and floats along, which no list needs: a tenth of the first page. */
export function DataTable<T>({ label, columns, list, keyOf, sorting, selection, rowActions }: DataListProps<T>) {
  const text = useUiText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div role="group" className={css.frame} aria-label={label} tabIndex={0} data-scrolls>
      <table className={css.table}>
        <caption className={css.caption}>{label}</caption>
        <thead>
          <tr>
            {selection && (
              <th className={css.tight}>
                <VisuallyHidden>{text('ui.choose-rows')}</VisuallyHidden>
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sorting={sorting} />
            ))}
            {rowActions && (
              <th className={css.tight}>
                <VisuallyHidden>{text('ui.actions')}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {list.items.map((item) => (
            <tr key={keyOf(item)} className={css.row}>
              {selection && (
                <td className={css.tight}>
                  <RowCheckbox item={item} id={keyOf(item)} selection={selection} />
                </td>
              )}
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={column.tight ? css.tight : index === 0 ? css.lead : undefined}
                  data-align={column.align}
                >
                  {column.cell(item)}
                </td>
              ))}
              {rowActions && <td className={css.tight}>{rowActions(item)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell<T>({ column, sorting }: { column: Column<T>; sorting?: Sorting }) {
  const text = useUiText();
  const align = column.align;
  if (!column.sort || !sorting) {
    return (
      <th scope="col" data-align={align} className={column.tight ? css.tight : undefined}>
        {column.header}
      </th>
    );
  }
  const direction = sorting.by === column.sort ? 'ascending' : sorting.by === `-${column.sort}` ? 'descending' : 'none';
  const Icon = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort }[direction];
  const next = direction === 'ascending' ? `-${column.sort}` : column.sort;
  return (
    <th scope="col" aria-sort={direction} data-align={align} className={column.tight ? css.tight : undefined}>
      <UnstyledButton
        className={css.sort}
        data-sorted={direction !== 'none' || undefined}
        onClick={() => sorting.change(next)}
        title={text('ui.sorted-by', { column: column.header })}
      >
        {column.header}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </th>
  );
}
