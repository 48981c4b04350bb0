import css from './SkipLink.module.css';
import { useUiText } from './text.ts';

/** The first stop of the Tab key: past the navigation (WCAG 2.4.1). */
export function SkipLink({ to }: { to: string }) {
  const text = useUiText();
  return (
    <a className={css.skip} href={`#${to}`}>
      {text('ui.skip')}
    </a>
  );
}
