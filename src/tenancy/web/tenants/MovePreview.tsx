import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { type Column, DataList } from '../../../ui/DataList.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import type { MessageId } from '../../../web/messages.ts';
import { answerOf, useList } from '../../../web/queries.ts';
import { type Say, useText } from '../../../web/text.ts';
import { listStranded, previewMove, type StrandedReference, type Tenant } from '../../tenants/tenants.api.ts';

type Preview = AnswerOf<typeof previewMove>;
type Change = Preview['changes'][number];

type MovePreviewState = ReturnType<typeof useMovePreview>;

/** Asked anew whenever it is shown: others change the hierarchy, too. */
export function useMovePreview(tenant: Tenant, to: string, enabled: boolean) {
  const asked = { params: { slug: tenant.slug }, query: { parent: to } };
  return useQuery({ ...answerOf(previewMove, asked), staleTime: 0, enabled });
}

/** R3.4: what the move would change, before it is done; the references that forbid it, where there are any. */
export function MovePreview({ tenant, to, preview }: { tenant: Tenant; to: string; preview: MovePreviewState }) {
  const text = useText();
  const { data, error, refetch } = preview;
  if (error) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data) return <Text role="status">{text('tenant.move.looking')}</Text>;
  return (
    <Stack gap="md">
      {data.forbidden && <Stranded tenant={tenant} to={to} />}
      <Alert
        color={data.forbidden ? 'gray' : 'petrol'}
        icon={<IconCircleCheck aria-hidden />}
        title={text('tenant.move.preview')}
        role="status"
      >
        {text('tenant.move.summary', { tenants: data.tenants, changes: data.changeCount })}
        {data.changeCount > data.changes.length && ` ${text('tenant.move.first', { count: data.changes.length })}`}
      </Alert>
      {data.changes.length > 0 && (
        <DataList
          label={text('tenant.move.preview')}
          columns={changeColumns(text)}
          list={{
            items: data.changes,
            pending: false,
            error: null,
            more: false,
            loadingMore: false,
            loadMore: () => {},
            reload: () => void refetch(),
          }}
          keyOf={(one) => `${one.role.id} ${one.change} ${one.sight} ${one.tenants.join()} ${one.people}`}
          empty={null}
        />
      )}
    </Stack>
  );
}

function changeColumns(text: Say): readonly [Column<Change>, ...Column<Change>[]] {
  return [
    { id: 'role', header: text('tenant.move.who'), cell: (one) => who(one, text) },
    { id: 'change', header: text('tenant.move.change'), cell: (one) => text(`tenant.move.${one.change}.${one.sight}`) },
    {
      id: 'tenants',
      header: text('tenant.move.tenants'),
      cell: (one) =>
        text('tenant.move.names', { names: one.tenants.join(', '), more: one.tenantCount - one.tenants.length }),
    },
    { id: 'records', header: text('tenant.move.records'), cell: (one) => one.records, align: 'end', tight: true },
  ];
}

function who(one: Change, text: Say): string {
  return text('tenant.move.people', {
    role: one.role.name ?? text('tenant.move.role-unseen'),
    people: one.people,
    tenants: one.peopleTenants,
  });
}

function Stranded({ tenant, to }: { tenant: Tenant; to: string }) {
  const text = useText();
  const list = useList(listStranded, { params: { slug: tenant.slug }, query: { parent: to } });
  const columns: readonly [Column<StrandedReference>, ...Column<StrandedReference>[]] = [
    {
      id: 'label',
      header: text('crossings.record'),
      cell: (one) => withTenant(one.label, one.from, text('tenant.move.unseen')),
    },
    { id: 'kind', header: text('tenant.move.kind'), cell: (one) => text(`crossings.kind.${one.kind}` as MessageId) },
    {
      id: 'field',
      header: text('tenant.move.field'),
      cell: (one) => text(`crossings.field.${one.field}` as MessageId),
    },
    {
      id: 'target',
      header: text('crossings.target'),
      cell: (one) => withTenant(one.target, one.to, text('tenant.move.unseen')),
    },
  ];
  return (
    <>
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={text('tenant.move.forbidden')}>
        {text('tenant.move.forbidden.why')}
      </Alert>
      <DataList
        label={text('tenant.move.forbidden')}
        columns={columns}
        list={list}
        keyOf={(one) => `${one.id} ${one.field}`}
        empty={text('tenant.move.forbidden.none')}
      />
    </>
  );
}

const withTenant = (label: string, tenant: string | null, unseen: string) =>
  tenant ? `${label} (${tenant})` : label || unseen;
