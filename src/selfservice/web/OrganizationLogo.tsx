import { useQuery } from '@tanstack/react-query';
import { Logo } from '../../ui/Mark.tsx';
import { answerOf } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { getOrganization } from '../branding/branding.api.ts';

/** The organization's own logo, which replaces the product's (R10.1); its initial in a seal while there is none. */
export function OrganizationLogo() {
  const { title, acting } = useSession();
  const { data } = useQuery({ ...answerOf(getOrganization), staleTime: 300_000 });
  return <Logo name={title} src={data?.logo ? logoAddress(acting.membershipId, data.logo) : null} />;
}

/** A picture cannot send headers: the address says under which membership it is asked for, and which picture it is. */
function logoAddress(membership: string, version: string): string {
  return `/api/v1/organization/logo?${new URLSearchParams({ membership, version })}`;
}
