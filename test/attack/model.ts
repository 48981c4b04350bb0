// Who sees and may change what, from docs/rules/tenancy.md alone: plain TypeScript, no SQL, nothing of src/. What it says and what
// the product answers are compared, a probe at a time. Tenants are named by their slug; `public` owns what is for all.

export const reaches = ['all', 'tenant', 'group', 'own', 'subtenants', 'supertenants', 'related'] as const;
export type Reach = (typeof reaches)[number];
export type Scope = 'own' | 'groups' | 'all';
export type Verdict = { status: number; type: string } | null;

export type Terms = 'inherit' | 'none' | Choice;
export type Tenant = { slug: string; name: string; parent: string | null; status: 'active' | 'inactive'; terms: Terms };
type Reached = Record<'reads' | 'writes', Set<string>>;
export type TenantGroup = { id: string; members: Set<string>; active: boolean };
export interface Role {
  id: string;
  owner: string;
  stock: string | null;
  active: boolean;
  functions: readonly string[];
  read: Reach;
  readName: string | null;
  write: Reach | 'same' | 'none';
  writeName: string | null;
  scopeTicket: Scope;
  scopeRequest: Scope;
  beyond: boolean;
}
export type Contact = { id: string; owner: string; person: string; home: string; active: boolean };
export type Membership = { id: string; contact: Contact; role: Role; ended: boolean; beyond: boolean };
export type Choice = { kind: string; id: string; owner: string; active: boolean };
type People = Record<'requester' | 'affected' | 'assignee', Contact | null>;
type Things = Record<'group' | 'category' | 'location', Choice | null>;
type Said = { watchers: Set<Contact>; said: { text: string; internal: boolean }[] };
export type Ticket = { number: string; owner: string; title: string; status: string } & People & Things & Said;
export type Request = { number: string; owner: string; requester: Contact; draft: boolean };

export const absent: Verdict = { status: 404, type: 'not-found' };
export const readOnly: Verdict = { status: 403, type: 'read-only' };
export const notAllowed: Verdict = { status: 403, type: 'not-allowed' };
export const unknownReference: Verdict = { status: 422, type: 'reference-unknown' };
export const unknownTenant: Verdict = { status: 422, type: 'tenant-unknown' };
const wider: Verdict = { status: 403, type: 'role.wider-than-yours' };

const common = (a: Set<string>, b: Set<string>) => new Set([...a].filter((one) => b.has(one)));
const writesWhole = (role: Role) => role.read === 'all' && ['all', 'same'].includes(role.write);
const isInside = (a: Set<string>, b: Set<string>) => [...a].every((one) => b.has(one));

export class Model {
  state: 'off' | 'setup' | 'on' = 'on';
  provider = '';
  readonly tenants = new Map<string, Tenant>();
  readonly tenantGroups = new Map<string, TenantGroup>();
  readonly roles = new Map<string, Role>();
  readonly contacts = new Map<string, Contact>();
  readonly memberships = new Map<string, Membership>();
  readonly choices = new Map<string, Choice>();
  readonly groupMembers = new Map<Choice, Set<Contact>>();
  readonly queues = new Map<string, Choice>();
  readonly tickets = new Map<string, Ticket>();
  readonly requests = new Map<string, Request>();
  /** Personal (R6.1): of one membership alone. */
  readonly tokens = new Map<string, Membership>();
  /** R8: the newest version of each statement, and who has accepted which one for which tenant. */
  readonly published = new Map<Choice, string>();
  readonly accepted = new Set<string>();

  /** The line: the tenant, its parent, grandparent and so on. */
  line(slug: string): string[] {
    const line: string[] = [];
    for (let at: string | null = slug; at !== null; at = this.tenants.get(at)?.parent ?? null) line.push(at);
    return line;
  }

  /** What is for all is above nobody and below nobody: only itself. */
  below = (slug: string): string[] =>
    slug === 'public' ? [slug] : [...this.tenants.keys()].filter((other) => this.line(other).includes(slug));

