import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Differences } from '../../../administration/web/Differences.tsx';
import { recordWidgets } from '../../../administration/web/widgets.tsx';
import { TenantField } from '../../../tenancy/web/TenantField.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { SchemaFields } from '../../../ui/form/SchemaFields.tsx';
import { firstValues } from '../../../ui/form/schemaForm.ts';
import type { FormValues } from '../../../ui/form/useRecordForm.ts';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { getOffering, type Offering } from '../../offerings/offerings.api.ts';
import type { ServiceRequest } from '../requests.api.ts';
import { forTenant, useOfferingForm } from './useOfferingForm.ts';

interface OfferingFormProps {
  /** The key of the offering. */
  offering: string;
  /** Filled in beforehand, by field; references as `{ value, label }`. */
  initial?: FormValues;
  /** Fields that the place decides: sent as they are in `initial`, and not asked. */
  fixed?: readonly string[];
  done: (request: ServiceRequest) => void;
  cancel?: () => void;
  /** What the button says, instead of “Submit request”. */
  submit?: string;
  /** Where it changes what is there: shows what will be different. */
  differences?: boolean;
  danger?: boolean;
  children?: ReactNode;
}

/** Requests an offering, wherever it is shown: on its page of the catalog, or in place over a list. */
export function OfferingForm(props: OfferingFormProps) {
  const { data, error, refetch } = useQuery(answerOf(getOffering, { params: { key: props.offering } }));
  if (error && !data) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <LoadedForm {...props} loaded={data} />;
}

function LoadedForm({
  loaded,
  initial,
  fixed,
  done,
  cancel,
  submit,
  differences,
  danger,
  children,
}: OfferingFormProps & { loaded: Offering }) {
  const text = useText();
  const form = useOfferingForm(loaded, { initial, done });
  const unasked = useUnasked(loaded);
  const { namesTenants } = useSession();
  if (!loaded.can.request) return <p>{text('offering.closed')}</p>;
  return (
    <RecordForm form={form} submit={submit ?? text('offering.submit')} cancel={cancel} danger={danger}>
      {children}
      {namesTenants && !loaded.category.administrative && (
        <TenantField form={form} name={forTenant} label={text('offering.request-for')} writable />
      )}
      <SchemaFields asked={loaded.form} form={form} widgets={recordWidgets} fixed={[...unasked, ...(fixed ?? [])]} />
      {differences && (
        <Differences asked={loaded.form} before={firstValues(loaded.form, initial)} after={form.values} />
      )}
    </RecordForm>
  );
}

/** Where no tenant may be named, none is asked for: there is but one to choose (R1.3, R10.1). */
function useUnasked({ form }: Offering): string[] {
  const { acting, namesTenants, may } = useSession();
  if (namesTenants || (acting.tenancy !== 'off' && may('tenant.administer'))) return [];
  return Object.entries(form.properties)
    .filter(([, field]) => ['tenant', 'tenants'].includes(field['x-widget'] ?? ''))
    .map(([name]) => name);
}

function Waiting() {
  const text = useText();
  return (
    <Stack role="status" aria-label={text('ui.loading')}>
      {['a', 'b', 'c'].map((field) => (
        <Skeleton key={field} height={54} />
      ))}
    </Stack>
  );
}
