import { IconAlertTriangle, IconListCheck, IconShoppingBag } from '@tabler/icons-react';
import { PlainLink } from '../../ui/Link.tsx';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import css from './QuickActions.module.css';

const actions = [
  { id: 'report', path: '/tickets/new', icon: IconAlertTriangle, needs: 'ticket.create', writes: true },
  { id: 'request', path: '/catalog', icon: IconShoppingBag, needs: 'offering.request', writes: true },
  { id: 'follow', path: '/tickets', icon: IconListCheck, needs: 'ticket.read', writes: false },
] as const;

/** What most come for, as large doors. */
export function QuickActions() {
  const text = useText();
  const { may, acting } = useSession();
  const open = actions.filter(({ needs, writes }) => may(needs) && (acting.writes || !writes));
  return (
    <ul className={css.actions}>
      {open.map(({ id, path, icon: Icon }) => (
        <li key={id}>
          <PlainLink to={path} className={css.action}>
            <span className={css.icon} aria-hidden>
              <Icon size={24} stroke={1.6} />
            </span>
            <span>
              <span className={css.name}>{text(`home.${id}`)}</span>
              <span className={css.lead}>{text(`home.${id}.lead`)}</span>
            </span>
          </PlainLink>
        </li>
      ))}
    </ul>
  );
}
