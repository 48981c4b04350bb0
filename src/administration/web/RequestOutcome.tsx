import { Button, Group, Loader, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getRequest, type ServiceRequest } from '../../catalog/requests/requests.api.ts';
import { SignInNotice } from '../../catalog/requests/web/SignInNotice.tsx';
import { useSaid } from '../../catalog/web/said.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/Link.tsx';
import { answerOf, queryClient } from '../../web/queries.ts';
import { useText } from '../../web/text.ts';

interface RequestOutcomeProps {
  request: ServiceRequest;
  done?: (request: ServiceRequest) => void;
  close?: () => void;
}

/** Follows a request until it is completed, waits for somebody else, or is stuck. */
export function RequestOutcome({ request: made, done, close }: RequestOutcomeProps) {
  const text = useText();
  const { data: request = made } = useQuery({
    ...answerOf(getRequest, { params: { number: made.number } }),
    initialData: made,
    refetchInterval: ({ state }) => (isUnderWay(state.data ?? made) ? 400 : false),
  });
  const completed = request.phase === 'completed';
  const told = useRef(false);
  useEffect(() => {
    if (!completed || told.current) return;
    told.current = true;
    // What it did shows everywhere at once; the live update comes a moment later.
    void queryClient.invalidateQueries();
    done?.(request);
  }, [completed, done, request]);
  return (
    <Stack role="status">
      <Outcome request={request} />
      <SignInNotice request={request} />
      <Group justify="center">
        <LinkButton to={`/requests/${request.number}`} variant="default">
          {text('in-place.open-request', { number: request.number })}
        </LinkButton>
        {close && <Button onClick={close}>{text('ui.close')}</Button>}
      </Group>
    </Stack>
  );
}

function Outcome({ request }: { request: ServiceRequest }) {
  const text = useText();
  const said = useSaid();
  const failed = request.tasks.find((task) => task.state === 'failed');
  if (request.phase === 'completed')
    return <EmptyState icon={<IconCircleCheck />} title={text('in-place.completed')} />;
  if (request.phase === 'approval') {
    return (
      <EmptyState icon={<IconHourglass />} title={text('in-place.waits')}>
        {text('in-place.waits.body', { count: request.approvalsNeeded })}
      </EmptyState>
    );
  }
  if (request.stuck && failed) {
    return (
      <EmptyState icon={<IconAlertTriangle />} title={text('in-place.stuck')}>
        {failed.error && said(failed.error)}
      </EmptyState>
    );
  }
  return <EmptyState icon={<Loader size="sm" />} title={text('in-place.under-way')} />;
}

function isUnderWay(request: ServiceRequest): boolean {
  return !request.stuck && (request.phase === 'submitted' || request.phase === 'fulfillment');
}
