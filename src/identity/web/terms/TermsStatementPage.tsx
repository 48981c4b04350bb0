import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { LongTextField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { answerOf, queryClient, useAct } from '../../../web/queries.ts';
import { tellFailure } from '../../../web/refusedActs.ts';
import { useSession } from '../../../web/session.tsx';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { useVersionedForm } from '../../../web/useVersionedForm.ts';
import {
  deactivateTermsStatement,
  getTermsStatement,
  publishTerms,
  reactivateTermsStatement,
  type TermsStatement,
  updateTermsStatement,
} from '../../terms/statements.api.ts';
import { StatusOf } from '../StatusOf.tsx';
import { DraftFields } from './DraftFields.tsx';
import { PublishedState } from './PublishedState.tsx';
import { VersionsSection } from './VersionsSection.tsx';

/** A statement: what is being written, what has been published, and who is asked for it (R8.1). */
export function TermsStatementPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: statement, error, refetch } = useQuery(answerOf(getTermsStatement, { params: { id } }));
  const [saved, setSaved] = useState(0);
  if (error && !statement) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!statement) return <WaitingPage />;
  // Begins anew once it is saved, and not when somebody else changes it meanwhile: nothing that is being written is lost.
  return <Statement key={`${id} ${saved}`} statement={statement} done={() => setSaved(saved + 1)} />;
}

function Statement({ statement, done }: { statement: TermsStatement; done: () => void }) {
  const text = useText();
  const { form, changedMeanwhile } = useDraft(statement, done);
  const present = changedMeanwhile('en') || changedMeanwhile('es') || changedMeanwhile('name');
  return (
    <Page
      title={statement.name}
      lead={statement.description || undefined}
      badge={
        <Group gap="xs">
          <StatusOf status={statement.status} />
          <PublishedState statement={statement} />
        </Group>
      }
      actions={
        <>
          <WhyButton
            record={`terms-statement:${statement.id}`}
            acts={['change', 'publish', 'deactivate', 'reactivate']}
          />
          <StatusButton statement={statement} />
          {statement.can.update && <PublishButton statement={statement} unsaved={form.dirty} />}
        </>
      }
      back={<Link to="/administration/terms">{text('terms.title')}</Link>}
    >
      {statement.can.update && (
        <Section title={text('terms.draft')} lead={text('terms.draft.lead')}>
          {present && form.dirty && (
            <Alert color="amber" mb="md" icon={<IconAlertTriangle aria-hidden />}>
              {text('terms.changed-meanwhile')}
            </Alert>
          )}
          <RecordForm form={form}>
            <TextField form={form} name="name" label={text('terms.name')} hint={text('terms.name.hint')} />
            <LongTextField form={form} name="description" label={text('record.description')} />
            <DraftFields form={form} />
          </RecordForm>
        </Section>
      )}
      <TenantsSection statement={statement} />
      <VersionsSection statement={statement} />
    </Page>
  );
}

function useDraft(statement: TermsStatement, done: () => void) {
  const text = useText();
  const update = useAct(updateTermsStatement);
  const { id, version, name, description, drafts } = statement;
  const params = { id };
  return useVersionedForm({
    record: { version, values: { name, description, ...drafts } },
    schema: { ...updateTermsStatement.body, required: ['name'] },
    save: async ({ en, es, ...changed }, of) => {
      const texts = en === undefined && es === undefined ? {} : { drafts: { ...drafts, ...only({ en, es }) } };
      await update.mutateAsync({ params, version: of, body: { ...changed, ...texts } });
      showToast(text('record.saved'));
    },
    reload: async () =>
      (await queryClient.fetchQuery({ ...answerOf(getTermsStatement, { params }), staleTime: 0 })).version,
    stale: text('terms.stale'),
    done,
  });
}

function only(texts: { en?: string; es?: string }): { en?: string; es?: string } {
  return Object.fromEntries(Object.entries(texts).filter(([, words]) => words !== undefined));
}

/** What it will mean is said before: from then on people are asked. */
function PublishButton({ statement, unsaved }: { statement: TermsStatement; unsaved: boolean }) {
  const text = useText();
  const { namesTenants } = useSession();
  const [asking, ask] = useState(false);
  const publish = useAct(publishTerms, ['tenants', 'me']);
  const { id, version, published, can, tenants } = statement;
  const perform = () =>
    publish.mutate(
      { params: { id }, version },
      {
        onSuccess: () => showToast(text('terms.published', { number: published + 1 })),
        onError: tellFailure,
        onSettled: () => ask(false),
      },
    );
  return (
    <>
      <Button
        disabled={!can.publish || unsaved}
        title={unsaved ? text('terms.save-first') : undefined}
        onClick={() => ask(true)}
      >
        {text('terms.publish')}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => ask(false)}
        title={text('terms.publish-title', { number: published + 1 })}
        confirm={text('terms.publish')}
        onConfirm={perform}
        busy={publish.isPending}
      >
        {text(namesTenants ? 'terms.publish-named' : 'terms.publish-body', { count: tenants.length })}
      </ConfirmDialog>
    </>
  );
}

function StatusButton({ statement }: { statement: TermsStatement }) {
  const text = useText();
  const { namesTenants } = useSession();
  const [asking, ask] = useState(false);
  const deactivate = useAct(deactivateTermsStatement, ['tenants']);
  const reactivate = useAct(reactivateTermsStatement, ['tenants', 'me']);
  const { id, version, can, tenants } = statement;
  const call = { params: { id }, version };
  if (can.reactivate) {
    return (
      <Button variant="default" loading={reactivate.isPending} onClick={() => reactivate.mutate(call)}>
        {text('record.reactivate')}
      </Button>
    );
  }
  if (!can.deactivate) return null;
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {text('record.deactivate')}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => ask(false)}
        title={text('terms.deactivate-title')}
        confirm={text('record.deactivate')}
        onConfirm={() => deactivate.mutate(call, { onError: tellFailure, onSettled: () => ask(false) })}
        busy={deactivate.isPending}
        danger
      >
        {text(namesTenants ? 'terms.deactivate-named' : 'terms.deactivate-body', { count: tenants.length })}
      </ConfirmDialog>
    </>
  );
}

/** Which tenants name it; those that inherit it from them are not listed. */
function TenantsSection({ statement }: { statement: TermsStatement }) {
  const text = useText();
  const { namesTenants, may } = useSession();
  if (!namesTenants) return null;
  const { tenants } = statement;
  return (
    <Section title={text('terms.tenants')} lead={text('terms.tenants.lead')}>
      {tenants.length === 0 && <p>{text('terms.tenants.none')}</p>}
      <ul>
        {tenants.map(({ slug, name }) => (
          <li key={slug}>{may('tenant.read') ? <Link to={`/administration/tenants/${slug}`}>{name}</Link> : name}</li>
        ))}
      </ul>
    </Section>
  );
}
