import { PlainLink } from '../../ui/Link.tsx';
import { Page } from '../../ui/Page.tsx';
import { navigationOf, shellsOf } from '../../web/navigation.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import css from './HomePage.module.css';

/** The start page: what this person can do here, as few large doors. */
export function HomePage() {
  const text = useText();
  const session = useSession();
  const own = navigationOf('selfservice', session).filter(({ path }) => path !== '/');
  const areas = shellsOf(session).filter(({ shell }) => shell !== 'selfservice');
  return (
    <Page title={text('home.welcome', { name: session.acting.displayName })} lead={text('home.lead')}>
      <ul className={css.doors}>
        {[...own, ...areas].map(({ path, label }) => (
          <li key={path}>
            <PlainLink to={path} className={css.door}>
              {text(label)}
            </PlainLink>
          </li>
        ))}
      </ul>
    </Page>
  );
}
