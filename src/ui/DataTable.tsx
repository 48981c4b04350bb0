import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import css from './DataList.module.css';
import type { Column, DataListProps, Sorting } from './DataList.tsx';
import { RowCheckbox } from './RowCheckbox.tsx';
import { useUiText } from './text.ts';

export function DataTable<T>({ label, columns, list, keyOf, sorting, selection, rowActions }: DataListProps<T>) {
  const text = useUiText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div role="group" className={css.frame} aria-label={label} tabIndex={0} data-scrolls>
      <Table className={css.table}>
        <caption className={css.caption}>{label}</caption>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th className={css.tight}>
                <VisuallyHidden>{text('ui.choose-rows')}</VisuallyHidden>
              </Table.Th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sorting={sorting} />
            ))}
            {rowActions && (
              <Table.Th className={css.tight}>
                <VisuallyHidden>{text('ui.actions')}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.items.map((item) => (
            <Table.Tr key={keyOf(item)} className={css.row}>
              {selection && (
                <Table.Td className={css.tight}>
                  <RowCheckbox item={item} id={keyOf(item)} selection={selection} />
                </Table.Td>
              )}
              {columns.map((column, index) => (
                <Table.Td
                  key={column.id}
                  className={column.tight ? css.tight : index === 0 ? css.lead : undefined}
                  data-align={column.align}
                >
                  {column.cell(item)}
                </Table.Td>
              ))}
              {rowActions && <Table.Td className={css.tight}>{rowActions(item)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function HeaderCell<T>({ column, sorting }: { column: Column<T>; sorting?: Sorting }) {
  const text = useUiText();
  const align = column.align;
  if (!column.sort || !sorting) {
    return (
      <Table.Th scope="col" data-align={align} className={column.tight ? css.tight : undefined}>
        {column.header}
      </Table.Th>
    );
  }
  const direction = sorting.by === column.sort ? 'ascending' : sorting.by === `-${column.sort}` ? 'descending' : 'none';
  const Icon = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort }[direction];
  const next = direction === 'ascending' ? `-${column.sort}` : column.sort;
  return (
    <Table.Th scope="col" aria-sort={direction} data-align={align} className={column.tight ? css.tight : undefined}>
      <UnstyledButton
        className={css.sort}
        data-sorted={direction !== 'none' || undefined}
        onClick={() => sorting.change(next)}
        title={text('ui.sorted-by', { column: column.header })}
      >
        {column.header}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
