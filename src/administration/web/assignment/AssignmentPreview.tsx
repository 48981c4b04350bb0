import { Alert, Table } from '@mantine/core';
import { useIntl } from 'react-intl';
import type { AssignmentPreview as Preview } from '../../../tenancy/switch/assignment.api.ts';
import type { MessageId } from '../../../web/messages.ts';
import { useText } from '../../../web/text.ts';
import css from '../ExposureField.module.css';

interface AssignmentPreviewProps {
  preview: Preview;
  enabling: boolean;
  wordsOf: (rule: string) => string;
}

/** What the rules would do: where how many records go, with some of them, what stays, and what would cross. */
export function AssignmentPreview({ preview, enabling, wordsOf }: AssignmentPreviewProps) {
  const text = useText();
  const goes = preview.rules.flatMap(({ rule, goes: parts }) => parts.map((part) => ({ ...part, rule })));
  const count = goes.reduce((sum, one) => sum + one.records, 0);
  const staying = preview.stays.reduce((sum, one) => sum + one.records, 0);
  return (
    <>
      <Alert color={preview.crossings.length || preview.held.length ? 'yellow' : 'petrol'} mt="sm">
        {text('assignment.summary', { count })}{' '}
        {text(enabling ? 'assignment.rest.provider' : 'assignment.rest.stays', { count: staying })}{' '}
        {preview.crossings.length > 0 &&
          text('assignment.crossings', { count: preview.crossings.length, more: String(preview.moreCrossings) })}
      </Alert>
      {goes.length > 0 && <Records caption={text('assignment.goes')} rows={goes} wordsOf={wordsOf} />}
      {preview.held.length > 0 && <Records caption={text('assignment.held')} rows={preview.held} wordsOf={wordsOf} />}
      {preview.stays.length > 0 && (
        <Records
          caption={text(enabling ? 'assignment.to-provider' : 'assignment.stays')}
          rows={preview.stays.map((one) => ({ ...one, rule: '', tenant: null }))}
          wordsOf={wordsOf}
        />
      )}
      {preview.crossings.length > 0 && (
        <Table mt="sm" fz="sm" horizontalSpacing="xs">
          <caption className={css.caption}>{text('assignment.crossings.caption')}</caption>
          <Table.Tbody>
            {preview.crossings.slice(0, 20).map((one) => (
              <Table.Tr key={`${one.kind}/${one.field}/${one.id}`}>
                <Table.Th scope="row">
                  {one.label}
                  <div className={css.hint}>{one.from ?? text('assignment.no-tenant')}</div>
                </Table.Th>
                <Table.Td>
                  {one.target}
                  <div className={css.hint}>
                    {text(`crossings.field.${one.field}` as MessageId)} · {one.to ?? text('assignment.no-tenant')}
                  </div>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

interface Row {
  rule: string;
  kind: string;
  tenant: string | null;
  records: number;
  samples: string[];
  reason?: string;
}

function Records({
  caption,
  rows,
  wordsOf,
}: {
  caption: string;
  rows: readonly Row[];
  wordsOf: (rule: string) => string;
}) {
  const text = useText();
  const { formatNumber } = useIntl();
  return (
    <Table mt="sm" fz="sm" horizontalSpacing="xs">
      <caption className={css.caption}>{caption}</caption>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.rule} ${row.kind} ${row.tenant} ${row.reason}`}>
            <Table.Th scope="row">
              {text(`crossings.kind.${row.kind}` as MessageId)} · {formatNumber(row.records)}
              <div className={css.hint}>
                {row.samples.join(', ')}
                {row.records > row.samples.length && ' …'}
              </div>
            </Table.Th>
            <Table.Td>
              {row.rule && wordsOf(row.rule)}
              {row.reason && <div className={css.hint}>{text(`assignment.reason.${row.reason}` as MessageId)}</div>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
