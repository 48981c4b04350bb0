import type { QueryConfig, QueryResultRow } from 'pg';
import { OwnerSet } from './owner-set.ts';
import { type Language, refusalOf } from './refusals.ts';
import type { Principal } from './units.ts';

/** Who acts, and what the database lets them reach; read anew at every unit of work (R5.8). */
export interface Scope {
  role: string;
  /** Of the switch. What the principal may know of it is `tenancy`. */
  state: 'off' | 'setup' | 'on';
  /** The switch as this principal sees it: `off` means that no tenant may be named (R1.3, R1.4). */
  tenancy: 'off' | 'setup' | 'on';
  personId: string;
  personOwnerId: number;
  membershipId: string;
  contactId: string;
  /** The tenant of the membership. */
  ownerId: number;
  provider: boolean;
  functions: string[];
  scopeTicket: 'own' | 'groups' | 'all';
  scopeRequest: 'own' | 'groups' | 'all';
  /** `all`, or the owners in `reads`. */
  reach: 'one' | 'set' | 'all';
  reads: OwnerSet;
  /** `all` (but those in `closed`), or the owners in `writes`. */
  writesKind: 'none' | 'one' | 'set' | 'all';
  writes: OwnerSet;
  readsOptional: OwnerSet;
  closed: OwnerSet;
  groups: string[];
  updatePublic: boolean;
  language: Language;
  timeZone: string;
  displayName: string;
  sessionId: string | null;
  roleName: string;
  roleStock: string | null;
}

// `set_config('role', …)` must be the outer expression: inside a security definer function it is an error.
// What is set is counted instead of answered: twenty columns less. Sets of owners, which can be of thousands, are written as text once, and
// what is written is answered only where it is not what is read.
const text = `select s.problem, s.role, s.state, s.tenancy, s.person_id, s.person_owner_id, s.membership_id, s.contact_id, s.owner_id, s.provider, s.functions,
  s.scope_ticket, s.scope_request, s.reach, s.reads_text, s.reads_optional_text, s.writes_kind, nullif(s.writes_text, s.reads_text) as writes_text, s.closed_text, s.groups,
  s.update_public, s.language, s.time_zone, s.display_name, s.session_id, s.role_name, s.role_stock, num_nonnulls(
  set_config('role', coalesce(s.role, 'none'), true),
  set_config('app.tenancy', coalesce(s.tenancy, 'off'), true),
  set_config('app.person', coalesce(s.person_id::text, ''), true),
  set_config('app.membership', coalesce(s.membership_id::text, ''), true),
  set_config('app.contact', coalesce(s.contact_id::text, ''), true),
  set_config('app.owner', coalesce(s.owner_id::text, ''), true),
  set_config('app.reach', coalesce(s.reach, ''), true),
  set_config('app.read_owner', case when s.reach = 'one' then s.reads[1]::text else '' end, true),
  set_config('app.reads', coalesce(s.reads_text, ''), true),
  set_config('app.reads_optional', coalesce(s.reads_optional_text, ''), true),
  set_config('app.write_owner', case when s.writes_kind = 'one' then s.writes[1]::text else '' end, true),
  set_config('app.writes', coalesce(s.writes_text, ''), true),
  set_config('app.reads_below', coalesce(s.bits_below::text, ''), true),
  set_config('app.reads_bits', coalesce(s.reads_bits, ''), true),
  set_config('app.reads_optional_below', coalesce(s.bits_below::text, ''), true),
  set_config('app.reads_optional_bits', coalesce(s.reads_optional_bits, ''), true),
  set_config('app.writes_below', case when s.writes_text = s.reads_text then coalesce(s.bits_below::text, '') else '' end, true),
  set_config('app.writes_bits', case when s.writes_text = s.reads_text then coalesce(s.reads_bits, '') else '' end, true),
  set_config('app.closed', coalesce(s.closed_text, ''), true),
  set_config('app.groups', coalesce(s.groups::text, ''), true),
  set_config('app.scope_ticket', coalesce(s.scope_ticket, 'own'), true),
  set_config('app.scope_request', coalesce(s.scope_request, 'own'), true),
  set_config('app.read_internal', case when 'ticket.read-internal' = any(s.functions) then 'on' else '' end, true),
  set_config('app.provider_people', coalesce(s.provider_people, ''), true),
  set_config('app.update_public', case when s.update_public then 'on' else '' end, true)) as settings,
  case when s.stale and s.problem is null then identity.mark_used($1, $2) end
  from (select x.*, x.reads::text as reads_text, x.reads_optional::text as reads_optional_text, x.writes::text as writes_text, x.closed::text as closed_text
    from tenancy.scope_of($1, $2, $3, $4) x offset 0) s`;

export function scopeStatement(principal: Principal): QueryConfig {
  const values =
    principal.kind === 'session'
      ? ['session', principal.tokenHash, principal.membershipId, null]
      : principal.kind === 'token'
        ? ['token', principal.tokenHash, null, null]
        : ['job', null, principal.membershipId, principal.fulfilling ?? null];
  return { name: 'scope', text, values };
}

/** Under what somebody is remembered in this process: the credential, and the membership that is acted under. */
export function credentialOf(principal: Principal): string {
  if (principal.kind === 'job') return `job ${principal.membershipId} ${principal.fulfilling ?? ''}`;
  const hash = principal.tokenHash.toString('latin1');
  return principal.kind === 'session' ? `${hash}${principal.membershipId ?? ''}` : hash;
}

/** @throws Refusal when there is no scope: nobody is signed in, or the membership cannot be acted under now. */
export function readScope(row: QueryResultRow | undefined): Scope {
  if (!row) throw new Error('the database answered no scope');
  // R8.6: where the terms can be read and accepted, for programs, too.
  if (row.problem === 'terms-not-accepted') throw refusalOf(row.problem, { link: '/terms' });
  if (row.problem) throw refusalOf(row.problem as string);
  const reads = ownersIn(row.reads_text);
  return {
    role: row.role,
    state: row.state,
    tenancy: row.tenancy,
    personId: row.person_id,
    personOwnerId: row.person_owner_id,
    membershipId: row.membership_id,
    contactId: row.contact_id,
    ownerId: row.owner_id,
    provider: row.provider,
    functions: row.functions,
    scopeTicket: row.scope_ticket,
    scopeRequest: row.scope_request,
    reach: row.reach,
    reads,
    writesKind: row.writes_kind,
    writes: row.writes_text === null && ['one', 'set'].includes(row.writes_kind) ? reads : ownersIn(row.writes_text),
    readsOptional: ownersIn(row.reads_optional_text),
    closed: ownersIn(row.closed_text),
    groups: row.groups ?? [],
    updatePublic: row.update_public,
    language: row.language,
    timeZone: row.time_zone,
    displayName: row.display_name,
    sessionId: row.session_id,
    roleName: row.role_name,
    roleStock: row.role_stock,
  };
}

function ownersIn(text: string | null): OwnerSet {
  return text === null || text === '{}' ? OwnerSet.none : new OwnerSet(text);
}
