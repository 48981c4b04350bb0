import type { Database } from '../../platform/database.ts';
import type { Origin, Principal, Tx } from '../../platform/units.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import { Chain, type Found } from './chain.ts';
import type { Finding, Head, NotedHead, Verification } from './verification.api.ts';
import * as queries from './verification.queries.ts';

interface Verifying {
  db: Database;
  principal: Principal;
  origin: Origin;
  tenant?: string | undefined;
  heads?: NotedHead[] | undefined;
}

const mostFindings = 500;
const sealsAtOnce = 500;
const entriesAtOnce = 5000;

/**
 * R11.1: looks at every seal, link and entry in reach, in short units of work, and computes again what the database says of
 * them. @throws Refusal `tenant-unknown`.
 */
export async function verifyAudit(verifying: Verifying): Promise<Verification> {
  const { db, principal, origin, tenant } = verifying;
  const within = <T>(work: (tx: Tx) => Promise<T>) => db.as(principal, work, { access: 'audit.read', origin });
  const begin = await within(async (tx) => {
    const only = tenant === undefined ? null : await namedOwner(tx, tenant);
    const subject = { kind: 'audit', id: null, label: tenant ?? '', owner: tx.scope.ownerId };
    await tx.record('audit.verified', subject);
    // First how far it is sealed, then what there is: what is sealed meanwhile must not seem to be missing.
    const horizon = await queries.findHorizon(tx);
    return { only, horizon, heads: await queries.findHeads(tx, { only }), whole: tx.scope.reach === 'all' && !only };
  });
  const chains = await followChains(within, begin.only);
  const found = [...chains.values()].flatMap((chain) => chain.found);
  found.push(...brokenHeads(begin.heads, chains));
  const names = new Map(begin.heads.map((head) => [head.owner, head.tenant]));
  const { seals, late, unsealed } = await within(async (tx) => ({
    seals: begin.whole ? await queries.countSeals(tx) : null,
    late: (await queries.findUnsealed(tx, begin.horizon, begin.only, mostFindings)).filter((row) => row.late),
    unsealed: await queries.countUnsealed(tx, begin.only),
  }));
  for (const { owner, id, at, action, subject } of late)
    found.push({ kind: 'inserted', owner, entry: { id, at: at.toISOString(), action, subject }, from: null, to: null });
  if (seals && seals.present < seals.made && !found.some(({ kind }) => kind === 'seal-removed' || kind === 'head'))
    found.push({ kind: 'seal-removed', owner: 0, entry: null, from: null, to: null });
  const byName = new Map([...chains.values()].map((chain) => [chain.name, chain]));
  const noted = (verifying.heads ?? []).map((head) => ({ head, chain: byName.get(head.chain) }));
  for (const { head, chain } of noted)
    if (!chain?.endsAt(head)) found.push({ kind: 'head', owner: chain?.owner ?? 0, entry: null, from: null, to: null });
  const all = [...chains.values()];
  const sum = (of: (chain: Chain) => number) => all.reduce((total, chain) => total + of(chain), 0);
  return {
    intact: found.length === 0,
    chains: all.length,
    seals: sum((chain) => chain.seals),
    entries: sum((chain) => chain.entries),
    erased: sum((chain) => chain.erased),
    unsealed: unsealed.count - late.length,
    unsealedSince: unsealed.since?.toISOString() ?? null,
    confirmed: noted.filter(({ head, chain }) => chain?.endsAt(head)).length,
    findings: found.slice(0, mostFindings).map((one) => shown(one, names)),
    more: found.length > mostFindings,
  };
}

type Within = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

async function followChains(within: Within, only: number | null): Promise<Map<number, Chain>> {
  const chains = new Map<number, Chain>();
  let after = { owner: 0, sequence: 0 };
  for (;;) {
    const seals = await within((tx) => queries.findSeals(tx, after, only, sealsAtOnce));
    for (const part of parts(seals)) {
      const links = Map.groupBy(await within((tx) => queries.findLinks(tx, part)), sealIn(part));
      for (const seal of part) {
        const chain = chains.get(seal.owner) ?? new Chain(seal.owner);
        chains.set(seal.owner, chain);
        chain.follow(seal, links.get(seal) ?? []);
      }
    }
    const last = seals.at(-1);
    if (!last || seals.length < sealsAtOnce) return chains;
    after = last;
  }
}

/** So many seals as hold few enough entries to be looked at together. */
function* parts(seals: readonly queries.SealRow[]): Generator<queries.SealRow[]> {
  let part: queries.SealRow[] = [];
  let entries = 0;
  for (const seal of seals) {
    part.push(seal);
    entries += seal.last - seal.first + 1;
    if (entries < entriesAtOnce) continue;
    yield part;
    part = [];
    entries = 0;
  }
  if (part.length) yield part;
}

/** Rows come in the order of the seals. */
function sealIn(seals: readonly queries.SealRow[]): (link: queries.LinkRow) => queries.SealRow | undefined {
  let place = 0;
  return (link) => {
    const covers = (seal: queries.SealRow | undefined) =>
      seal?.owner === link.owner && seal.first <= link.sequence && link.sequence <= seal.last;
    while (place < seals.length && !covers(seals[place])) place++;
    return seals[place];
  };
}

function brokenHeads(heads: readonly queries.HeadRow[], chains: ReadonlyMap<number, Chain>): Found[] {
  return heads
    .filter((head) => !chains.get(head.owner)?.endsAt(head))
    .map(({ owner, entries }) => ({ kind: 'head', owner, entry: null, from: null, to: entries }));
}

function shown({ owner, ...finding }: Found, names: ReadonlyMap<number, Finding['tenant']>): Finding {
  return { ...finding, tenant: names.get(owner) ?? null };
}

/** R11.1: where the chains end; noted outside the database, they show whether somebody has written a chain anew. */
export async function headsOf(
  tx: Tx,
  wanted: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: Head[]; next: string | null }> {
  const limit = wanted.limit ?? 1000;
  const rows = await queries.findHeads(tx, { after: wanted.cursor, limit: limit + 1 });
  const items = rows.slice(0, limit).map(({ chain, tenant, seals, entries, hash, sealedAt }) => {
    return { chain, tenant, seals, entries, hash, sealedAt: sealedAt.toISOString() };
  });
  return { items, next: rows.length > limit ? (items.at(-1)?.chain ?? null) : null };
}
