import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ComponentProps } from 'react';
import { PersonMark } from '../../ui/Mark.tsx';
import { roleName } from '../names.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import css from './TopBar.module.css';

export function PersonButton(props: ComponentProps<'button'>) {
  const text = useText();
  const { acting } = useSession();
  return (
    <UnstyledButton {...props} className={css.person}>
      <PersonMark name={acting.displayName} />
      <span className={css.personText}>
        <span className={css.personName}>{acting.displayName}</span>{' '}
        <span className={css.personRole}>{roleName(acting.role, text)}</span>
      </span>
      <VisuallyHidden>{text('shell.person')}</VisuallyHidden>
    </UnstyledButton>
  );
}
