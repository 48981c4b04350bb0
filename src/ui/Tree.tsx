import { Loader } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import css from './Tree.module.css';
import { useUiText } from './text.ts';

export interface TreeItem {
  id: string;
  label: string;
  /** What stands at the end of the line. */
  aside?: ReactNode;
  /** Absent: there is nothing below. Empty: not loaded yet. */
  children?: readonly TreeItem[];
  loading?: boolean;
}

interface TreeProps {
  label: string;
  items: readonly TreeItem[];
  opened: ReadonlySet<string>;
  toggle: (id: string, open: boolean) => void;
  /** Enter or a click on an item. */
  choose: (id: string) => void;
}

/** A tree by the ARIA pattern: arrows move and open, Home and End go to the ends, letters jump, Enter chooses. */
export function Tree({ label, items, opened, toggle, choose }: TreeProps) {
  const element = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const reachable = current && isShown(items, opened, current) ? current : items[0]?.id;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const shown = [...(element.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])];
    const at = shown.indexOf(document.activeElement as HTMLElement);
    const target = moveBy(event.key, shown, at, toggle);
    if (target === undefined) return;
    event.preventDefault();
    target?.focus();
  };
  return (
    <div role="tree" aria-label={label} ref={element} className={css.tree} onKeyDown={onKeyDown}>
      {items.map((item, index) => (
        <Branch
          key={item.id}
          item={item}
          level={1}
          position={index + 1}
          size={items.length}
          opened={opened}
          toggle={toggle}
          choose={choose}
          reachable={reachable}
          reach={setCurrent}
        />
      ))}
    </div>
  );
}

interface BranchProps extends Omit<TreeProps, 'items' | 'label'> {
  item: TreeItem;
  level: number;
  position: number;
  size: number;
  reachable?: string;
  reach: (id: string) => void;
}

function Branch({ item, level, position, size, ...rest }: BranchProps) {
  const { opened, toggle, choose, reachable, reach } = rest;
  const text = useUiText();
  const open = opened.has(item.id);
  const children = item.children ?? [];
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its items */}
      <div
        role="treeitem"
        aria-level={level}
        aria-posinset={position}
        aria-setsize={size}
        aria-expanded={item.children ? open : undefined}
        aria-selected={reachable === item.id}
        tabIndex={reachable === item.id ? 0 : -1}
        data-id={item.id}
        className={css.item}
        style={{ paddingInlineStart: `${(level - 1) * 1.25 + 0.375}rem` }}
        onFocus={() => reach(item.id)}
        onClick={() => choose(item.id)}
      >
        {/* The arrow keys of the tree do the same. */}
        <span
          className={css.handle}
          data-leaf={!item.children || undefined}
          data-open={open || undefined}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            if (item.children) toggle(item.id, !open);
          }}
        >
          {item.loading ? <Loader size={14} /> : item.children && <IconChevronRight size={16} />}
        </span>
        <span className={css.label}>{item.label}</span>
        {item.aside}
        {item.loading && <span className={css.hidden}>{text('ui.loading')}</span>}
      </div>
      {open &&
        children.map((child, index) => (
          <Branch key={child.id} item={child} level={level + 1} position={index + 1} size={children.length} {...rest} />
        ))}
    </>
  );
}

/** Undefined: not a key of the tree. Null: handled, and the focus stays. */
function moveBy(
  key: string,
  shown: readonly HTMLElement[],
  at: number,
  toggle: TreeProps['toggle'],
): HTMLElement | null | undefined {
  const item = shown[at];
  if (!item) return undefined;
  const open = item.getAttribute('aria-expanded');
  const level = Number(item.ariaLevel);
  if (key === 'ArrowDown') return shown[at + 1] ?? null;
  if (key === 'ArrowUp') return shown[at - 1] ?? null;
  if (key === 'Home') return shown[0];
  if (key === 'End') return shown.at(-1);
  if (key === 'Enter' || key === ' ') return press(item);
  if (key === 'ArrowRight')
    return open === 'false' ? turn(item, true, toggle) : open === 'true' ? (shown[at + 1] ?? null) : null;
  if (key === 'ArrowLeft')
    return open === 'true'
      ? turn(item, false, toggle)
      : (shown.slice(0, at).findLast((before) => Number(before.ariaLevel) < level) ?? null);
  if (key.length === 1 && /\S/.test(key)) {
    const begins = (element: HTMLElement) =>
      element.textContent?.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase()) ?? false;
    return shown.slice(at + 1).find(begins) ?? shown.find(begins) ?? null;
  }
  return undefined;
}

function press(item: HTMLElement): null {
  item.click();
  return null;
}

function turn(item: HTMLElement, open: boolean, toggle: TreeProps['toggle']): null {
  toggle(item.dataset.id ?? '', open);
  return null;
}

function isShown(items: readonly TreeItem[], opened: ReadonlySet<string>, id: string): boolean {
  return items.some((item) => item.id === id || (opened.has(item.id) && isShown(item.children ?? [], opened, id)));
}
