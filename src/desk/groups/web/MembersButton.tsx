import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { PickRecord } from '../../../ui/form/PickRecord.tsx';
import { useAct, useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Choice } from '../../choices/choices.fields.ts';
import { personFinder } from '../../web/finders.ts';
import { addGroupMember, listGroupMembers, removeGroupMember } from '../members.api.ts';

/** Who is in an assignment group; each change is saved at once. */
export function MembersButton({ group }: { group: Choice }) {
  const text = useText();
  const { may } = useSession();
  const [opened, setOpened] = useState(false);
  if (!may('person.read')) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={text('groups.members.of', { name: group.name })}
        onClick={() => setOpened(true)}
      >
        {text('groups.members')}
      </Button>
      <FormDialog
        opened={opened}
        close={() => setOpened(false)}
        title={text('groups.members.of', { name: group.name })}
        size="lg"
      >
        <Members group={group} />
      </FormDialog>
    </>
  );
}

function Members({ group }: { group: Choice }) {
  const text = useText();
  const { id } = group;
  const list = useList(listGroupMembers, { params: { id } });
  const add = useAct(addGroupMember);
  const remove = useAct(removeGroupMember);
  const changes = group.can.update;
  return (
    <>
      <DataList
        label={text('groups.members')}
        list={list}
        keyOf={(member) => member.id}
        columns={[
          { id: 'name', header: text('choice.name'), cell: (member) => member.name },
          { id: 'address', header: text('person.work-address'), cell: (member) => member.workAddress || '—' },
        ]}
        rowActions={(member) =>
          changes && (
            <CloseButton
              aria-label={text('groups.members.remove', { name: member.name })}
              onClick={() => remove.mutate({ params: { id, contact: member.id } })}
            />
          )
        }
        empty={<EmptyState title={text('groups.members.none')} order={3} />}
      />
      {changes && (
        <PickRecord
          label={text('groups.members.add')}
          kind={`members of ${group.tenant?.slug}`}
          find={personFinder({ as: 'assignee', tenant: group.tenant?.slug })}
          value={null}
          change={(picked) => picked && add.mutate({ params: { id, contact: picked.value } })}
        />
      )}
    </>
  );
}
