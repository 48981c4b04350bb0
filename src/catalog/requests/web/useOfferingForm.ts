import { useRef } from 'react';
import { firstValues, isAsked, sentValues } from '../../../ui/form/schemaForm.ts';
import { type FormValues, useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import type { FormSchema } from '../../catalog.fields.ts';
import type { Offering } from '../../offerings/offerings.api.ts';
import { createRequest, type ServiceRequest } from '../requests.api.ts';

interface OfferingFormOptions {
  initial?: FormValues;
  done: (request: ServiceRequest) => void;
}

export function useOfferingForm({ key, form: asked }: Offering, { initial, done }: OfferingFormOptions) {
  const text = useText();
  const create = useAct(createRequest);
  const keyFor = useIdempotencyKey();
  const first = firstValues(asked, initial);
  return useRecordForm<FormValues>({
    initial: first,
    schema: (values) => askedSchema(asked, values),
    at: '/values',
    check: (values) => Object.fromEntries(emptyLists(asked, values).map((name) => [name, text('ui.error-required')])),
    submit: async (values) => {
      const body = { offering: key, values: sentValues(asked, values, first) };
      done(await create.mutateAsync({ body, idempotencyKey: keyFor(JSON.stringify(body)) }));
    },
  });
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
