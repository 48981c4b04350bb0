import { CopyOnce } from '../../../ui/CopyOnce.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { MessageId } from '../../../web/messages.ts';
import { useText } from '../../../web/text.ts';
import { SignsInAs } from '../SignsInAs.tsx';

interface OneTimeLinkProps {
  link: { path: string; expiresAt: string; signInName?: string };
  name: string;
  /** What to do with it, where it is not for setting a password. */
  body?: MessageId;
}

/** The address that somebody else is to open; the program keeps only its hash (R4.7). */
export function OneTimeLink({ link, name, body = 'people.link-body' }: OneTimeLinkProps) {
  const text = useText();
  return (
    <CopyOnce title={text('people.link-title', { name })} value={location.origin + link.path}>
      {text(body)} {text('people.link-expires')} <Time at={link.expiresAt} show="absolute" />.
      {link.signInName && <SignsInAs words="people.signs-in-as.then" name={link.signInName} />}
    </CopyOnce>
  );
}
