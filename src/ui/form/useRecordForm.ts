import { type FormEvent, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { isFailure } from '../failure.ts';
import { useUiText } from '../text.ts';
import { type FieldFault, fieldOf, findFault, isRequired, type RecordSchema } from './checks.ts';

export type FormValues = Record<string, unknown>;

interface RecordFormOptions<V extends FormValues> {
  initial: V;
  /** The endpoint's body, for what is required and how long it may be; by the values, where those decide what is asked. */
  schema?: RecordSchema | ((values: V) => RecordSchema);
  /** Where the values are in the body, when they are not all of it: `/values`. */
  at?: string;
  /** What the schema cannot say, such as two passwords that differ: field → text. */
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
  submit: (values: V) => Promise<unknown>;
}

export interface RecordFormState<V extends FormValues = FormValues> {
  values: V;
  errors: Readonly<Record<string, string>>;
  /** What the server answered that belongs to no field. */
  refusal: string | null;
  /** What the server told about the last refusal, beside its text. */
  details: Readonly<Record<string, unknown>>;
  busy: boolean;
  dirty: boolean;
  set: <K extends keyof V & string>(name: K, value: V[K]) => void;
  replace: (values: V) => void;
  required: (name: string) => boolean;
  longest: (name: string) => number | undefined;
  submit: (event?: FormEvent) => Promise<void>;
  /** While it saves, and after, nothing is unsaved: leaving needs no question. */
  settled: () => boolean;
}

export function useRecordForm<V extends FormValues>(options: RecordFormOptions<V>): RecordFormState<V> {
  const text = useUiText();
  const { locale } = useIntl();
  const [values, setValues] = useState(options.initial);
  const schema = typeof options.schema === 'function' ? options.schema(values) : options.schema;
  const [saved, setSaved] = useState(options.initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [details, setDetails] = useState<Readonly<Record<string, unknown>>>({});
  const [busy, setBusy] = useState(false);
  const settled = useRef(false);

  const faultText = (fault: FieldFault): string => {
    const allowed = fault.id === 'ui.error-pattern' ? fault.allowed?.[locale] : undefined;
    return allowed ?? text(fault.id, 'count' in fault ? { count: fault.count } : undefined);
  };

  const findErrors = (): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const name of Object.keys(values)) {
      const fault = findFault(schema, name, values[name]);
      if (fault) found[name] = faultText(fault);
    }
    return { ...(options.check?.(values) as Record<string, string> | undefined), ...found };
  };

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    event?.stopPropagation();
    if (busy) return;
    const found = findErrors();
    setErrors(found);
    setRefusal(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    settled.current = true;
    try {
      await options.submit(values);
      setSaved(values);
    } catch (error) {
      if (!isFailure(error)) throw error;
      setDetails(error.details ?? {});
      const refused = errorsByField(error.errors, options.at ?? '', Object.keys(values));
      setErrors(refused.fields);
      setRefusal(
        refused.complete ? null : [error.status === 0 ? text('ui.offline') : error.title, ...refused.others].join(' '),
      );
    } finally {
      settled.current = false;
      setBusy(false);
    }
  };

  return {
    values,
    errors,
    refusal,
    details,
    busy,
    dirty: JSON.stringify(values) !== JSON.stringify(saved),
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setErrors(({ [name]: _mended, ...rest }) => rest);
    },
    replace: (next) => {
      setValues(next);
      setSaved(next);
      setErrors({});
    },
    required: (name) => isRequired(schema, name),
    longest: (name) => fieldOf(schema, name)?.maxLength,
    submit,
    settled: () => settled.current,
  };
}

/** `{ pointer: '/values/name' }` → the field `name`; what no field shows goes above the form. */
function errorsByField(
  errors: readonly { pointer: string; detail: string }[] | undefined,
  at: string,
  names: readonly string[],
) {
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of errors ?? []) {
    const name = pointer.startsWith(`${at}/`) ? pointer.slice(at.length + 1).split('/')[0] : undefined;
    if (name !== undefined && names.includes(name)) fields[name] ??= detail;
    else others.push(detail);
  }
  return { fields, others, complete: Object.keys(fields).length > 0 && others.length === 0 };
}
