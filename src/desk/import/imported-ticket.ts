import Type, { type Static } from 'typebox';

const Name = Type.String({ minLength: 1, maxLength: 255 });
const Instant = Type.String({ format: 'date-time' });
const Level = Type.Union([Type.Literal('high'), Type.Literal('medium'), Type.Literal('low')]);
const Status = Type.Union([
  Type.Literal('new'),
  Type.Literal('in_progress'),
  Type.Literal('on_hold'),
  Type.Literal('resolved'),
  Type.Literal('closed'),
]);

const Change = Type.Object(
  {
    at: Instant,
    /** Who did it, as the source names them; not a person here. */
    by: Type.String({ maxLength: 255 }),
    field: Type.String({ minLength: 1, maxLength: 50 }),
    from: Type.String({ maxLength: 500 }),
    to: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** A ticket of another system, whatever system it was: every reader of files makes these, and one place takes them in. */
export const ImportedTicket = Type.Object(
  {
    /** In the source; importing the same one again changes nothing. */
    sourceId: Type.String({ minLength: 1, maxLength: 100 }),
    /** The tenant's slug. */
    tenant: Type.String({ minLength: 1, maxLength: 63 }),
    type: Type.Union([Type.Literal('incident'), Type.Literal('request')]),
    title: Name,
    description: Type.String({ maxLength: 20_000 }),
    status: Status,
    impact: Level,
    urgency: Level,
    /** Names: what does not exist yet is made; categories and groups as the provider's, the requester as the tenant's. */
    category: Type.Union([Name, Type.Null()]),
    group: Type.Union([Name, Type.Null()]),
    requester: Type.Union([Name, Type.Null()]),
    assignee: Type.Union([Name, Type.Null()]),
    openedAt: Instant,
    resolvedAt: Type.Union([Instant, Type.Null()]),
    closedAt: Type.Union([Instant, Type.Null()]),
    updatedAt: Instant,
    changes: Type.Array(Change, { maxItems: 2000 }),
  },
  { additionalProperties: false },
);
export type ImportedTicket = Static<typeof ImportedTicket>;
export type ImportedChange = Static<typeof Change>;

/** A record of the file that cannot be taken, and why. */
export interface Reject {
  sourceId: string;
  line: number;
  column: string;
  value: string;
  problem: string;
}