  /** R5.2: the set of tenants that a reach means for somebody of a tenant. */
  private reachOf(reach: Reach, own: string, name: string | null, whenActive = false): Set<string> {
    if (reach === 'all') return new Set(this.tenants.keys());
    if (reach === 'tenant' || reach === 'own') return new Set([reach === 'own' ? own : (name as string)]);
    const group = this.tenantGroups.get(name ?? '');
    if (reach === 'group') return new Set(group?.active || whenActive ? group?.members : []);
    const [up, down] = [this.line(own), this.below(own)];
    return new Set({ subtenants: down, supertenants: up, related: [...up, ...down] }[reach]);
  }

  /** @param whenActive as if the groups that it names were active. */
  private roleReach(role: Role, own: string, limit?: Set<string>, whenActive = false): Reached {
    const all = this.reachOf(role.read, own, role.readName, whenActive);
    const reads = common(all, limit ?? all);
    if (['none', 'same'].includes(role.write)) return { reads, writes: role.write === 'same' ? reads : new Set() };
    return { reads, writes: common(this.reachOf(role.write as Reach, own, role.writeName, whenActive), reads) };
  }

  /** R5.5: only what the provider has made and given reaches beyond the own tenant and what is below. */
  private reachAt(m: Membership): Reached {
    const free = this.isProvider(m) || (m.beyond && m.role.beyond);
    return this.roleReach(m.role, m.contact.owner, free ? undefined : new Set(this.below(m.contact.owner)));
  }

  isProvider = (m: Membership) => m.contact.owner === this.provider;
  private isOpen = (slug: string) => this.tenants.get(slug)?.status === 'active';

  /** R1.3, R5.2, R9.3. */
  reads(m: Membership): Set<string> {
    if (this.state !== 'on') return new Set(this.tenants.keys());
    const { reads } = this.reachAt(m);
    return this.isProvider(m) ? reads : new Set([...reads].filter((slug) => this.isOpen(slug)));
  }

  /** R1.9: in `off` the write reach opens as the read reach does, but for roles that write nothing. */
  writes(m: Membership): Set<string> {
    if (m.role.write === 'none') return new Set();
    const open = [...this.tenants.keys()].filter((slug) => this.isOpen(slug));
    if (this.state !== 'on') return new Set(open);
    return common(common(this.reachAt(m).writes, this.reads(m)), new Set(open));
  }

  writesAll = ({ role, contact }: Membership) =>
    role.write !== 'none' && (this.state !== 'on' || (contact.owner === this.provider && writesWhole(role)));

  has = (m: Membership, name: string) => m.role.functions.includes(name);

  /** R5.3: public records are written by people of the provider alone, whose role has *update public*. */
  mayWrite(m: Membership, owner: string): boolean {
    if (owner !== 'public') return this.writes(m).has(owner);
    const writesAtAll = this.writesAll(m) || this.writes(m).size > 0;
    return writesAtAll && this.isProvider(m) && this.has(m, 'public.update');
  }

  /** Whether somebody can act at all (R5.1, R9.3). */
  barred(m: Membership): Verdict {
    if (m.ended || !m.contact.active || !m.role.active) return { status: 403, type: 'membership-needed' };
    const open = this.isOpen(m.contact.owner) && this.isOpen(m.contact.home);
    return open ? null : { status: 403, type: 'tenant-suspended' };
  }

  /** R8.3: the version that the line asks somebody of a tenant to accept. */
  asked(slug: string): string | undefined {
    for (const at of this.line(slug)) {
      const { terms } = this.tenants.get(at) as Tenant;
      const version = typeof terms === 'string' || !terms.active ? undefined : this.published.get(terms);
      if (version || terms === 'none') return version;
    }
    return undefined;
  }

  acceptance = ({ contact }: Membership, version: string) => `${contact.person} ${contact.owner} ${version}`;

  /** Whether somebody can act, has accepted what is asked (R8.3, R8.6), and has the function (R5.9). */
  gate(m: Membership, access: string, beforeTerms = false): Verdict {
    const barred = this.barred(m);
    if (access === 'visitor' || (access === 'session' && (barred || beforeTerms))) return null;
    if (barred) return barred;
    const version = this.asked(m.contact.owner);
    if (version && !this.accepted.has(this.acceptance(m, version))) return { status: 403, type: 'terms-not-accepted' };
    return access.includes('.') && !this.has(m, access) ? notAllowed : null;
  }

  seesRequired = (m: Membership, owner: string) => this.reads(m).has(owner);

