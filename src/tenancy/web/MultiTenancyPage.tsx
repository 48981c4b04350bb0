import { Alert, Button, Group } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { OfferingDialog } from '../../administration/web/OfferingDialog.tsx';
import type { AnswerOf } from '../../platform/endpoints.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Facts, Section } from '../../ui/Section.tsx';
import { Status } from '../../ui/Status.tsx';
import { Time } from '../../ui/Time.tsx';
import { answerOf } from '../../web/queries.ts';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import { getMultiTenancy } from '../switch/switch.api.ts';

type State = AnswerOf<typeof getMultiTenancy>;
const tones = { off: 'neutral', setup: 'waiting', on: 'good' } as const;

/** The state of the switch, and the offering that changes it, in place (R1.2). */
export function MultiTenancyPage() {
  const text = useText();
  const { data, error, refetch } = useQuery(answerOf(getMultiTenancy));
  if (error && !data) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  return (
    <Page
      title={text('multi-tenancy.title')}
      lead={text('multi-tenancy.lead')}
      badge={<Status tone={tones[data.state]}>{text(`multi-tenancy.state.${data.state}`)}</Status>}
      narrow
    >
      <Section title={text('multi-tenancy.now')} lead={text(`multi-tenancy.explained.${data.state}`)}>
        <Facts
          facts={[
            data.provider === null ? null : [text('tenant.provider'), data.provider],
            [text('multi-tenancy.changed'), <Time key="changed" at={data.changedAt} show="absolute" />],
            data.state === 'on' ? null : [text('multi-tenancy.unassigned'), data.unassigned],
          ]}
        />
      </Section>
      <Switching state={data} />
    </Page>
  );
}

function Switching({ state }: { state: State }) {
  const text = useText();
  const [wanted, setWanted] = useState<'on' | 'off' | null>(null);
  const close = () => setWanted(null);
  return (
    <Group>
      {state.state !== 'on' && <Button onClick={() => setWanted('on')}>{text('multi-tenancy.enable')}</Button>}
      {state.state !== 'off' && (
        <Button color="red" variant={state.state === 'on' ? 'outline' : 'default'} onClick={() => setWanted('off')}>
          {text('multi-tenancy.disable')}
        </Button>
      )}
      <OfferingDialog
        offering="multi-tenancy"
        title={text(wanted === 'off' ? 'multi-tenancy.disable' : 'multi-tenancy.enable')}
        submit={text(wanted === 'off' ? 'multi-tenancy.disable' : 'multi-tenancy.enable')}
        danger={wanted === 'off'}
        opened={wanted !== null}
        close={close}
        initial={{ state: wanted ?? 'on' }}
        fixed={state.hasProvider ? ['state', 'providerName'] : ['state']}
      >
        <Alert icon={<IconInfoCircle aria-hidden />} color={wanted === 'off' ? 'red' : 'petrol'}>
          {text(wanted === 'off' ? 'multi-tenancy.disable.note' : 'multi-tenancy.enable.note', {
            count: state.unassigned,
          })}
        </Alert>
      </OfferingDialog>
    </Group>
  );
}
