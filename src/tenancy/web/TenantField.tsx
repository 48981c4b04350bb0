import type { FieldProps } from '../../ui/form/fields.tsx';
import { PickField } from '../../ui/form/PickField.tsx';
import type { Pickable } from '../../ui/form/PickRecord.tsx';
import type { FormValues } from '../../ui/form/useRecordForm.ts';
import { findGroups, findTenants } from './choices.ts';

/** A tenant as forms hold it; `value` is its slug. */
export type TenantPick = Pickable | null;

/** Chooses a tenant; `writable`: one that records may be made in. */
export function TenantField<V extends FormValues>({ writable, ...field }: FieldProps<V> & { writable?: boolean }) {
  return (
    <PickField
      {...field}
      kind={writable ? 'writable-tenants' : 'tenants'}
      find={(search) => findTenants(search, writable)}
    />
  );
}

/** Chooses a group of tenants; `value` is its id. */
export function GroupField<V extends FormValues>(field: FieldProps<V>) {
  return <PickField {...field} kind="tenant-groups" find={findGroups} />;
}
