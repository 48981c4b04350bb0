import { hashKey, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { FunctionName } from '../identity/functions.ts';
import { getMe, type Me } from '../identity/sessions/sessions.api.ts';
import { setSiteName } from '../ui/announce.ts';
import { call } from './client.ts';
import { setLocale } from './language.ts';
import { rememberMembership } from './membership.ts';
import { answerOf, queryClient } from './queries.ts';
import { settleTerms } from './terms.ts';

export type Acting = NonNullable<Me['acting']>;

export interface Session {
  me: Me;
  acting: Acting;
  /** Several tenants are readable, and multi-tenancy is visible: only then may anything name one (R10.1). */
  namesTenants: boolean;
  /** What heads the pages: the organization, or the product while there is none to name. */
  title: string;
  may: (name: FunctionName) => boolean;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this part is only for people who are signed in');
  return session;
}

export function useMe() {
  return useQuery({
    ...answerOf(getMe),
    staleTime: 60_000,
    // Before anything below is shown or asked for: what the server words comes in the person's language, too.
    queryFn: async ({ signal }) => {
      const me = await call(getMe, { signal });
      showAs(me);
      return me;
    },
  });
}

export function sessionOf(me: Me, acting: Acting): Session {
  return {
    me,
    acting,
    namesTenants: acting.tenancy !== 'off' && acting.severalTenants,
    title: acting.organization?.name ?? me.installation.productName,
    may: (name) => acting.functions.includes(name),
  };
}

/** Takes over who is signed in, and as what, from an answer: nothing read under another membership stays. */
export function enterSession(me: Me): void {
  rememberMembership(me.acting?.membershipId ?? null);
  settleTerms(false);
  const { queryKey } = answerOf(getMe);
  // What is on the screen watches this very answer, so it is kept, and changed: a new one would be seen by nobody.
  void queryClient.cancelQueries({ queryKey });
  queryClient.removeQueries({ predicate: (query) => query.queryHash !== hashKey(queryKey) });
  queryClient.getMutationCache().clear();
  queryClient.setQueryData(queryKey, me);
  showAs(me);
}

export function showAs(me: Me): void {
  setLocale({ language: me.person.language, timeZone: me.person.timeZone });
  setSiteName(me.acting?.organization?.name ?? me.installation.productName);
}

export function leaveSession(): void {
  settleTerms(false);
  rememberMembership(null);
  queryClient.clear();
}
