import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { DataCards } from './DataCards.tsx';
import css from './DataList.module.css';
import { DataTable } from './DataTable.tsx';
import { FailureState } from './FailureState.tsx';
import { useUiText } from './text.ts';
import { useNarrow } from './useNarrow.ts';

export interface Column<T> {
  id: string;
  header: string;
  cell: (item: T) => ReactNode;
  /** The name under which the endpoint sorts by it. */
  sort?: string;
  align?: 'end';
  /** As little as its content needs. */
  tight?: boolean;
}

/** A list that grows by pages (`{ items, next }`). */
export interface ListState<T> {
  items: readonly T[];
  pending: boolean;
  error: unknown;
  more: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

export interface Sorting {
  /** A column's `sort`, with `-` in front when it descends. */
  by: string;
  change: (by: string) => void;
}

export interface Selection<T> {
  chosen: ReadonlySet<string>;
  choose: (key: string, chosen: boolean) => void;
  /** What its box is called: “Choose Acme”. */
  label: (item: T) => string;
  can?: (item: T) => boolean;
}

export interface DataListProps<T> {
  /** What the list is, for those who do not see where it stands. */
  label: string;
  /** The first column names the record, and heads its card. */
  columns: readonly [Column<T>, ...Column<T>[]];
  list: ListState<T>;
  keyOf: (item: T) => string;
  empty: ReactNode;
  sorting?: Sorting;
  /** Several can be chosen, for something that is done to all of them. */
  selection?: Selection<T>;
  /** Controls at the end of a row. */
  rowActions?: (item: T) => ReactNode;
}

/** Records as a table, or as cards where there is no room for one. */
export function DataList<T>(props: DataListProps<T>) {
  const { list, empty } = props;
  const narrow = useNarrow();
  if (list.error && !list.items.length) return <FailureState error={list.error} retry={list.reload} />;
  if (list.pending) return <Waiting />;
  if (!list.items.length) return <div className={css.frame}>{empty}</div>;
  return (
    <>
      {narrow ? <DataCards {...props} /> : <DataTable {...props} />}
      <ListEnd list={list} />
    </>
  );
}

function ListEnd<T>({ list }: { list: ListState<T> }) {
  const text = useUiText();
  const count = list.items.length;
  // A short list shows its length by itself; those who cannot see it are told.
  return (
    <div className={css.end} data-short={(!list.more && count < 10) || undefined}>
      <span role="status">{text(list.more ? 'ui.shown-more' : 'ui.shown', { count })}</span>
      {Boolean(list.error) && (
        <span role="alert" className={css.failed}>
          {text('ui.more-failed')}
        </span>
      )}
      {list.more && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>
          {text('ui.load-more')}
        </Button>
      )}
    </div>
  );
}

function Waiting() {
  const text = useUiText();
  return (
    <div className={css.frame} role="status" aria-label={text('ui.loading')}>
      {[72, 58, 80, 64, 70].map((width) => (
        <div key={width} className={css.bone}>
          <Skeleton height={12} width={`${width / 3}%`} radius="xl" />
          <Skeleton height={12} width={`${width / 2}%`} radius="xl" />
          <Skeleton height={12} width={64} radius="xl" />
        </div>
      ))}
    </div>
  );
}
