import { useState } from 'react';
import { later } from '../../ui/later.tsx';
import { PersonButton } from './PersonButton.tsx';

// What opens over a page is a fifth of all that a first page would load; it comes when somebody reaches for it.
const PersonMenuOpened = later(async () => (await import('./PersonMenuOpened.tsx')).PersonMenuOpened);

/** Who I am here: acting as, account, language, appearance, sign out. */
export function PersonMenu() {
  const [wanted, want] = useState(false);
  const closed = (
    <PersonButton
      aria-haspopup="menu"
      aria-expanded={false}
      aria-busy={wanted}
      onPointerEnter={PersonMenuOpened.load}
      onFocus={PersonMenuOpened.load}
      onClick={() => want(true)}
    />
  );
  return wanted ? <PersonMenuOpened meanwhile={closed} missed={() => want(false)} /> : closed;
}
