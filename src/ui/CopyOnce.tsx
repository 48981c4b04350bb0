import { Alert, Button, Code, Group, Stack } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useUiText } from './text.ts';

/** Something that is shown this once: a link, a token. */
export function CopyOnce({ title, value, children }: { title: string; value: string; children: ReactNode }) {
  const text = useUiText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <Alert color="amber" title={title} icon={<IconKey aria-hidden />} role="status">
      <Stack gap="sm">
        <div>{children}</div>
        <Code block style={{ userSelect: 'all', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {value}
        </Code>
        <Group gap="xs">
          {/* Clipboards only exist over TLS and on the own machine; elsewhere the text can still be selected. */}
          {navigator.clipboard && (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={() => void copy()}
            >
              {text(copied ? 'ui.copied' : 'ui.copy')}
            </Button>
          )}
          <span aria-live="polite" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
            {copied ? text('ui.copied') : ''}
          </span>
        </Group>
      </Stack>
    </Alert>
  );
}
