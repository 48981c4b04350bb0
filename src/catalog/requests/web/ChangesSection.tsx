import { Table } from '@mantine/core';
import { Section } from '../../../ui/Section.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import type { ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';

/** What the request asks for; where something is changed, with what it was before. */
export function ChangesSection({ changes }: Pick<ServiceRequest, 'changes'>) {
  const text = useText();
  const said = useSaid();
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
                {anyBefore && <Table.Td>{from ? <del>{from}</del> : '—'}</Table.Td>}
                <Table.Td>{to || '—'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}
