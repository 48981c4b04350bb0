import {
  IconAdjustments,
  IconCategory,
  IconCheckbox,
  IconClipboardList,
  IconEye,
  IconGauge,
  IconHistory,
  IconLayersIntersect,
  IconLicense,
  IconListCheck,
  IconMapPin,
  IconShieldLock,
  IconSignature,
  IconSitemap,
  IconTicket,
  IconUsers,
  IconUsersGroup,
  IconWall,
} from '@tabler/icons-react';
import { useId } from 'react';
import { WaitingApprovals } from '../../catalog/requests/web/WaitingApprovals.tsx';
import { PlainLink } from '../../ui/Link.tsx';
import type { MessageId } from '../messages.ts';
import { type NavItem, navigationOf } from '../navigation.ts';
import type { ShellName } from '../pageEntry.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import css from './SideNavigation.module.css';

type Icon = typeof IconWall;

/** What belongs together stands together; what no line names comes at the end. */
const groups: readonly (readonly [title: MessageId, entries: Partial<Record<MessageId, Icon>>])[] = [
  ['shell.group.work', { 'nav.tickets': IconTicket, 'nav.requests': IconClipboardList, 'nav.approvals': IconCheckbox }],
  ['shell.group.tenants', { 'nav.tenants': IconSitemap, 'nav.tenant-groups': IconLayersIntersect }],
  [
    'shell.group.people',
    {
      'nav.people': IconUsers,
      'nav.roles': IconShieldLock,
      'nav.terms': IconLicense,
      'nav.consents': IconSignature,
    },
  ],
  [
    'shell.group.desk',
    { 'nav.categories': IconCategory, 'nav.locations': IconMapPin, 'nav.assignment-groups': IconUsersGroup },
  ],
  [
    'shell.group.system',
    {
      'nav.multi-tenancy': IconWall,
      'nav.readiness': IconListCheck,
      'nav.options': IconAdjustments,
      'nav.usage': IconGauge,
      'nav.audit': IconHistory,
      'nav.provider-activity': IconEye,
    },
  ],
];

/** The pages of a shell, in groups as soon as there are several of them. */
export function SideNavigation({ shell }: { shell: ShellName }) {
  const session = useSession();
  const items = navigationOf(shell, session);
  const grouped = groups
    .map(([title, entries]) => ({ title, entries, items: items.filter(({ label }) => label in entries) }))
    .filter((group) => group.items.length);
  const others = items.filter(({ label }) => !groups.some(([, entries]) => label in entries));
  return (
    <>
      {grouped.map((group) => (
        <NavGroup key={group.title} {...group} title={grouped.length > 1 ? group.title : null} />
      ))}
      {others.length > 0 && <NavGroup title={null} entries={{}} items={others} />}
    </>
  );
}

interface NavGroupProps {
  title: MessageId | null;
  entries: Partial<Record<MessageId, Icon>>;
  items: readonly NavItem[];
}

function NavGroup({ title, entries, items }: NavGroupProps) {
  const text = useText();
  const heading = useId();
  return (
    <div className={css.group}>
      {title && (
        <span id={heading} className={css.title}>
          {text(title)}
        </span>
      )}
      <ul className={css.items} aria-labelledby={title ? heading : undefined}>
        {items.map(({ path, label }) => {
          const Shown = entries[label];
          return (
            <li key={path}>
              <PlainLink to={path} className={css.link}>
                {Shown && <Shown size={18} stroke={1.75} aria-hidden />}
                {text(label)}
                {label === 'nav.approvals' && <WaitingApprovals />}
              </PlainLink>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
