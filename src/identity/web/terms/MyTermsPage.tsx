import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Time } from '../../../ui/Time.tsx';
import { type Language, useLocale } from '../../../web/language.ts';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { getMyTerms } from '../../terms/acceptance.api.ts';

/** What holds for whoever reads it, and since when they have accepted it; where a refused program's link leads (R8.6). */
export function MyTermsPage() {
  const text = useText();
  const { language } = useLocale();
  const { data, error, refetch } = useQuery(answerOf(getMyTerms));
  if (error) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  const { terms } = data;
  if (!terms) {
    return (
      <Page title={text('terms.title')} narrow>
        <EmptyState title={text('terms.nothing-asked')} />
      </Page>
    );
  }
  const other: Language = language === 'en' ? 'es' : 'en';
  const read = terms.texts[language].trim() ? language : other;
  return (
    <Page
      title={terms.name}
      narrow
      lead={
        terms.acceptedAt && (
          <>
            {text('terms.accepted-at', { number: terms.number })} <Time at={terms.acceptedAt} />
          </>
        )
      }
    >
      <Markdown lang={read}>{terms.texts[read]}</Markdown>
    </Page>
  );
}
