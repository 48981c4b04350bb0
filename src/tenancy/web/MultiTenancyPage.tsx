import { Alert, Button, Group } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { OfferingDialog } from '../../administration/web/OfferingDialog.tsx';
import type { AnswerOf } from '../../platform/endpoints.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { LinkButton } from '../../ui/Link.tsx';
import { Page } from '../../ui/Page.tsx';
import { Facts, Section } from '../../ui/Section.tsx';
import { Status } from '../../ui/Status.tsx';
import { Time } from '../../ui/Time.tsx';
import { answerOf } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
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

type Wanted = State['state'];

function Switching({ state }: { state: State }) {
  const text = useText();
  const { may } = useSession();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const step = wanted && stepOf(state, wanted);
  const title = step ? text(step.title) : '';
  return (
    <Group>
      {state.state !== 'on' && <Button onClick={() => setWanted('on')}>{text('multi-tenancy.enable')}</Button>}
      {state.state === 'setup' && may('tenant.administer') && (
        <LinkButton variant="default" to="/administration/readiness">
          {text('multi-tenancy.readiness')}
        </LinkButton>
      )}
      {state.state !== 'setup' && (
        <Button variant="default" onClick={() => setWanted('setup')}>
          {text('multi-tenancy.set-up')}
        </Button>
      )}
      {state.state !== 'off' && (
        <Button color="red" variant={state.state === 'on' ? 'outline' : 'default'} onClick={() => setWanted('off')}>
          {text(stepOf(state, 'off').title)}
        </Button>
      )}
      <OfferingDialog
        offering="multi-tenancy"
        title={title}
        submit={title}
        danger={step?.opens ?? false}
        opened={wanted !== null}
        close={() => setWanted(null)}
        initial={{ state: wanted ?? 'on' }}
        fixed={[
          'state',
          ...(state.hasProvider ? ['providerName'] : []),
          // Nothing becomes visible that is not.
          ...(state.state === 'on' ? [] : ['previewId', 'confirmation']),
        ]}
      >
        {step && (
          <Alert icon={<IconInfoCircle aria-hidden />} color={step.opens ? 'red' : 'petrol'}>
            {text(step.note, { count: state.unassigned })}
          </Alert>
        )}
      </OfferingDialog>
    </Group>
  );
}

/** What a step is called, what one should know first, and whether walls fall by it. */
function stepOf({ state }: State, wanted: Wanted) {
  const opens = state === 'on';
  if (wanted === 'on') return { title: 'multi-tenancy.enable', note: 'multi-tenancy.enable.note', opens } as const;
  if (wanted === 'setup') {
    const note = opens ? 'multi-tenancy.set-up.opens' : 'multi-tenancy.set-up.note';
    return { title: 'multi-tenancy.set-up', note, opens } as const;
  }
  if (opens) return { title: 'multi-tenancy.disable', note: 'multi-tenancy.disable.note', opens } as const;
  return { title: 'multi-tenancy.leave', note: 'multi-tenancy.leave.note', opens } as const;
}
