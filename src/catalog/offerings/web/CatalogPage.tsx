import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar.tsx';
import { PlainLink } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import type { Text } from '../../catalog.fields.ts';
import { useSaid } from '../../web/said.ts';
import { getCatalog, type OfferingSummary } from '../offerings.api.ts';
import css from './CatalogPage.module.css';
import { OfferingIcon } from './OfferingIcon.tsx';

type Category = AnswerOf<typeof getCatalog>['categories'][number];

/** Everything that one may ask for. */
export function CatalogPage() {
  const text = useText();
  const said = useSaid();
  const [{ search }, change] = useUrlState({ search: '' });
  const { data, error, refetch } = useQuery(answerOf(getCatalog));
  if (error && !data) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  const found = narrowed(data.categories, search, said);
  return (
    <Page title={text('catalog.title')} lead={text('catalog.lead')}>
      <FilterBar active={search !== ''} clear={() => change({ search: '' })}>
        <SearchFilter label={text('catalog.search')} value={search} change={(value) => change({ search: value })} />
      </FilterBar>
      {!found.length && <EmptyState title={text(search ? 'catalog.none.narrowed' : 'catalog.none')} />}
      {found.map((category) => (
        <section key={category.key} className={css.category} aria-labelledby={`category-${category.key}`}>
          <Title order={2} id={`category-${category.key}`}>
            {said(category.name)}
          </Title>
          <ul className={css.offerings}>
            {category.offerings.map((offering) => (
              <OfferingCard key={offering.key} offering={offering} />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}

function OfferingCard({ offering }: { offering: OfferingSummary }) {
  const said = useSaid();
  return (
    <li>
      <PlainLink to={`/catalog/${offering.key}`} className={css.offering}>
        <OfferingIcon name={offering.icon} />
        <span>
          <span className={css.name}>{said(offering.name)}</span>
          <span className={css.summary}>{said(offering.summary)}</span>
        </span>
      </PlainLink>
    </li>
  );
}

/** Found by what it is called and what it is for, with or without accents. */
function narrowed(categories: readonly Category[], search: string, said: (text: Text) => string): Category[] {
  const wanted = folded(search.trim());
  return categories
    .map((category) => ({
      ...category,
      offerings: category.offerings.filter(({ name, summary }) =>
        folded(`${said(name)} ${said(summary)} ${said(category.name)}`).includes(wanted),
      ),
    }))
    .filter(({ offerings }) => offerings.length > 0);
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
