import { createHash } from 'node:crypto';
import type { Finding } from './verification.api.ts';
import type { HeadRow, LinkRow, SealRow } from './verification.queries.ts';

/** What was found, of whom; the caller puts in the tenant's name. */
export type Found = Omit<Finding, 'tenant'> & { owner: number };

/** An instant may lie so far before the seal that its transaction came after: clocks are set. */
const clockTolerance = 5 * 60_000;

/** One tenant's chain while it is looked at, seal after seal (R11.1). Computes everything itself, from what the rows hold. */
export class Chain {
  readonly owner: number;
  readonly found: Found[] = [];
  entries = 0;
  erased = 0;
  seals = 0;
  readonly #hashes = new Map<number, string>();
  #before: SealRow | null = null;

  constructor(owner: number) {
    this.owner = owner;
  }

  follow(seal: SealRow, links: readonly LinkRow[]): void {
    const before = this.#before;
    this.seals++;
    this.#hashes.set(seal.sequence, seal.hash.toString('hex'));
    const expected = { sequence: (before?.sequence ?? 0) + 1, first: (before?.last ?? 0) + 1 };
    if (seal.sequence !== expected.sequence) this.#note('seal-removed', null, expected.first, seal.first - 1);
    else if (seal.first !== expected.first || !seal.previous.equals(before?.hash ?? sha256('')))
      this.#note('seal-changed', null, seal.first, seal.last);
    for (const link of links) this.#followEntry(link);
    if (!this.#holds(seal, links)) this.#explain(seal, links);
    this.#before = seal;
  }

  /** The chain goes at least as far as the head says, or as a head that was noted earlier: with the same hash there. */
  endsAt({ seals, hash }: Pick<HeadRow, 'seals' | 'hash'>): boolean {
    return this.#hashes.get(seals) === hash;
  }

  get name(): string {
    return this.#hashes.get(1)?.slice(0, 16) ?? '';
  }

  #followEntry(link: LinkRow): void {
    this.entries++;
    if (link.present && link.erased) this.erased++;
    const fault = faultOf(link, this.#before);
    if (fault) this.#note(fault, link.present ? entryOf(link) : { ...nothing, id: link.id }, link.sequence);
  }

  #holds(seal: SealRow, links: readonly LinkRow[]): boolean {
    if (links.length !== seal.last - seal.first + 1) return false;
    const facts = [seal.owner, seal.sequence, seal.first, seal.last, seal.sealedAt.getTime(), seal.seen].join(':');
    const content = links.flatMap(({ id, digest }) => [Buffer.from(id.replaceAll('-', ''), 'hex'), digest]);
    return sha256(Buffer.concat([seal.previous, Buffer.from(facts), ...content])).equals(seal.hash);
  }

  /** Entries are sealed in the order of their transactions; if that order holds, only places were exchanged. */
  #explain(seal: SealRow, links: readonly LinkRow[]): void {
    const sorted = links.toSorted(bySealing);
    if (!this.#holds(seal, sorted)) {
      this.#note('seal-changed', null, seal.first, seal.last);
      return;
    }
    for (const [place, link] of links.entries())
      if (sorted[place] !== link) this.#note('reordered', link.present ? entryOf(link) : null, link.sequence);
  }

  #note(kind: Finding['kind'], entry: Finding['entry'], from: number | null, to: number | null = from): void {
    this.found.push({ kind, owner: this.owner, entry, from, to });
  }
}

function faultOf(link: LinkRow, before: SealRow | null): Finding['kind'] | null {
  if (!link.present) return 'removed';
  if (link.erased) return link.erasure ? null : 'erased';
  if (!link.digest.equals(sha256(sealedText(link.values)))) return 'changed';
  if (!before) return null;
  const later = BigInt(link.values.at(-1) ?? 0) >= BigInt(before.seen);
  return later && link.at.getTime() < before.sealedAt.getTime() - clockTolerance ? 'backdated' : null;
}

const nothing = { id: '', at: '', action: '', subject: '' };

function entryOf(link: LinkRow): Finding['entry'] {
  const [, id, , action, , , subject] = link.values;
  return { id: id ?? link.id, at: link.at.toISOString(), action: action ?? '', subject: subject ?? '' };
}

function bySealing(a: LinkRow, b: LinkRow): number {
  const [one, other] = [BigInt(a.values.at(-1) ?? 0), BigInt(b.values.at(-1) ?? 0)];
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Each value with its length in bytes, as platform.payload_digest writes it. */
function sealedText(values: readonly (string | null)[]): string {
  return values.map((value) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)).join('');
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}
