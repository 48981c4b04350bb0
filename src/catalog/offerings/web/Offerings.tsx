import type { AnswerOf } from '../../../platform/endpoints.ts';
import { PlainLink } from '../../../ui/Link.tsx';
import type { Text } from '../../catalog.fields.ts';
import { useSaid } from '../../web/said.ts';
import type { getCatalog, OfferingSummary } from '../offerings.api.ts';
import { OfferingIcon } from './OfferingIcon.tsx';
import css from './Offerings.module.css';

type Category = AnswerOf<typeof getCatalog>['categories'][number];

/** Services as cards that lead to their forms. */
export function Offerings({ offerings }: { offerings: readonly OfferingSummary[] }) {
  const said = useSaid();
  return (
    <ul className={css.offerings}>
      {offerings.map(({ key, icon, name, summary }) => (
        <li key={key}>
          <PlainLink to={`/catalog/${key}`} className={css.offering}>
            <OfferingIcon name={icon} />
            <span>
              <span className={css.name}>{said(name)}</span>
              <span className={css.summary}>{said(summary)}</span>
            </span>
          </PlainLink>
        </li>
      ))}
    </ul>
  );
}

/** Found by what it is called and what it is for, with or without accents. */
export function offeringsThatFit(
  categories: readonly Category[],
  search: string,
  said: (text: Text) => string,
): Category[] {
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
