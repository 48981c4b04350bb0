import { useRef } from 'react';
import { useFocusPick } from '../../../tenancy/web/focusPick.ts';
import type { TenantPick } from '../../../tenancy/web/TenantField.tsx';
import { firstValues, isAsked, sentValues } from '../../../ui/form/schemaForm.ts';
import { type FormValues, useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { FormSchema } from '../../catalog.fields.ts';
import type { Offering } from '../../offerings/offerings.api.ts';
import { createRequest, type ServiceRequest } from '../requests.api.ts';

interface OfferingFormOptions {
  initial?: FormValues;
  done: (request: ServiceRequest) => void;
}

/** Beside the offering's own fields: for which tenant it is requested (R10.2). No field of a form can be called so. */
export const forTenant = '·tenant';

export function useOfferingForm({ key, form: asked, category }: Offering, { initial, done }: OfferingFormOptions) {
  const text = useText();
  const create = useAct(createRequest);
  const keyFor = useIdempotencyKey();
  const first = firstValues(asked, initial);
  const tenant = useShownTenant(category.administrative);
  return useRecordForm<FormValues>({
    initial: { ...first, [forTenant]: tenant },
    schema: (values) => askedSchema(asked, values),
    at: '/values',
    check: (values) => Object.fromEntries(emptyLists(asked, values).map((name) => [name, text('ui.error-required')])),
    submit: async (values) => {
      const shown = values[forTenant] as TenantPick;
      const whose = shown ? { tenant: shown.value } : {};
      const body = { offering: key, values: sentValues(asked, values, first), ...whose };
      done(await create.mutateAsync({ body, idempotencyKey: keyFor(JSON.stringify(body)) }));
    },
  });
}

/** The tenant in focus, or one's own: where several can be named, and the offering is not about tenants itself. */
function useShownTenant(administrative: boolean): TenantPick {
  const { namesTenants, acting } = useSession();
  const focus = useFocusPick();
  if (!namesTenants || administrative) return null;
  return focus ?? (acting.tenant && { value: acting.tenant.slug, label: acting.tenant.name });
}

/** The form as it stands: what is not asked is neither required nor judged. */
function askedSchema(asked: FormSchema, values: FormValues) {
  const shown = Object.entries(asked.properties).filter(([name]) => isAsked(asked, name, values));
  const fillable = shown.filter(([, { type }]) => type !== 'boolean').map(([name]) => name);
  return {
    properties: Object.fromEntries(shown),
    required: fillable.filter((name) => asked.required?.includes(name)),
  };
}

function emptyLists(asked: FormSchema, values: FormValues): string[] {
  return (asked.required ?? []).filter(
    (name) =>
      asked.properties[name]?.type === 'array' &&
      isAsked(asked, name, values) &&
      !(values[name] as readonly unknown[]).length,
  );
}

/** One key for one content: a second click, or another try after a lost answer, does the work once (R4.5). */
function useIdempotencyKey(): (content: string) => string {
  const keys = useRef(new Map<string, string>());
  return (content) => {
    const key = keys.current.get(content) ?? randomKey();
    keys.current.set(content, key);
    return key;
  };
}

/** `crypto.randomUUID` only exists over TLS and on the own machine. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
