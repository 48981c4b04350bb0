import { Group } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { SkipLink } from '../../ui/SkipLink.tsx';
import { useText } from '../text.ts';
import { LanguageSelect, SchemeSelect } from './Preferences.tsx';
import css from './VisitorShell.module.css';

/** Around the pages for those who are not signed in: a quiet sheet, with the choice of language beside it. */
export function VisitorShell() {
  const text = useText();
  return (
    <div className={css.shell}>
      <SkipLink to="content" />
      <div className={css.side} aria-hidden>
        <svg aria-hidden className={css.rings} viewBox="0 0 600 600" preserveAspectRatio="xMidYMid slice">
          {[90, 160, 230, 300, 370, 440, 510, 580].map((radius) => (
            <circle key={radius} cx="120" cy="520" r={radius} />
          ))}
        </svg>
        <p className={css.motto}>{text('shell.motto')}</p>
      </div>
      <div className={css.main}>
        <header className={css.header}>
          <Group gap="xs" justify="flex-end">
            <LanguageSelect />
            <SchemeSelect />
          </Group>
        </header>
        <main id="content" tabIndex={-1} className={css.content}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
