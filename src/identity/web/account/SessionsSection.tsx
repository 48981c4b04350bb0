import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Status } from '../../../ui/Status.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useAct, useList } from '../../../web/queries.ts';
import { leaveSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { endSession, listSessions, signOutEverywhere } from '../../sessions/sessions.api.ts';
import { deviceName } from './deviceName.ts';

export function SessionsSection() {
  const text = useText();
  const list = useList(listSessions);
  const end = useAct(endSession);
  return (
    <Section title={text('account.sessions')} lead={text('account.sessions.lead')} actions={<EverywhereButton />}>
      <DataList
        label={text('account.sessions')}
        list={list}
        keyOf={(session) => session.id}
        empty={<EmptyState title={text('account.sessions.none')} order={3} />}
        columns={[
          {
            id: 'device',
            header: text('account.session.device'),
            cell: (session) => deviceName(session.userAgent, text),
          },
          { id: 'address', header: text('account.session.address'), cell: (session) => session.address },
          {
            id: 'used',
            header: text('account.session.used'),
            cell: (session) =>
              session.current ? (
                <Status tone="good">{text('account.session.current')}</Status>
              ) : (
                <Time at={session.usedAt} />
              ),
          },
        ]}
        rowActions={(session) =>
          session.current ? null : (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => end.mutate({ params: { id: session.id } })}
              aria-label={`${text('account.session.end')}: ${deviceName(session.userAgent, text)}`}
            >
              {text('account.session.end')}
            </Button>
          )
        }
      />
    </Section>
  );
}

function EverywhereButton() {
  const text = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const leave = useAct(signOutEverywhere);
  const confirm = () =>
    leave.mutate(
      {},
      {
        onSuccess: async () => {
          await navigate({ to: '/sign-in' });
          leaveSession();
        },
      },
    );
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {text('account.everywhere')}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={text('account.everywhere.title')}
        confirm={text('account.everywhere')}
        onConfirm={confirm}
        busy={leave.isPending}
        danger
      >
        {text('account.everywhere.body')}
      </ConfirmDialog>
    </>
  );
}
