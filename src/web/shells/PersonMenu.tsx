import { lazy, Suspense, useState } from 'react';
import { PersonButton } from './PersonButton.tsx';

const load = () => import('./PersonMenuOpened.tsx');
// What opens over a page is a fifth of all that a first page would load; it comes when somebody reaches for it.
const PersonMenuOpened = lazy(async () => ({ default: (await load()).PersonMenuOpened }));

/** Who I am here: acting as, account, language, appearance, sign out. */
export function PersonMenu() {
  const [wanted, want] = useState(false);
  const closed = (
    <PersonButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => want(true)}
    />
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <PersonMenuOpened />
    </Suspense>
  );
}
