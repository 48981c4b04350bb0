import { Button, List } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconTransfer } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  exportReadiness,
  getReadiness,
  type Readiness,
  type RefusalAhead,
} from '../../tenancy/switch/readiness.api.ts';
import { DataList, type ListState } from '../../ui/DataList.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FailureState } from '../../ui/FailureState.tsx';
import { useReadText } from '../../ui/form/SchemaFields.tsx';
import { Link, LinkButton } from '../../ui/Link.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { Time } from '../../ui/Time.tsx';
import { download } from '../../web/download.ts';
import type { MessageId } from '../../web/messages.ts';
import { answerOf } from '../../web/queries.ts';
import { tellFailure } from '../../web/refusedActs.ts';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { type Say, useText } from '../../web/text.ts';
import { AssignDialog } from './assignment/AssignDialog.tsx';

/** R1.4: what would be refused if multi-tenancy were on, and what has to be mended before, each with where to do it. */
export function ReadinessPage() {
  const text = useText();
  const { data, error, refetch } = useQuery(answerOf(getReadiness));
  const [assigning, setAssigning] = useState(false);
  if (error) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  return (
    <Page
      title={text('readiness.title')}
      lead={text('readiness.lead')}
      actions={
        <>
          <ExportButton />
          <Button leftSection={<IconTransfer size={18} aria-hidden />} onClick={() => setAssigning(true)}>
            {text('assignment.title')}
          </Button>
        </>
      }
    >
      <Refusals report={data} reload={() => void refetch()} />
      <Roles report={data} />
      <Unassigned report={data} assign={() => setAssigning(true)} />
      <People report={data} />
      <Crossings report={data} />
      <AssignDialog opened={assigning} close={() => setAssigning(false)} />
    </Page>
  );
}

function ExportButton() {
  const text = useText();
  const saving = useMutation({
    mutationFn: () => download(exportReadiness, { query: { format: 'csv' } }),
    onError: tellFailure,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      loading={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {text('readiness.export')}
    </Button>
  );
}

function Refusals({ report, reload }: { report: Readiness; reload: () => void }) {
  const text = useText();
  const read = useReadText();
  const list: ListState<RefusalAhead> = {
    items: report.refusals,
    pending: false,
    error: null,
    more: false,
    loadingMore: false,
    loadMore() {},
    reload,
  };
  return (
    <Section title={text('readiness.refusals')} lead={text('readiness.refusals.lead', { count: report.refusalCount })}>
      <DataList
        label={text('readiness.refusals')}
        list={list}
        keyOf={(one) => one.id}
        columns={[
          {
            id: 'person',
            header: text('readiness.person'),
            cell: (one) => (
              <>
                <Link to={`/administration/people/${one.person.id}`}>{one.person.name}</Link>
                <br />
                {one.role}
              </>
            ),
          },
          {
            id: 'what',
            header: text('readiness.what'),
            cell: (one) => (
              <>
                {one.says
                  ? text('readiness.refused', { says: read(one.says) })
                  : text('readiness.hidden', { count: one.records })}
                <br />
                <code>{one.endpoint}</code>
              </>
            ),
          },
          { id: 'where', header: text('readiness.where'), cell: (one) => whereOf(one, text) },
          { id: 'times', header: text('readiness.times'), cell: (one) => one.times, align: 'end', tight: true },
          { id: 'last', header: text('readiness.last'), cell: (one) => <Time at={one.lastAt} />, tight: true },
        ]}
        empty={
          <EmptyState icon={<IconCircleCheck />} order={3} title={text('readiness.refusals.none')}>
            {text('readiness.refusals.none.hint')}
          </EmptyState>
        }
      />
    </Section>
  );
}

function whereOf(one: RefusalAhead, text: Say): string {
  if (!one.kind) return '—';
  const kind = text(`crossings.kind.${one.kind}` as MessageId);
  const field = one.field && text(`crossings.field.${one.field}` as MessageId);
  const parts = [
    kind,
    field && field.toLowerCase() !== kind.toLowerCase() && field,
    one.sample,
    one.tenant?.name ?? text('assignment.no-tenant'),
  ];
  return parts.filter(Boolean).join(' · ');
}

function Roles({ report }: { report: Readiness }) {
  const text = useText();
  if (!report.roles.length) return null;
  return (
    <Section title={text('readiness.roles')} lead={text('readiness.roles.lead')}>
      <List size="sm" spacing="xs">
        {report.roles.map((one) => (
          <List.Item key={one.role}>
            <Link to="/administration/roles" underline="always">
              {one.role}
            </Link>
            :{' '}
            {text('readiness.role', {
              people: one.people,
              times: one.times,
              kinds: one.kinds.map((kind) => text(`crossings.kind.${kind}` as MessageId)).join(', ') || '—',
            })}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function Unassigned({ report, assign }: { report: Readiness; assign: () => void }) {
  const text = useText();
  return (
    <Section
      title={text('readiness.unassigned')}
      lead={text('readiness.unassigned.lead')}
      actions={
        report.unassigned.length > 0 && (
          <Button variant="default" onClick={assign}>
            {text('assignment.assign')}
          </Button>
        )
      }
    >
      {report.unassigned.length ? (
        <List size="sm" spacing="xs">
          {report.unassigned.map((one) => (
            <List.Item key={one.kind}>
              {text(`crossings.kind.${one.kind}` as MessageId)}: {one.records} ({one.samples.join(', ')}
              {one.records > one.samples.length && ' …'})
            </List.Item>
          ))}
        </List>
      ) : (
        <p>{text('readiness.unassigned.none')}</p>
      )}
    </Section>
  );
}

function People({ report }: { report: Readiness }) {
  const text = useText();
  if (!report.people.length) return null;
  return (
    <Section title={text('readiness.people')} lead={text('readiness.people.lead', { count: report.peopleCount })}>
      <List size="sm" spacing="xs">
        {report.people.map((one) => (
          <List.Item key={one.id}>
            <Link to={`/administration/people/${one.id}`}>{one.name}</Link> ({one.userName})
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function Crossings({ report }: { report: Readiness }) {
  const text = useText();
  return (
    <Section
      title={text('readiness.crossings')}
      lead={text('readiness.crossings.lead')}
      actions={
        report.crossings.length > 0 && (
          <LinkButton variant="default" to="/administration/multi-tenancy">
            {text('readiness.crossings.resolve')}
          </LinkButton>
        )
      }
    >
      {report.crossings.length ? (
        <List size="sm" spacing="xs">
          {report.crossings.map((one) => (
            <List.Item key={`${one.kind}/${one.field}`}>
              {text(`crossings.kind.${one.kind}` as MessageId)} → {text(`crossings.field.${one.field}` as MessageId)}:{' '}
              {one.count}
            </List.Item>
          ))}
        </List>
      ) : (
        <p>{text('readiness.crossings.none')}</p>
      )}
    </Section>
  );
}
