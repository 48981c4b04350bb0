import { Table } from '@mantine/core';
import { Section } from '../../../ui/Section.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import type { ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';

/** A choice of yes or no changes what is true or false. */
const truths: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

/** What the request changes; where something is changed, with what it was before. */
export function ChangesSection({ request: { changes, asked } }: { request: ServiceRequest }) {
  const text = useText();
  const said = useSaid();
  const fields = Object.values(asked.form.properties);
  const title = (label: string, value: string) => {
    const field = fields.find(({ 'x-label': one }) => label === one.en || label.endsWith(`: ${one.en}`));
    const choice = field?.['x-labels']?.[truths[value] ?? value];
    return choice ? said(choice) : (asked.names[value]?.name ?? value);
  };
  const anyBefore = changes.some(({ from }) => from !== null);
  return (
    <Section title={text('request.changes')}>
      <div className={css.scrolls}>
        <Table className={css.changes}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text('request.changes.field')}</Table.Th>
              {anyBefore && <Table.Th scope="col">{text('request.changes.from')}</Table.Th>}
              <Table.Th scope="col">{text('request.changes.to')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ field, from, to }) => (
              <Table.Tr key={field.en}>
                <Table.Th scope="row">{said(field)}</Table.Th>
                {anyBefore && <Table.Td>{from ? <del>{title(field.en, from)}</del> : '—'}</Table.Td>}
                <Table.Td>{to ? title(field.en, to) : '—'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}
