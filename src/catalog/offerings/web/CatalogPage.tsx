import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import { getCatalog } from '../offerings.api.ts';
import css from './CatalogPage.module.css';
import { Offerings, offeringsThatFit } from './Offerings.tsx';

/** Everything that one may ask for. */
export function CatalogPage() {
  const text = useText();
  const said = useSaid();
  const [{ search }, change] = useUrlState({ search: '' });
  const { data, error, refetch } = useQuery(answerOf(getCatalog));
  if (error && !data) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!data) return <WaitingPage />;
  const found = offeringsThatFit(data.categories, search, said);
  return (
    <Page title={text('catalog.title')} lead={text('catalog.lead')}>
      <FilterBar active={search !== ''} clear={() => change({ search: '' })}>
        <SearchFilter label={text('catalog.search')} value={search} change={(value) => change({ search: value })} />
      </FilterBar>
      {!found.length && <EmptyState title={text(search ? 'catalog.none.narrowed' : 'catalog.none')} />}
      {found.map((category) => (
        <section key={category.key} className={css.category} aria-labelledby={`category-${category.key}`}>
          <Title order={2} mb="sm" id={`category-${category.key}`}>
            {said(category.name)}
          </Title>
          <Offerings offerings={category.offerings} />
        </section>
      ))}
    </Page>
  );
}
