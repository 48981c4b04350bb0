import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useAct, useList } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { listTokens, revokeToken } from '../../tokens/tokens.api.ts';
import { NewToken } from './NewToken.tsx';

export function TokensSection() {
  const text = useText();
  const list = useList(listTokens);
  const [making, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<{ id: string; name: string } | null>(null);
  const revoke = useAct(revokeToken);
  return (
    <Section
      title={text('account.tokens')}
      lead={text('account.tokens.lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-expanded={making}
          onClick={() => setMaking(!making)}
        >
          {text('account.token.new')}
        </Button>
      }
    >
      <NewToken opened={making} close={() => setMaking(false)} />
      <DataList
        label={text('account.tokens')}
        list={list}
        keyOf={(token) => token.id}
        empty={<EmptyState title={text('account.tokens.none')} order={3} />}
        columns={[
          { id: 'name', header: text('account.token.name'), cell: (token) => token.name },
          {
            id: 'used',
            header: text('account.token.used'),
            cell: (token) => (token.lastUsedAt ? <Time at={token.lastUsedAt} /> : text('account.token.never')),
          },
          {
            id: 'expires',
            header: text('account.token.expires'),
            cell: (token) => <Time at={token.expiresAt} show="date" />,
          },
        ]}
        rowActions={(token) => (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => setRevoked(token)}
            aria-label={`${text('account.token.revoke')}: ${token.name}`}
          >
            {text('account.token.revoke')}
          </Button>
        )}
      />
      <ConfirmDialog
        opened={revoked !== null}
        close={() => setRevoked(null)}
        title={text('account.token.revoke-title', { name: revoked?.name ?? '' })}
        confirm={text('account.token.revoke')}
        onConfirm={() =>
          revoked && revoke.mutate({ params: { id: revoked.id } }, { onSuccess: () => setRevoked(null) })
        }
        busy={revoke.isPending}
        danger
      >
        {text('account.token.revoke-body')}
      </ConfirmDialog>
    </Section>
  );
}
