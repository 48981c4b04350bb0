import { CloseButton } from '@mantine/core';
import { useUiText } from '../text.ts';
import type { FieldProps } from './fields.tsx';
import css from './PickRecord.module.css';
import { type Pickable, PickRecord } from './PickRecord.tsx';
import type { FormValues } from './useRecordForm.ts';

interface PickSeveralProps<V extends FormValues> extends FieldProps<V> {
  kind: string;
  find: (text: string) => Promise<readonly Pickable[]>;
}

/** Several references, added one by one. The form's value is the list of them. */
export function PickSeveral<V extends FormValues>({
  form,
  name,
  label,
  hint,
  kind,
  find,
  readOnly,
}: PickSeveralProps<V>) {
  const text = useUiText();
  const chosen = (form.values[name] ?? []) as readonly Pickable[];
  const set = (next: readonly Pickable[]) => form.set(name, next as V[keyof V & string]);
  return (
    <div>
      <PickRecord
        label={label}
        hint={hint}
        kind={kind}
        find={find}
        name={name}
        required={form.required(name)}
        disabled={readOnly}
        error={form.errors[name]}
        value={null}
        change={(picked) => picked && !chosen.some(({ value }) => value === picked.value) && set([...chosen, picked])}
      />
      {chosen.length > 0 && (
        <ul className={css.chosen} aria-label={label}>
          {chosen.map((one) => (
            <li key={one.value} className={css.one}>
              {one.label}
              <CloseButton
                size="sm"
                aria-label={text('ui.clear-named', { label: one.label })}
                disabled={readOnly}
                onClick={() => set(chosen.filter(({ value }) => value !== one.value))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
