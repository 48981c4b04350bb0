import css from './DataList.module.css';
import type { DataListProps } from './DataList.tsx';
import { RowCheckbox } from './RowCheckbox.tsx';

/** The same records where a table has no room: one card each, the first column as its heading. */
export function DataCards<T>({ label, columns, list, keyOf, selection, rowActions }: DataListProps<T>) {
  const [first, ...rest] = columns;
  return (
    <ul className={css.cards} aria-label={label}>
      {list.items.map((item) => (
        <li key={keyOf(item)} className={css.card}>
          <div className={css.cardHead}>
            {selection && <RowCheckbox item={item} id={keyOf(item)} selection={selection} />}
            <div className={css.cardTitle}>{first.cell(item)}</div>
            {rowActions?.(item)}
          </div>
          <dl className={css.cardBody}>
            {rest.map((column) => (
              <div key={column.id}>
                <dt>{column.header}</dt>
                <dd>{column.cell(item)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
