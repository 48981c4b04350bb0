import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { AnswerOf, Endpoint } from '../platform/endpoints.ts';
import type { CallInput } from '../platform/requests.ts';
import type { ListState } from '../ui/DataList.tsx';
import { type BrowserCall, call } from './client.ts';
import { Problem } from './problem.ts';
import { tellFailure } from './refusedActs.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused it would refuse again; only an unreached server is worth another try.
      retry: (count, error) => count < 2 && error instanceof Problem && error.unreached,
    },
  },
});

/** `['tickets', 'GET /tickets/:number', input]`: the first word is what live updates name (`src/web/live.ts`). */
function keyOf<E extends Endpoint>(endpoint: E, input: CallInput<E>) {
  return [topicOf(endpoint), `${endpoint.method} ${endpoint.path}`, input] as const;
}

export function topicOf(endpoint: Endpoint): string {
  return endpoint.path.split('/')[1] ?? '';
}

/** For `useQuery`: what an endpoint answers. */
export function answerOf<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}) {
  return queryOptions({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, { ...input, signal }),
  });
}

interface PageOf<T> {
  items: T[];
  next: string | null;
}

type ItemOf<E> = AnswerOf<E> extends { items: readonly (infer T)[] } ? T : never;

/** A list that answers `{ items, next }`, page by page. */
export function useList<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E> = {},
  options: { enabled?: boolean } = {},
): ListState<ItemOf<E>> & { first: AnswerOf<E> | undefined } {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    initialPageParam: null as string | null,
    enabled: options.enabled,
    // While a filter changes, the list of before stays instead of flashing empty.
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam ? { ...(input.query as object), cursor: pageParam } : input.query;
      return (await call(endpoint, { ...input, query, signal } as BrowserCall<E>)) as unknown as PageOf<ItemOf<E>>;
    },
    getNextPageParam: (page) => page.next,
  });
  return {
    /** The first page as it was answered, with what it says of the whole list. */
    first: query.data?.pages[0] as AnswerOf<E> | undefined,
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    pending: query.isPending && query.fetchStatus !== 'idle',
    error: query.error,
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    reload: () => void query.refetch(),
  };
}

/**
 * A change: afterwards everything of the same topic is asked for again, and of the topics named beside it. What `mutate`
 * fails at is told in a notice; `mutateAsync` throws it, for the form that shows it.
 */
export function useAct<E extends Endpoint>(endpoint: E, alsoChanges: readonly string[] = []) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (input: CallInput<E>) => call(endpoint, input),
    onSuccess: () =>
      Promise.all([topicOf(endpoint), ...alsoChanges].map((topic) => client.invalidateQueries({ queryKey: [topic] }))),
  });
  const mutate: typeof act.mutate = (input, options) => act.mutate(input, { onError: tellFailure, ...options });
  return { ...act, mutate };
}
