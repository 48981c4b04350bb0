import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useText } from '../text.ts';
import css from './MenuToggle.module.css';

interface Menu {
  opened: boolean;
  toggle: () => void;
}

/** Whether what is folded away on narrow screens is open; every navigation folds it away again. */
export function useMenu(): Menu {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [opened, setOpened] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every navigation folds it away
  useEffect(() => setOpened(false), [pathname]);
  return { opened, toggle: () => setOpened(!opened) };
}

/** `controls`: the id of what it opens. Not there where there is room for everything. */
export function MenuToggle({ menu, controls }: { menu: Menu; controls: string }) {
  const text = useText();
  return (
    <ActionIcon
      className={css.toggle}
      aria-label={text('ui.menu')}
      aria-expanded={menu.opened}
      aria-controls={controls}
      onClick={menu.toggle}
    >
      <IconMenu2 size={20} aria-hidden />
    </ActionIcon>
  );
}
