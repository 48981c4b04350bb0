import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getPerson } from '../../../identity/people/people.api.ts';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { useTenantFocus } from '../../../web/focus.ts';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { getCategory } from '../../categories/categories.api.ts';
import { getAssignmentGroup } from '../../groups/groups.api.ts';
import { getLocation } from '../../locations/locations.api.ts';
import { finderOf, personFinder } from '../../web/finders.ts';
import css from './MoreTicketFilters.module.css';
import type { MoreFilter, useTicketFilters } from './ticketFilters.ts';

type Props = Pick<ReturnType<typeof useTicketFilters>, 'chosen' | 'choose'>;
const choices = { category: getCategory, location: getLocation, group: getAssignmentGroup };
const people = { assignee: 'assignee', requester: 'requester' } as const;

/** What is asked for less often than status and priority. */
export function MoreTicketFilters({ chosen, choose }: Props) {
  const text = useText();
  const { may } = useSession();
  const tenant = useTenantFocus();
  const set = (name: MoreFilter) => (picked: Pickable | null) => choose({ [name]: picked?.value ?? '' });
  return (
    <div id="more-ticket-filters" className={css.more}>
      {(Object.keys(choices) as (keyof typeof choices)[]).map((name) => (
        <ChoiceFilter key={name} name={name} id={chosen[name]} tenant={tenant} change={set(name)} />
      ))}
      {may('person.read') &&
        (Object.keys(people) as (keyof typeof people)[]).map((name) => (
          <PersonFilter key={name} name={name} id={chosen[name]} tenant={tenant} change={set(name)} />
        ))}
      {(['from', 'until'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={text(`tickets.opened-${name}`)}
          value={chosen[name]}
          onChange={(event) => choose({ [name]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

interface FilterProps<N> {
  name: N;
  id: string;
  tenant: string | undefined;
  change: (picked: Pickable | null) => void;
}

/** The address holds the identity alone; what it is called is asked for. */
function ChoiceFilter({ name, id, tenant, change }: FilterProps<keyof typeof choices>) {
  const text = useText();
  const { data } = useQuery({ ...answerOf(choices[name], { params: { id } }), enabled: id !== '' });
  return (
    <PickRecord
      label={text(`ticket.${name}`)}
      kind={`${name} ${tenant ?? ''}`}
      find={finderOf(name, tenant)}
      value={id ? { value: id, label: data?.name ?? '…' } : null}
      change={change}
    />
  );
}

function PersonFilter({ name, id, tenant, change }: FilterProps<keyof typeof people>) {
  const text = useText();
  const { data } = useQuery({ ...answerOf(getPerson, { params: { id } }), enabled: id !== '' });
  return (
    <PickRecord
      label={text(`ticket.${name}`)}
      kind={`${name} ${tenant ?? ''}`}
      find={personFinder({ as: people[name], tenant })}
      value={id ? { value: id, label: data?.displayName ?? '…' } : null}
      change={change}
    />
  );
}
