import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { makePasswordLink } from '../../links/links.api.ts';
import { deactivatePerson, type Person, reactivatePerson } from '../../people/people.api.ts';

type Link = AnswerOf<typeof makePasswordLink>;

/** What is done to a person; `made`: a link to set a password, which is shown once. */
export function PersonActions({ person, made }: { person: Person; made: (link: Link) => void }) {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const makeLink = useAct(makePasswordLink);
  const deactivate = useAct(deactivatePerson);
  const reactivate = useAct(reactivatePerson);
  const input = { params: { id: person.id }, version: person.version };
  const { can } = person;
  if (!can.makeLink && !can.deactivate && !can.reactivate) return null;
  return (
    <>
      {can.makeLink && (
        <Button
          variant="default"
          leftSection={<IconKey size={18} aria-hidden />}
          loading={makeLink.isPending}
          onClick={() => makeLink.mutate({ params: { id: person.id } }, { onSuccess: made })}
        >
          {text('people.make-link')}
        </Button>
      )}
      {can.deactivate && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {text('record.deactivate')}
        </Button>
      )}
      {can.reactivate && (
        <Button
          variant="default"
          loading={reactivate.isPending}
          onClick={() => reactivate.mutate(input, { onSuccess: () => showToast(text('people.reactivated')) })}
        >
          {text('record.reactivate')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={text('people.deactivate-title', { name: person.displayName })}
        confirm={text('record.deactivate')}
        busy={deactivate.isPending}
        danger
        onConfirm={() =>
          deactivate.mutate(input, {
            onSuccess: () => showToast(text('people.deactivated')),
            onSettled: () => setAsking(false),
          })
        }
      >
        {text('people.deactivate-body')}
      </ConfirmDialog>
    </>
  );
}
