import { type RawBuilder, sql } from 'kysely';
import type { List, ListOrder } from '../../platform/lists.ts';
import type { Scope } from '../../platform/scope.ts';
import type { Tx } from '../../platform/units.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import type { Ticket, TicketFilters } from './tickets.api.ts';
import { priorities } from './tickets.priority.ts';

/** Each has its indexes, for one owner and for all (migration 0040). */
const orders = {
  newest: {
    name: 'newest',
    columns: [
      ['opened_at', 'timestamptz'],
      ['id', 'uuid'],
    ],
    descending: true,
    since: (before, records) => sql`desk.tickets_since(${before ?? sql`null`}, ${sql.lit(records)})`,
  },
  oldest: {
    name: 'oldest',
    columns: [
      ['opened_at', 'timestamptz'],
      ['id', 'uuid'],
    ],
    descending: false,
  },
  updated: {
    name: 'updated',
    columns: [
      ['updated_at', 'timestamptz'],
      ['id', 'uuid'],
    ],
    descending: true,
  },
  priority: {
    name: 'priority',
    columns: [
      ['priority', 'int'],
      ['opened_at', 'timestamptz'],
      ['id', 'uuid'],
    ],
    descending: false,
  },
  number: {
    name: 'number',
    columns: [
      ['number_order', 'text'],
      ['id', 'uuid'],
    ],
    descending: false,
  },
} satisfies Record<string, ListOrder>;

/** `mostFound`: a search looks at so many tickets, the newest in which the words occur; by default one more than are counted. */
export async function ticketList(tx: Tx, filters: TicketFilters, mostFound = 1001): Promise<List> {
  const owners = filters.tenant === undefined ? undefined : [await namedOwner(tx, filters.tenant)];
  return {
    table: 'desk.tickets',
    class: 'required',
    conditions: conditionsOf(tx.scope, filters),
    order: orders[filters.sort ?? 'newest'],
    owners,
    ...(filters.text
      ? { candidates: foundBy(filters.text, mostFound, owners), mostCandidates: mostFound }
      : fewOf(tx.scope, filters)),
  };
}

function conditionsOf(scope: Scope, filters: TicketFilters): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (filters.status?.length) conditions.push(...statusConditions(filters.status));
  if (filters.type) conditions.push(sql`t.type = ${filters.type}`);
  if (filters.priority?.length) conditions.push(priorityCondition(filters.priority));
  for (const field of ['category', 'location', 'assignee', 'group'] as const) {
    const wanted = filters[field];
    const column = sql.ref(`t.${field}_id`);
    if (wanted) conditions.push(wanted === 'none' ? sql`${column} is null` : sql`${column} = ${wanted}::uuid`);
  }
  if (filters.requester) conditions.push(sql`t.requester_id = ${filters.requester}::uuid`);
  if (filters.mine === 'assigned' && filters.text) conditions.push(sql`t.assignee_id = ${scope.contactId}::uuid`);
  if (filters.mine === 'groups') conditions.push(sql`t.group_id = any(${scope.groups}::uuid[])`);
  if (filters.openedFrom) conditions.push(sql`t.opened_at >= ${filters.openedFrom}::timestamptz`);
  if (filters.openedBefore) conditions.push(sql`t.opened_at < ${filters.openedBefore}::timestamptz`);
  // Candidates of a search are those; whose the tickets are is then a condition like others.
  if (filters.text && filters.mine === 'requested')
    conditions.push(sql`${scope.contactId}::uuid in (t.requester_id, t.affected_id)`);
  if (filters.text && filters.mine === 'watched') conditions.push(sql`t.id in (select desk.watched())`);
  return conditions;
}

/** In the words of the indexes of migration 0040: one status, and what is open. */
function statusConditions(wanted: Ticket['status'][]): RawBuilder<unknown>[] {
  if (wanted.length === 1) return [sql`t.status = ${wanted[0]}`];
  const open = wanted.every((status) => ['new', 'in_progress', 'on_hold'].includes(status));
  return [sql`t.status = any(${wanted})`, ...(open ? [sql`t.status in ('new', 'in_progress', 'on_hold')`] : [])];
}

/**
 * As numbers in the text: there are four, and how rare the critical ones are is known to PostgreSQL, which has one plan for whatever is not in the
 * text (docs/database.md 9.8).
 */
function priorityCondition(wanted: Ticket['priority'][]): RawBuilder<unknown> {
  // In one order and each once: else every way to say the same would be a statement of its own.
  const numbers = [...new Set(wanted.map((name) => priorities.indexOf(name) + 1))].sort().map((one) => sql.lit(one));
  return numbers.length === 1 ? sql`t.priority = ${numbers[0]}` : sql`t.priority in (${sql.join(numbers)})`;
}

/**
 * What is assigned to somebody can be thousands after years. By time it is read in order; of one tenant, and in other orders, it is
 * found first like all that is theirs.
 */
function fewOf(scope: Scope, filters: TicketFilters): Pick<List, 'candidates' | 'narrow'> {
  const byTime = !filters.sort || filters.sort === 'newest' || filters.sort === 'oldest';
  if (filters.mine !== 'assigned' || !byTime || scope.reach === 'one')
    return { candidates: candidatesOf(scope, filters) };
  return {
    narrow: [sql`t.assignee_owner_id = ${scope.ownerId}::int`, sql`t.assignee_id = ${scope.contactId}::uuid`],
  };
}

/** Where few can match, they are found first: the few tickets that are somebody's own (R5.9). */
function candidatesOf(scope: Scope, filters: TicketFilters): RawBuilder<unknown> | undefined {
  const mine = (...fields: string[]) =>
    sql.join(
      fields.map(
        (field) =>
          sql`select owner_id, id from desk.tickets where ${sql.ref(`${field}_owner_id`)} = ${scope.ownerId} and ${sql.ref(`${field}_id`)} = ${scope.contactId}::uuid`,
      ),
      sql` union `,
    );
  const watched = sql`select owner_id, ticket_id as id from desk.watchers where contact_owner_id = ${scope.ownerId} and contact_id = ${scope.contactId}::uuid`;
  if (filters.mine === 'requested') return mine('requester', 'affected');
  if (filters.mine === 'watched') return watched;
  if (filters.mine === 'assigned') return mine('assignee');
  return scope.scopeTicket === 'own' ? sql`${mine('requester', 'affected')} union ${watched}` : undefined;
}

/** @param owners the tenants that are asked for: of a quiet one among many, the newest of all would be others'. */
function foundBy(text: string, mostFound: number, owners: readonly number[] | undefined): RawBuilder<unknown> {
  const tenants = owners ? sql`${[...owners]}::int[]` : sql`null`;
  const found = sql`select owner_id, ticket_id as id from desk.search_tickets(${text}, ${mostFound}, ${tenants})`;
  // The newest thousand in which a number like “Windows-10” occurs must not hide the ticket of that number.
  if (!/^\s*[a-z0-9]{2,8}-[1-9][0-9]{0,8}\s*$/i.test(text)) return found;
  return sql`select owner_id, id from desk.tickets where number = ${text.trim().toUpperCase()} union ${found}`;
}
