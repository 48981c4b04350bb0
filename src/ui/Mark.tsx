import { Avatar } from '@mantine/core';
import css from './Mark.module.css';

/** A person's initials, beside their name, which says the same: hidden from screen readers. */
export function PersonMark({ name, size = 28 }: { name: string; size?: number }) {
  return <Avatar name={name} size={size} color="petrol" variant="light" aria-hidden alt="" />;
}

/** The logo of the organization, or its first letter in a seal. */
export function Logo({ name, src, size = 30 }: { name: string; src?: string | null; size?: number }) {
  if (src) return <img className={css.logo} src={src} alt="" height={size} style={{ maxWidth: size * 4 }} />;
  return (
    <span className={css.seal} style={{ width: size, height: size, fontSize: size * 0.5 }} aria-hidden>
      {[...name.trim()][0]?.toLocaleUpperCase() ?? '·'}
    </span>
  );
}
