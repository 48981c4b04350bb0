import { CloseButton } from '@mantine/core';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PickRecord } from '../../../ui/form/PickRecord.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Section } from '../../../ui/Section.tsx';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { type getTenantGroup, setTenantGroupMembers } from '../../groups/groups.api.ts';
import { findTenants } from '../choices.ts';
import { tenantPath } from '../tenants/tenantPath.ts';
import css from './MembersSection.module.css';

type Group = AnswerOf<typeof getTenantGroup>;

/** Each change is saved at once: adding and taking out are their own small steps. */
export function MembersSection({ group }: { group: Group }) {
  const text = useText();
  const set = useAct(setTenantGroupMembers);
  const slugs = group.tenants.map(({ slug }) => slug);
  const save = (members: string[]) =>
    set.mutate({ params: { id: group.id }, version: group.version, body: { members } });
  // Only the first 200 are answered: with more, saving these would take the others out.
  const changes = group.can.changeMembers && group.members === group.tenants.length;
  return (
    <Section title={text('tenant-group.members')} lead={text('tenant-group.members-count', { count: group.members })}>
      {changes && (
        <PickRecord
          label={text('tenant-group.member-add')}
          kind="tenants"
          find={findTenants}
          value={null}
          change={(picked) => picked && !slugs.includes(picked.value) && save([...slugs, picked.value])}
        />
      )}
      <ul className={css.members} aria-label={text('tenant-group.members')}>
        {group.tenants.map(({ slug, name }) => (
          <li key={slug} className={css.member}>
            <Link to={tenantPath(slug)}>{name}</Link>
            {changes && (
              <CloseButton
                aria-label={text('tenant-group.member-remove', { name })}
                onClick={() => save(slugs.filter((one) => one !== slug))}
              />
            )}
          </li>
        ))}
      </ul>
      {!group.tenants.length && <EmptyState title={text('tenant-group.empty')} order={3} />}
    </Section>
  );
}
