import { type FunctionName, functionNames } from '../../../identity/functions.ts';
import { functionLabel } from '../../../identity/web/roles/functionLabels.ts';
import { Section } from '../../../ui/Section.tsx';
import { roleName } from '../../../web/names.ts';
import { type Say, useText } from '../../../web/text.ts';
import type { FormField } from '../../catalog.fields.ts';
import { useSaid } from '../../web/said.ts';
import type { ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';

/** What was filled in, in the words of the form: nobody approves what they have not seen. */
export function AskedSection({ request }: { request: ServiceRequest }) {
  const text = useText();
  const said = useSaid();
  const { form, names } = request.asked;
  // What changes stands with what it was before, in the section below.
  const changed = request.changes.map(({ field }) => field.en);
  const fields = Object.entries(form.properties).filter(
    ([, field]) =>
      !changed.some((label) => label === field['x-label'].en || label.endsWith(`: ${field['x-label'].en}`)),
  );
  if (!fields.length) return null;
  return (
    <Section title={text('request.asked')}>
      <dl className={css.asked}>
        {fields.map(([name, field]) => (
          <div key={name}>
            <dt>{said(field['x-label'])}</dt>
            <dd>
              {[request.values[name]]
                .flat()
                .map((value) => inWords(value, field, names, text, said))
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function inWords(
  value: unknown,
  field: FormField,
  names: ServiceRequest['asked']['names'],
  text: Say,
  said: ReturnType<typeof useSaid>,
): string {
  const written = String(value);
  const label = field['x-labels']?.[written];
  if (label) return said(label);
  if (typeof value === 'boolean') return text(value ? 'ui.yes' : 'ui.no');
  const widget = field['x-widget'];
  if (widget === 'functions' && isFunctionName(written)) return functionLabel(written, text);
  if (widget === 'time-zone') return written.replaceAll('_', ' ');
  const named = names[written];
  return named ? roleName(named, text) : written;
}

function isFunctionName(name: string): name is FunctionName {
  return (functionNames as readonly string[]).includes(name);
}
