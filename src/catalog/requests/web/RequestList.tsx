import type { ReactNode } from 'react';
import type { QueryOf } from '../../../platform/endpoints.ts';
import { DataList } from '../../../ui/DataList.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import { listRequests, type RequestSummary } from '../requests.api.ts';
import css from './RequestList.module.css';
import { RequestPhase } from './requestLabels.tsx';

interface RequestListProps {
  label: string;
  query: QueryOf<typeof listRequests>;
  /** The address of a request is this, then its number. */
  base: string;
  /** Whose they are, where they are not all one's own. */
  whose?: boolean;
  empty: ReactNode;
}

export function RequestList({ label, query, base, whose = false, empty }: RequestListProps) {
  const text = useText();
  const said = useSaid();
  const { namesTenants } = useSession();
  const list = useList(listRequests, { query });
  const named = (request: RequestSummary) => [said(request.offering.name), request.about].filter(Boolean).join(': ');
  return (
    <DataList
      label={label}
      list={list}
      keyOf={(request) => request.id}
      columns={[
        {
          id: 'request',
          header: text('request.one'),
          cell: (request) => (
            <Link to={`${base}/${request.number}`} className={css.titled}>
              <span className={css.number}>{request.number}</span> <span>{named(request)}</span>
            </Link>
          ),
        },
        ...(whose && namesTenants
          ? [{ id: 'tenant', header: text('tenant.one'), cell: (one: RequestSummary) => one.tenant?.name ?? '' }]
          : []),
        ...(whose
          ? [{ id: 'requester', header: text('request.requester'), cell: (one: RequestSummary) => one.requester }]
          : []),
        {
          id: 'phase',
          header: text('request.phase'),
          tight: true,
          cell: ({ phase, stuck }) => <RequestPhase phase={phase} stuck={stuck} />,
        },
        {
          id: 'created',
          header: text('request.created'),
          tight: true,
          cell: ({ createdAt }) => <Time at={createdAt} />,
        },
      ]}
      empty={empty}
    />
  );
}
