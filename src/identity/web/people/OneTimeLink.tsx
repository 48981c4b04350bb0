import { CopyOnce } from '../../../ui/CopyOnce.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useText } from '../../../web/text.ts';

/** The address that somebody else is to open; the program keeps only its hash (R4.7). */
export function OneTimeLink({ link, name }: { link: { path: string; expiresAt: string }; name: string }) {
  const text = useText();
  return (
    <CopyOnce title={text('people.link-title', { name })} value={location.origin + link.path}>
      {text('people.link-body')} {text('people.link-expires')} <Time at={link.expiresAt} show="absolute" />.
    </CopyOnce>
  );
}
