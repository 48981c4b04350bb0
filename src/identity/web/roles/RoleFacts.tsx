import { Facts, Section } from '../../../ui/Section.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Role } from '../../roles/roles.api.ts';
import { functionLabel, functionsByKind } from './functionLabels.ts';
import css from './RoleFacts.module.css';
import { reachInWords } from './reach.ts';

/** What the role lets people do, where, and to which records, in words. */
export function RoleFacts({ role }: { role: Role }) {
  const text = useText();
  const { namesTenants } = useSession();
  return (
    <Section title={text('role.explained')}>
      <Facts
        facts={[
          namesTenants ? [text('tenant.one'), role.public ? text('record.public') : role.tenant?.name] : null,
          namesTenants ? [text('role.read-reach'), reachInWords(role, 'read', text)] : null,
          namesTenants ? [text('role.write-reach'), reachInWords(role, 'write', text)] : null,
          [text('role.which-tickets'), text(`role.scope.${role.scopeTicket}`)],
          [text('role.which-requests'), text(`role.scope.${role.scopeRequest}`)],
        ]}
      />
      <h3 className={css.heading}>{text('role.functions')}</h3>
      <dl className={css.functions}>
        {functionsByKind(role.functions).map(([kind, functions]) => (
          <div key={kind}>
            <dt>{text(`role.kind.${kind}`)}</dt>
            <dd>{functions.map((name) => functionLabel(name, text)).join(' · ')}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