  /** R5.3: in reach, public, or of a tenant above. */
  seesOptional = (m: Membership, owner: string) =>
    owner === 'public' || [...this.reads(m)].some((slug) => this.line(slug).includes(owner));

  /** R1.3, R1.4: whether there are tenants for somebody. */
  names = (m: Membership) =>
    this.state === 'on' || (this.state === 'setup' && this.isProvider(m) && this.has(m, 'tenant.administer'));

  seesTenant = (m: Membership, slug: string) => this.names(m) && this.reads(m).has(slug);
  seesTenantGroups = (m: Membership) => this.seesTenant(m, this.provider);

  isMine = (m: Membership, ticket: Ticket) => ticket.requester === m.contact || ticket.affected === m.contact;

  /** R5.9. */
  seesTicket = (m: Membership, ticket: Ticket) => this.seesRequired(m, ticket.owner) && this.inScope(m, ticket);

  /** Of what somebody may read, and of what they may make of a record. */
  inScope(m: Membership, ticket: Ticket): boolean {
    if (m.role.scopeTicket === 'all' || this.isMine(m, ticket) || ticket.watchers.has(m.contact)) return true;
    const members = m.role.scopeTicket === 'groups' && ticket.group ? this.groupMembers.get(ticket.group) : null;
    return members?.has(m.contact) ?? false;
  }

  seesRequest = (m: Membership, request: Request) =>
    this.seesRequired(m, request.owner) && (m.role.scopeRequest === 'all' || request.requester === m.contact);

  /** R6.3. */
  isLegal = (owner: string, target: string, eligible = false) =>
    target === 'public' || this.line(owner).includes(target) || (eligible && target === this.provider);

  /** R5.4, R6.3, R6.6: a target that is out of reach, inactive or outside the line is refused as if it were absent. */
  refersTo(m: Membership, owner: string, target: Contact | Choice, providerEligible = false): Verdict {
    const seen = 'kind' in target ? this.seesOptional(m, target.owner) : this.seesRequired(m, target.owner);
    if (!seen || !target.active) return unknownReference;
    return this.state !== 'on' || this.isLegal(owner, target.owner, providerEligible) ? null : unknownReference;
  }

  /** R7.1, R1.8: the owner of a new record, or why there is none. */
  ownerForNew(m: Membership, named: string | undefined): { owner: string; verdict: Verdict } {
    const writes = this.writes(m);
    const is = (owner: string, verdict: Verdict = null) => ({ owner, verdict });
    if (named !== undefined) return this.seesTenant(m, named) && writes.has(named) ? is(named) : is('', unknownTenant);
    if (this.state !== 'on') return is(m.contact.owner, writes.has(m.contact.owner) ? null : readOnly);
    if (writes.size === 1 && !this.writesAll(m)) return is([...writes][0] as string);
    return is('', writes.size || this.writesAll(m) ? { status: 422, type: 'tenant-needed' } : unknownTenant);
  }

  /** R5.5: nobody grants or edits what they lack, nor, outside the provider, more than their own tenant and what is below. */
  isWithin(m: Membership, role: Role, holder: string): boolean {
    const order = ['own', 'groups', 'all'];
    if (role.functions.some((name) => !this.has(m, name))) return false;
    if (order.indexOf(role.scopeTicket) > order.indexOf(m.role.scopeTicket)) return false;
    if (order.indexOf(role.scopeRequest) > order.indexOf(m.role.scopeRequest)) return false;
    const [mine, wanted] = [this.roleReach(m.role, m.contact.owner), this.roleReach(role, holder, undefined, true)];
    const limit = new Set(this.isProvider(m) ? this.tenants.keys() : this.below(m.contact.owner));
    const wantsAll = role.write === 'all' || (role.write === 'same' && role.read === 'all');
    const allReads = this.isProvider(m) && m.role.read === 'all';
    if (!allReads && (role.read === 'all' || !isInside(wanted.reads, common(mine.reads, limit)))) return false;
    if (role.write === 'none' || (allReads && writesWhole(m.role))) return true;
    return !wantsAll && isInside(wanted.writes, common(mine.writes, limit));
  }

