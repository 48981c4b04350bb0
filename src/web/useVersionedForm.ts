import { useState } from 'react';
import type { RecordSchema } from '../ui/form/checks.ts';
import { type FormValues, type RecordFormState, useRecordForm } from '../ui/form/useRecordForm.ts';
import { Problem } from './problem.ts';

interface VersionedRecord<V> {
  version: number;
  /** As they are now: live updates may change them while somebody writes. */
  values: V;
}

interface VersionedFormOptions<V extends FormValues> {
  record: VersionedRecord<V>;
  schema?: RecordSchema;
  /** Sends what was changed, and the version that it was changed from. */
  save: (changed: Partial<V>, version: number) => Promise<unknown>;
  /** Asks for the record again; answers its version. */
  reload: () => Promise<number>;
  /** What to say when somebody else was faster. */
  stale: string;
  done: () => void;
}

export interface VersionedForm<V extends FormValues> {
  form: RecordFormState<V>;
  /** Whether somebody changed this field since the form was opened. */
  changedMeanwhile: (name: keyof V) => boolean;
}

/** Changes of a record with a version: nothing that was written is lost, and nothing of others overwritten unseen (R2.6). */
export function useVersionedForm<V extends FormValues>(options: VersionedFormOptions<V>): VersionedForm<V> {
  const { record, schema, save, reload, stale, done } = options;
  const [base, setBase] = useState(record);
  const form = useRecordForm<V>({
    initial: base.values,
    schema,
    submit: async (entered) => {
      const changed = differences(base.values, entered);
      if (Object.keys(changed).length) await save(changed, base.version).catch(explain);
      done();
    },
  });
  const explain = async (error: unknown) => {
    if (!(error instanceof Problem) || error.type !== 'version-stale') throw error;
    const version = await reload();
    setBase((before) => ({ ...before, version }));
    throw new Problem(error.status, { type: error.type, title: stale });
  };
  return { form, changedMeanwhile: (name) => !same(record.values[name], base.values[name]) };
}

function differences<V extends FormValues>(before: V, after: V): Partial<V> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !same(value, before[name]))) as Partial<V>;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
