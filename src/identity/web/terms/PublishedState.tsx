import { Group } from '@mantine/core';
import { Status } from '../../../ui/Status.tsx';
import { useText } from '../../../web/text.ts';
import type { TermsStatementSummary } from '../../terms/statements.api.ts';

/** Which version people read, and whether the draft says something else. */
export function PublishedState({ statement }: { statement: TermsStatementSummary }) {
  const text = useText();
  if (!statement.published) return <Status>{text('terms.unpublished')}</Status>;
  return (
    <Group gap="xs" component="span">
      <span>{text('terms.version-number', { number: statement.published })}</span>
      {statement.changed && <Status tone="waiting">{text('terms.changed')}</Status>}
    </Group>
  );
}
