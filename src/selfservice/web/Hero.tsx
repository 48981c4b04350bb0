import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useAnnounced } from '../../ui/announce.ts';
import { SearchFilter } from '../../ui/FilterBar.tsx';
import { currentMembership } from '../../web/membership.ts';
import { answerOf } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { getOrganization } from '../branding/branding.api.ts';
import css from './Hero.module.css';

interface HeroProps {
  search: string;
  change: (search: string) => void;
}

/** Whose place this is, and the question that it asks. */
export function Hero({ search, change }: HeroProps) {
  const text = useText();
  const { acting, title } = useSession();
  const greeting = text('home.hello', { name: acting.displayName });
  const heading = useAnnounced(greeting);
  return (
    <div className={css.hero}>
      <svg aria-hidden className={css.rings} viewBox="0 0 600 300" preserveAspectRatio="xMaxYMid slice">
        {[60, 120, 180, 240, 300, 360, 420].map((radius) => (
          <circle key={radius} cx="520" cy="260" r={radius} />
        ))}
      </svg>
      <div className={css.inner}>
        <p className={css.organization}>
          <OrganizationLogo />
          {title}
        </p>
        <Title order={1} ref={heading} tabIndex={-1} className={css.greeting}>
          {greeting}
        </Title>
        <p className={css.question}>{text('home.question')}</p>
        <search className={css.search}>
          <SearchFilter label={text('home.search')} value={search} change={change} />
        </search>
      </div>
    </div>
  );
}

/** The picture, where the organization has given one; its name stands beside it anyway. */
function OrganizationLogo() {
  const { data } = useQuery({ ...answerOf(getOrganization), staleTime: 60_000 });
  if (!data?.logo) return null;
  const address = new URLSearchParams({ version: data.logo, membership: currentMembership() ?? '' });
  return <img className={css.logo} src={`/api/v1/organization/logo?${address}`} alt="" />;
}