  /** R5.5, R5.11: whether somebody may give a role to people of a tenant. */
  grants(m: Membership, role: Role, holder: string): Verdict {
    if (!this.seesOptional(m, role.owner)) return { status: 422, type: 'role.unknown' };
    if (!role.active) return { status: 409, type: 'role.inactive' };
    if (!this.isWithin(m, role, holder)) return wider;
    const providers = ['system-administrator', 'provider-analyst', 'provider-auditor'].includes(role.stock ?? '');
    if (providers && holder !== this.provider) return { status: 403, type: 'role.providers-only' };
    return this.isLegal(holder, role.owner) ? null : unknownReference;
  }

  editsRole(m: Membership, role: Role): Verdict {
    if (!this.seesOptional(m, role.owner)) return absent;
    if (!this.mayWrite(m, role.owner)) return readOnly;
    if (role.stock) return { status: 403, type: 'role.stock-fixed' };
    return this.isWithin(m, role, role.owner) ? null : wider;
  }

  /** R5.10: profile and sign-in are the home tenant's, and nobody's who may do less. */
  manages(m: Membership, contact: Contact): Verdict {
    if (!this.seesRequired(m, contact.owner)) return absent;
    if (contact.owner !== contact.home) return { status: 403, type: 'person.managed-elsewhere' };
    if (!this.mayWrite(m, contact.owner)) return readOnly;
    const held = this.membershipsOf(contact).every(
      ({ role }) => this.seesOptional(m, role.owner) && this.isWithin(m, role, contact.owner),
    );
    return held ? null : { status: 403, type: 'person.greater-than-you' };
  }

  membershipsOf = (contact: Contact) =>
    [...this.memberships.values()].filter((one) => one.contact === contact && !one.ended);

  /** Every reference that R6.3 speaks of, with a way to end it; null where the record cannot be without it. */
  private *references(): Generator<{ owner: string; target: string; eligible: boolean; clear: (() => void) | null }> {
    for (const t of this.tickets.values()) {
      for (const field of ['requester', 'affected', 'assignee', 'group', 'category', 'location'] as const) {
        const eligible = field === 'assignee' || field === 'group';
        const clear = () => void Object.assign(t, { [field]: null });
        const target = t[field];
        if (target) yield { owner: t.owner, target: target.owner, eligible, clear };
      }
      for (const watcher of t.watchers)
        yield { owner: t.owner, target: watcher.owner, eligible: true, clear: () => void t.watchers.delete(watcher) };
    }
    for (const [group, members] of this.groupMembers)
      for (const one of members)
        yield { owner: one.owner, target: group.owner, eligible: false, clear: () => void members.delete(one) };
    for (const m of this.memberships.values())
      yield { owner: m.contact.owner, target: m.role.owner, eligible: false, clear: null };
    for (const [owner, { owner: target }] of this.queues)
      yield { owner, target, eligible: true, clear: () => void this.queues.delete(owner) };
    for (const t of this.tenants.values()) {
      const clear = () => void Object.assign(t, { terms: 'inherit' });
      if (typeof t.terms === 'object') yield { owner: t.slug, target: t.terms.owner, eligible: false, clear };
    }
    for (const r of this.requests.values())
      yield { owner: r.owner, target: r.requester.owner, eligible: true, clear: null };
  }

  crossings = () => [...this.references()].filter((one) => !this.isLegal(one.owner, one.target, one.eligible));

  /** R3.1, R3.4: why a tenant cannot be put below another. */
  moveRefused(tenant: Tenant, parent: string | null): Verdict {
    const above = parent === null || parent === tenant.parent ? null : this.tenants.get(parent);
    if (above && above.status !== 'active') return { status: 409, type: 'tenant.parent-inactive' };
    if (above && this.line(above.slug).includes(tenant.slug)) return { status: 409, type: 'tenant.parent-below' };
    return this.strandedBy(tenant, parent) ? { status: 409, type: 'tenant.reference-outside-the-line' } : null;
  }

  /** How many references a move would leave outside the line; before the walls stand, it is crossings that it makes (R1.4, R6.6). */
  strandedBy(tenant: Tenant, parent: string | null): number {
    const before = tenant.parent;
    tenant.parent = parent;
    const crossing = this.state === 'on' ? this.crossings().length : 0;
    tenant.parent = before;
    return crossing;
  }
}
