import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

export interface SealRow {
  owner: number;
  sequence: number;
  first: number;
  last: number;
  sealedAt: Date;
  seen: string;
  previous: Buffer;
  hash: Buffer;
}

/** In the order of the chains, so many after that one. */
export async function findSeals(
  tx: Tx,
  after: { owner: number; sequence: number },
  only: number | null,
  limit: number,
): Promise<SealRow[]> {
  const { rows } = await sql<SealRow>`
    select s.owner_id as owner, s.sequence, s.first::float8 as first, s.last::float8 as last, s.sealed_at as "sealedAt", s.seen::text as seen, s.previous, s.hash
    from platform.audit_seals s where (s.owner_id, s.sequence) > (${after.owner}::int, ${after.sequence}::int) and (${only}::int is null or s.owner_id = ${only}::int)
    order by s.owner_id, s.sequence limit ${limit}`.execute(tx.q);
  return rows;
}

/** A link with the entry that it is about, each value as it is sealed; `present` is false when there is none. */
export interface LinkRow {
  owner: number;
  id: string;
  sequence: number;
  digest: Buffer;
  present: boolean;
  erased: boolean;
  /** The erasure's own entry, in the same tenant. */
  erasure: boolean;
  at: Date;
  values: (string | null)[];
}

/** The links of seals that follow one another, whatever chain they are of. */
export async function findLinks(tx: Tx, seals: readonly SealRow[]): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select l.owner_id as owner, l.id, l.sequence::float8 as sequence, l.digest, e.id is not null as present, e.erased_at is not null as erased, e.at,
      e.erased_at is not null and exists (select from platform.audit_entries x
        where x.owner_id = e.owner_id and x.action = 'audit-entry.payload-erased' and x.subject_id = e.id) as erasure,
      array[e.owner_id::text, e.id::text, (extract(epoch from e.at) * 1000000)::bigint::text, e.action, e.subject_kind, e.subject_id::text, e.subject_label,
        e.details::text, e.actor_person_id::text, e.actor_membership_id::text, e.actor_owner_id::text, e.actor_label, e.request_id, e.address, e.transaction::text] as values
    from unnest(${seals.map((one) => one.owner)}::int[], ${seals.map((one) => one.first)}::bigint[], ${seals.map((one) => one.last)}::bigint[]) s (owner, first, last)
    join platform.audit_links l on l.owner_id = s.owner and l.sequence between s.first and s.last
    left join platform.audit_entries e on (e.owner_id, e.id) = (l.owner_id, l.id)
    order by l.owner_id, l.sequence`.execute(tx.q);
  return rows;
}

export interface HeadRow {
  owner: number;
  chain: string;
  seals: number;
  entries: number;
  hash: string;
  sealedAt: Date;
  tenant: { name: string; slug: string } | null;
}

/** Where the chains end. A chain is named by the beginning of its first seal's hash: tenants are not always to be named. */
export async function findHeads(
  tx: Tx,
  wanted: { after?: string | undefined; only?: number | null; limit?: number },
): Promise<HeadRow[]> {
  const named = tx.scope.tenancy !== 'off';
  // The access path (R5.7: for speed, never for safety); the policies decide what there is.
  const reach = tx.scope.reach === 'all' ? sql`true` : sql`h.owner_id = any(${tx.scope.reads.text}::int[])`;
  const { rows } = await sql<HeadRow>`
    select h.owner_id as owner, coalesce(left(encode(f.hash, 'hex'), 16), '') as chain, h.seals, h.entries::float8 as entries, encode(h.hash, 'hex') as hash,
      coalesce(s.sealed_at, 'epoch') as "sealedAt", case when ${named} and t.owner_id is not null then jsonb_build_object('name', t.name, 'slug', t.slug) end as tenant
    from platform.audit_heads h
    left join platform.audit_seals f on f.owner_id = h.owner_id and f.sequence = 1
    left join platform.audit_seals s on s.owner_id = h.owner_id and s.sequence = h.seals
    left join tenancy.tenants t on t.owner_id = h.owner_id
    where ${reach} and (${wanted.only ?? null}::int is null or h.owner_id = ${wanted.only ?? null}::int)
      and (${wanted.after ?? null}::text is null or left(encode(f.hash, 'hex'), 16) > ${wanted.after ?? null})
    order by 2 limit ${wanted.limit ?? null}`.execute(tx.q);
  return rows;
}

/** How many seals were made, and how many there are, at one instant. */
export async function countSeals(tx: Tx): Promise<{ made: number; present: number }> {
  const { rows } = await sql<{ made: number; present: number }>`
    select (select seals from platform.audit_sealing)::float8 as made, (select count(*) from platform.audit_seals)::float8 as present`.execute(
    tx.q,
  );
  return rows[0] as { made: number; present: number };
}

/** Up to where everything is sealed; null in a database that was restored from elsewhere and was not looked through yet. */
export async function findHorizon(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ horizon: string | null }>`
    select case when s.cluster = c.system_identifier then s.horizon::text end as horizon from platform.audit_sealing s, pg_control_system() c`.execute(
    tx.q,
  );
  return rows[0]?.horizon ?? null;
}

export interface UnsealedRow {
  owner: number;
  id: string;
  at: Date;
  action: string;
  subject: string;
  /** It is from before the horizon: it should have been sealed. */
  late: boolean;
}

/** Entries without a link: those that should have one first. */
export async function findUnsealed(
  tx: Tx,
  horizon: string | null,
  only: number | null,
  limit: number,
): Promise<UnsealedRow[]> {
  const { rows } = await sql<UnsealedRow>`
    select e.owner_id as owner, e.id, e.at, e.action, e.subject_label as subject, coalesce(e.transaction < ${horizon}::xid8, false) as late
    from platform.audit_entries e
    where (${only}::int is null or e.owner_id = ${only}::int) and not exists (select from platform.audit_links l where (l.owner_id, l.id) = (e.owner_id, e.id))
    order by late desc, e.at limit ${limit}`.execute(tx.q);
  return rows;
}

export async function countUnsealed(tx: Tx, only: number | null): Promise<{ count: number; since: Date | null }> {
  const { rows } = await sql<{ count: number; since: Date | null }>`
    select count(*)::float8 as count, min(e.at) as since from platform.audit_entries e
    where (${only}::int is null or e.owner_id = ${only}::int) and not exists (select from platform.audit_links l where (l.owner_id, l.id) = (e.owner_id, e.id))`.execute(
    tx.q,
  );
  return rows[0] as { count: number; since: Date | null };
}
