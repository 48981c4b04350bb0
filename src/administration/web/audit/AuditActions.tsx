import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { download } from '../../../web/download.ts';
import { tellFailure } from '../../../web/refusedActs.ts';
import { useText } from '../../../web/text.ts';
import { type AuditFilters, exportAudit } from '../../audit/audit.api.ts';
import { VerifyButton } from './VerifyButton.tsx';

export function AuditActions({ query }: { query: AuditFilters }) {
  const text = useText();
  const saving = useMutation({
    mutationFn: (format: 'csv' | 'json') => download(exportAudit, { query: { ...query, format } }),
    onError: tellFailure,
  });
  return (
    <>
      <VerifyButton tenant={query.tenant} />
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} loading={saving.isPending}>
            {text('audit.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => saving.mutate('csv')}>{text('audit.export.csv')}</Menu.Item>
          <Menu.Item onClick={() => saving.mutate('json')}>{text('audit.export.json')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
