import { SegmentedControl, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import type { FormValues, RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { Markdown } from '../../../ui/Markdown.tsx';
import { type Language, languages } from '../../../web/language.ts';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { useText } from '../../../web/text.ts';
import css from './DraftFields.module.css';

type Drafts = FormValues & { en: string; es: string };

/** The text in both languages beside each other, as it is written or as people will read it. */
export function DraftFields<V extends Drafts>({ form }: { form: RecordFormState<V> }) {
  const text = useText();
  const [shown, show] = useState<'write' | 'preview'>('write');
  const label = useId();
  return (
    <section aria-labelledby={label}>
      <div className={css.header}>
        <div>
          <div id={label} className={css.title}>
            {text('terms.texts')}
          </div>
          <p className={css.hint}>{text('terms.texts.hint')}</p>
        </div>
        <SegmentedControl
          aria-label={text('terms.show-as')}
          value={shown}
          onChange={(value) => show(value as 'write' | 'preview')}
          data={[
            { value: 'write', label: text('terms.write') },
            { value: 'preview', label: text('terms.preview') },
          ]}
        />
      </div>
      <div className={css.beside}>
        {languages.map((language) =>
          shown === 'write' ? (
            <Draft key={language} form={form} language={language} />
          ) : (
            <Preview key={language} language={language} words={form.values[language]} />
          ),
        )}
      </div>
    </section>
  );
}

function Draft<V extends Drafts>({ form, language }: { form: RecordFormState<V>; language: Language }) {
  return (
    <Textarea
      label={languageNames[language]}
      name={language}
      lang={language}
      autosize
      minRows={14}
      maxRows={30}
      maxLength={200_000}
      error={form.errors[language]}
      value={form.values[language]}
      classNames={{ input: css.input }}
      onChange={(event) => form.set(language, event.currentTarget.value as V[Language])}
    />
  );
}

function Preview({ language, words }: { language: Language; words: string }) {
  const text = useText();
  return (
    <section aria-label={text('terms.preview-of', { language: languageNames[language] })}>
      <div className={css.label}>{languageNames[language]}</div>
      <div className={css.preview}>
        {words.trim() ? (
          <Markdown lang={language}>{words}</Markdown>
        ) : (
          <p className={css.hint}>{text('terms.no-text')}</p>
        )}
      </div>
    </section>
  );
}
