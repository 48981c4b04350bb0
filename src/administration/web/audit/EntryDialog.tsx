import { ActionIcon, Code, Stack } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Facts } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useText } from '../../../web/text.ts';
import type { AuditEntry } from '../../audit/audit.api.ts';
import { actionLabel, actorLabel } from './auditLabels.tsx';

/** Everything that is kept of one entry. */
export function EntryDialog({ entry }: { entry: AuditEntry }) {
  const text = useText();
  const [opened, setOpened] = useState(false);
  const action = actionLabel(entry.action, text);
  const details = Object.keys(entry.details).length > 0;
  return (
    <>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={text('audit.details-of', { action: `${action} ${entry.subject.label}`.trim() })}
        onClick={() => setOpened(true)}
      >
        <IconListDetails size={18} aria-hidden />
      </ActionIcon>
      <FormDialog opened={opened} close={() => setOpened(false)} title={action} size="lg">
        <Stack>
          <Facts
            facts={[
              [text('audit.subject'), entry.subject.label || '—'],
              [text('audit.actor'), actorLabel(entry, text)],
              [text('audit.at'), <Time key="at" at={entry.at} show="absolute" />],
              entry.tenant && [text('audit.tenant'), entry.tenant.name],
              entry.address ? [text('audit.address'), entry.address] : null,
              [text('audit.code'), <Code key="code">{entry.action}</Code>],
              [text('audit.entry'), <Code key="id">{entry.id}</Code>],
            ]}
          />
          {details && (
            <Code block tabIndex={0} aria-label={text('audit.details')}>
              {JSON.stringify(entry.details, null, 2)}
            </Code>
          )}
        </Stack>
      </FormDialog>
    </>
  );
}
