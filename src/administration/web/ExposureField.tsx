import { Alert, Button, Table } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { type ExposurePreview, previewDisabling } from '../../tenancy/switch/switch.api.ts';
import type { WidgetProps } from '../../ui/form/SchemaFields.tsx';
import { useAct } from '../../web/queries.ts';
import { useText } from '../../web/text.ts';
import css from './ExposureField.module.css';

/** Before the walls go: whose records become visible to how many (R1.7). The preview's id goes along with the request. */
export function ExposureField({ form, name, label, hint }: WidgetProps) {
  const text = useText();
  const act = useAct(previewDisabling);
  const show = () => act.mutate({}, { onSuccess: (preview) => form.set(name, preview.id) });
  return (
    <fieldset className={css.exposure}>
      <legend className={css.legend}>{label}</legend>
      {hint && <p className={css.hint}>{hint}</p>}
      <Button
        variant="default"
        leftSection={<IconEye size={18} aria-hidden />}
        loading={act.isPending}
        onClick={show}
        aria-describedby={form.errors[name] ? `${name}-error` : undefined}
      >
        {text(act.data ? 'exposure.again' : 'exposure.show')}
      </Button>
      {form.errors[name] && (
        <p id={`${name}-error`} className={css.error}>
          {form.errors[name]}
        </p>
      )}
      <div aria-live="polite">{act.data && <Exposure preview={act.data} />}</div>
    </fieldset>
  );
}

function Exposure({ preview }: { preview: ExposurePreview }) {
  const text = useText();
  const { formatNumber } = useIntl();
  const exposed = preview.tenants.filter(({ records, people }) => records * people > 0);
  const others = preview.tenantCount - exposed.length;
  return (
    <>
      <Alert color={preview.exposure ? 'red' : 'green'} mt="sm">
        {preview.exposure
          ? text('exposure.summary', { tenants: preview.tenantCount, records: preview.records })
          : text('exposure.none')}
      </Alert>
      <Table mt="sm" fz="sm" horizontalSpacing="xs">
        <caption className={css.caption}>{text('exposure.caption')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text('tenant.one')}</Table.Th>
            <Table.Th scope="col">{text('exposure.records')}</Table.Th>
            <Table.Th scope="col">{text('exposure.people')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {exposed.map(({ tenant, records, people }) => (
            <Table.Tr key={tenant}>
              <Table.Th scope="row">{tenant}</Table.Th>
              <Table.Td>{formatNumber(records)}</Table.Td>
              <Table.Td>{formatNumber(people)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {others > 0 && <p className={css.hint}>{text('exposure.others', { count: others })}</p>}
    </>
  );
}
