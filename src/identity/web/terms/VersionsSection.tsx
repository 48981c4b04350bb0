import { Anchor, Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { languages } from '../../../web/language.ts';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { useText } from '../../../web/text.ts';
import { getTermsVersion, type TermsStatement } from '../../terms/statements.api.ts';

/** What was published, as it was. */
export function VersionsSection({ statement }: { statement: TermsStatement }) {
  const text = useText();
  const [read, setRead] = useState<string | null>(null);
  const list = {
    items: statement.versions,
    pending: false,
    error: null,
    more: false,
    loadingMore: false,
    loadMore: () => {},
    reload: () => {},
  };
  return (
    <Section title={text('terms.versions')} lead={text('terms.versions.lead')}>
      <DataList
        label={text('terms.versions')}
        list={list}
        keyOf={(one) => one.id}
        columns={[
          {
            id: 'number',
            header: text('terms.version'),
            cell: (one) => (
              <Anchor component="button" type="button" onClick={() => setRead(one.id)}>
                {text('terms.version-number', { number: one.number })}
              </Anchor>
            ),
            tight: true,
          },
          { id: 'at', header: text('terms.published-at'), cell: (one) => <Time at={one.publishedAt} /> },
          { id: 'by', header: text('terms.published-by'), cell: (one) => one.publishedBy },
          { id: 'hash', header: text('terms.hash'), cell: (one) => <Code>{one.hash.slice(0, 16)}…</Code> },
        ]}
        empty={<EmptyState title={text('terms.unpublished')}>{text('terms.unpublished.body')}</EmptyState>}
      />
      {read && <VersionDialog id={read} close={() => setRead(null)} />}
    </Section>
  );
}

/** A published text in its languages, with the hash that people consented to. */
export function VersionDialog({ id, close }: { id: string; close: () => void }) {
  const text = useText();
  const { data, error, refetch } = useQuery(answerOf(getTermsVersion, { params: { id } }));
  const title = data
    ? `${data.name} · ${text('terms.version-number', { number: data.number })}`
    : text('terms.version');
  return (
    <FormDialog opened close={close} title={title} size="xl">
      {error && <FailureState error={error} retry={() => void refetch()} />}
      {!data && !error && <WaitingPage />}
      {data &&
        languages
          .filter((language) => data.texts[language].trim())
          .map((language) => (
            <section key={language} aria-label={languageNames[language]}>
              <h3>{languageNames[language]}</h3>
              <Markdown lang={language} top={4}>
                {data.texts[language]}
              </Markdown>
            </section>
          ))}
      {data && (
        <p>
          {text('terms.hash')}: <Code style={{ overflowWrap: 'anywhere' }}>{data.hash}</Code>
        </p>
      )}
    </FormDialog>
  );
}
