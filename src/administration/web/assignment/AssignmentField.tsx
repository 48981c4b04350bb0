import type { WidgetProps } from '../../../ui/form/SchemaFields.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import css from '../ExposureField.module.css';
import { AssignmentRules } from './AssignmentRules.tsx';

/** R1.6: in the enabling, whose the records become that have no tenant. By rule only where tenants are named already (R1.3). */
export function AssignmentField({ form, name, label, hint }: WidgetProps) {
  const text = useText();
  const { acting } = useSession();
  return (
    <fieldset className={css.exposure}>
      <legend className={css.legend}>{label}</legend>
      <p className={css.hint}>{acting.tenancy === 'setup' ? hint : text('assignment.only-in-setup')}</p>
      {acting.tenancy === 'setup' && (
        <AssignmentRules enabling rules={form.values[name] as string[]} change={(rules) => form.set(name, rules)} />
      )}
      {form.errors[name] && <p className={css.error}>{form.errors[name]}</p>}
    </fieldset>
  );
}
