import type { FormField, FormSchema } from '../../catalog/catalog.fields.ts';
import { useSaid } from '../../catalog/web/said.ts';
import { isAsked } from '../../ui/form/schemaForm.ts';
import type { FormValues } from '../../ui/form/useRecordForm.ts';
import { type Say, useText } from '../../web/text.ts';
import css from './Differences.module.css';

interface DifferencesProps {
  asked: FormSchema;
  before: FormValues;
  after: FormValues;
}

/** What a request would change, while it is being filled in. Only where there was something before. */
export function Differences({ asked, before, after }: DifferencesProps) {
  const text = useText();
  const said = useSaid();
  const was = Object.values(before).some((value) => typeof value === 'string' && value !== '');
  const changed = Object.entries(asked.properties).filter(
    ([name]) => isAsked(asked, name, after) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (!was || !changed.length) return null;
  return (
    <section className={css.differences} aria-label={text('in-place.differences')} aria-live="polite">
      <p className={css.title}>{text('in-place.differences')}</p>
      <dl className={css.list}>
        {changed.map(([name, field]) => (
          <div key={name}>
            <dt>{said(field['x-label'])}</dt>
            <dd>
              <del>{inWords(before[name], field, text, said)}</del> →{' '}
              <ins>{inWords(after[name], field, text, said)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function inWords(value: unknown, field: FormField, text: Say, said: ReturnType<typeof useSaid>): string {
  if (Array.isArray(value)) return value.map((one) => inWords(one, field, text, said)).join(', ') || '—';
  if (typeof value === 'boolean') return text(value ? 'ui.yes' : 'ui.no');
  if (typeof value === 'object' && value !== null && 'label' in value) return String(value.label);
  if (value === '' || value === null || value === undefined) return '—';
  const label = field['x-labels']?.[String(value)];
  return label ? said(label) : String(value);
}
