import { Alert, Button, Loader, Stack, Table } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { type Finding, type Verification, verifyAudit } from '../../audit/verification.api.ts';
import { actionLabel } from './auditLabels.tsx';

/** R11.1: whether anything was changed, removed or inserted, as far as one reaches. */
export function VerifyButton({ tenant }: { tenant: string | undefined }) {
  const text = useText();
  const [opened, setOpened] = useState(false);
  const verify = useAct(verifyAudit);
  const begin = () => {
    setOpened(true);
    verify.mutate({ body: tenant ? { tenant } : {} }, { onError: () => {} });
  };
  return (
    <>
      <Button variant="default" leftSection={<IconShieldCheck size={18} aria-hidden />} onClick={begin}>
        {text('audit.verify')}
      </Button>
      <FormDialog opened={opened} close={() => setOpened(false)} title={text('audit.verify.title')} size="xl">
        <div aria-live="polite">
          {verify.isPending && (
            <Stack align="center" py="lg">
              <Loader aria-hidden />
              <span>{text('audit.verify.busy')}</span>
            </Stack>
          )}
          {verify.error && <FailureState error={verify.error} retry={begin} />}
          {verify.data && <Result found={verify.data} />}
        </div>
      </FormDialog>
    </>
  );
}

function Result({ found }: { found: Verification }) {
  const text = useText();
  const { namesTenants } = useSession();
  const { intact, entries, chains, unsealed, erased } = found;
  return (
    <Stack>
      <Alert
        color={intact ? 'green' : 'red'}
        icon={intact ? <IconShieldCheck aria-hidden /> : <IconShieldX aria-hidden />}
        title={text(intact ? 'audit.verify.intact' : 'audit.verify.broken')}
      >
        {text('audit.verify.counts', { entries, chains, unsealed })}
        {erased > 0 && ` ${text('audit.verify.erased', { count: erased })}`}
      </Alert>
      {!intact && (
        <Table.ScrollContainer minWidth={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('audit.verify.what')}</Table.Th>
                <Table.Th>{text('audit.verify.where')}</Table.Th>
                <Table.Th>{text('audit.entry')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.findings.map((one, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and never change
                <Table.Tr key={place}>
                  <Table.Td>{text(`audit.finding.${one.kind}`)}</Table.Td>
                  <Table.Td>{whereOf(one, text, namesTenants)}</Table.Td>
                  <Table.Td>{entryOf(one, text)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {found.more && <p>{text('audit.verify.more')}</p>}
    </Stack>
  );
}

function whereOf({ tenant, from, to }: Finding, text: Say, namesTenants: boolean): string {
  const place =
    from === null
      ? ''
      : from === to || to === null
        ? text('audit.verify.place', { from })
        : text('audit.verify.places', { from, to });
  return [namesTenants && tenant?.name, place].filter(Boolean).join(' · ') || '—';
}

function entryOf({ entry }: Finding, text: Say): string {
  if (!entry) return '—';
  return entry.action ? `${actionLabel(entry.action, text)} ${entry.subject}`.trim() : entry.id;
}
