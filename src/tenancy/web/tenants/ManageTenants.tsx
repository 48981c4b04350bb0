import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { OfferingDialog } from '../../../administration/web/OfferingDialog.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { answerOf, useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { getTenant, listActiveBelow, type TenantSummary } from '../../tenants/tenants.api.ts';
import { chosenTenants, type TenantAction, valuesOfTenant } from './tenantForm.ts';

type Named = Pick<TenantSummary, 'slug' | 'name' | 'version'>;

interface ManageTenantsProps {
  tenants: readonly Named[];
  /** Null: closed. */
  action: TenantAction | null;
  close: () => void;
  done?: () => void;
}

/** The offering Manage Tenants in place: for one tenant prefilled, for several with what they shall all have (R4.2). */
export function ManageTenants(props: ManageTenantsProps) {
  const [first, ...others] = props.tenants;
  if (!props.action || !first) return null;
  if (props.action === 'update' && !others.length) return <EditOne {...props} tenant={first} />;
  return <ManageSeveral {...props} action={props.action} />;
}

function EditOne({ tenant, close, done }: ManageTenantsProps & { tenant: Named }) {
  const text = useText();
  const { data, error, refetch } = useQuery(answerOf(getTenant, { params: { slug: tenant.slug } }));
  if (error && !data) {
    return (
      <FormDialog opened close={close} title={text('tenants.edit-title', { name: tenant.name })}>
        <FailureState error={error} retry={() => void refetch()} />
      </FormDialog>
    );
  }
  if (!data) return null;
  return (
    <OfferingDialog
      offering="manage-tenants"
      title={text('tenants.edit-title', { name: tenant.name })}
      opened
      close={close}
      done={done}
      initial={valuesOfTenant(data)}
      fixed={['action', 'tenants', 'versions']}
      submit={text('ui.save')}
      differences
    />
  );
}

function ManageSeveral({ tenants, action, close, done }: ManageTenantsProps & { action: TenantAction }) {
  const text = useText();
  const [first, ...others] = tenants;
  return (
    <OfferingDialog
      offering="manage-tenants"
      title={text(`tenants.${action}-title`, { name: first?.name, count: tenants.length })}
      opened
      close={close}
      done={done}
      initial={chosenTenants(tenants, action)}
      // What is unique belongs to one tenant.
      fixed={['action', 'tenants', 'versions', 'name', 'key', 'slug']}
      submit={text(`tenants.${action}`)}
      danger={action === 'deactivate'}
    >
      {others.length > 0 && <div>{tenants.map(({ name }) => name).join(', ')}</div>}
      {action === 'deactivate' && tenants.map((tenant) => <KeptOut key={tenant.slug} tenant={tenant} />)}
    </OfferingDialog>
  );
}

/** Before a tenant is deactivated: what is below it, and how many people can work no more (R9.2). */
function KeptOut({ tenant }: { tenant: Named }) {
  const text = useText();
  const list = useList(listActiveBelow, { params: { slug: tenant.slug } });
  const { first } = list;
  if (list.error && !first) return <FailureState error={list.error} retry={list.reload} />;
  if (!first) return <Skeleton height={64} />;
  const below = list.items.filter(({ slug }) => slug !== tenant.slug);
  return (
    <Alert color="amber" icon={<IconAlertTriangle aria-hidden />} title={tenant.name}>
      {text('tenants.kept-out', { people: first.people, count: first.count - 1 })}
      {below.length > 0 && <div>{below.map(({ name }) => name).join(', ')}</div>}
      {list.more && (
        <Button size="compact-sm" variant="subtle" loading={list.loadingMore} onClick={list.loadMore}>
          {text('ui.load-more')}
        </Button>
      )}
    </Alert>
  );
}
