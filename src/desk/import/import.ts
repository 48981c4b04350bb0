import { joinTenant } from '../../identity/people/joining.ts';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../../tenancy/owners.ts';
import { mayWrite, namedOwner } from '../../tenancy/placement.ts';
import { insertChoice } from '../choices/choices.queries.ts';
import { insertTicket } from '../tickets/insertion.ts';
import type { Found } from './import.queries.ts';
import * as queries from './import.queries.ts';
import { refuseImport } from './import.refusals.ts';
import type { ImportedTicket } from './imported-ticket.ts';

/**
 * Takes in tickets of another system with their history, in one unit of work. Tenants have to be there; people, groups and
 * categories are made as they are named: requesters in the ticket's tenant, the rest as the provider's. What was taken in
 * before stays as it is.
 */
export async function importTickets(tx: Tx, source: string, tickets: readonly ImportedTicket[], samePeople: boolean) {
  if (tx.scope.tenancy === 'off') refuseImport('import.multi-tenancy-off');
  await queries.lockImport(tx, source);
  const present = await queries.findImported(
    tx,
    source,
    tickets.map((ticket) => ticket.sourceId),
  );
  const names = new Names(tx, source, samePeople);
  const fresh = tickets.filter((ticket) => !present.has(ticket.sourceId));
  for (const ticket of fresh) await takeIn(tx, source, ticket, names);
  return { imported: fresh.length, present: tickets.length - fresh.length };
}

/** As the database keeps them, and as identities made of them can: from 1970 on. @throws Refusal `invalid`. */
function instantOf(text: string, pointer: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || at.getTime() < 0 || at.getUTCFullYear() > 9000)
    refuse('invalid', {
      count: 1,
      errors: [{ pointer, detail: { en: 'This is no instant from 1970 on.', es: 'No es un instante desde 1970.' } }],
    });
  return at;
}

async function takeIn(tx: Tx, source: string, ticket: ImportedTicket, names: Names): Promise<void> {
  const owner = await names.tenant(ticket.tenant);
  const made = await insertTicket(tx, {
    owner,
    title: ticket.title,
    description: ticket.description,
    type: ticket.type,
    impact: ticket.impact,
    urgency: ticket.urgency,
    requester: ticket.requester && (await names.person(owner, ticket.requester, 'self-service-user')),
    category:
      ticket.category && (await names.choice('desk.categories', await names.sharedOwner(owner), ticket.category)),
    group: ticket.group && (await names.choice('identity.assignment_groups', providerOwner, ticket.group)),
    assignee: ticket.assignee && (await names.person(providerOwner, ticket.assignee, 'provider-analyst')),
    past: {
      status: ticket.status,
      openedAt: instantOf(ticket.openedAt, '/openedAt'),
      updatedAt: instantOf(ticket.updatedAt, '/updatedAt'),
      resolvedAt: ticket.resolvedAt === null ? null : instantOf(ticket.resolvedAt, '/resolvedAt'),
      closedAt: ticket.closedAt === null ? null : instantOf(ticket.closedAt, '/closedAt'),
      changes: ticket.changes.map((change) => ({
        ...change,
        at: instantOf(change.at, '/changes'),
        internal: internalFields.includes(change.field),
      })),
    },
  } as Parameters<typeof insertTicket>[1]);
  await queries.noteImported(tx, owner, made.id, source, ticket.sourceId);
}

/** As in the desk's own history: who works on a ticket is the analysts' affair. */
const internalFields = ['group', 'assignee'];

/** What names stand for, looked up or made once in a unit of work. */
class Names {
  readonly #tx: Tx;
  readonly #source: string;
  readonly #samePeople: boolean;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(tx: Tx, source: string, samePeople: boolean) {
    this.#tx = tx;
    this.#source = source;
    this.#samePeople = samePeople;
  }

  tenant(slug: string): Promise<number> {
    return this.#once(`tenant ${slug}`, async () => {
      const owner = await namedOwner(this.#tx, slug);
      return mayWrite(this.#tx.scope, owner) ? owner : refuseImport('import.tenant-unknown', { tenant: slug });
    });
  }

  /** Below the provider its categories serve everybody; other tenants get their own (R6.3). */
  sharedOwner(owner: number): Promise<number> {
    return this.#once(`shared ${owner}`, async () =>
      (await queries.isBelowProvider(this.#tx, owner)) ? providerOwner : owner,
    );
  }

  choice(table: 'desk.categories' | 'identity.assignment_groups', owner: number, name: string): Promise<Found> {
    return this.#once(`${table} ${owner} ${name}`, async () => {
      const found = await queries.findNamed(this.#tx, table, owner, name);
      if (found) return found;
      const id = newId();
      await insertChoice(this.#tx, table, owner, id, { name, name_key: foldName(name), description: '' });
      const kind = table === 'desk.categories' ? 'category' : 'assignment-group';
      await this.#tx.record(`${kind}.added`, { kind, id, label: name, owner }, { source: this.#source });
      return { ownerId: owner, id };
    });
  }

  /** Somebody in a tenant. Of several tenants the provider is their home: none of them may sign in for the others (R5.10). */
  person(owner: number, name: string, role: string): Promise<Found> {
    return this.#once(`person ${owner} ${name}`, async () => {
      const found = await queries.findImportedContact(this.#tx, owner, this.#source, name);
      if (found) return found;
      const knownAs = this.#samePeople ? await queries.findImportedElsewhere(this.#tx, this.#source, name) : undefined;
      const id = await joinTenant(this.#tx, { owner, displayName: name, role, knownAs });
      await queries.noteImportedPerson(this.#tx, owner, id, this.#source, name);
      return { ownerId: owner, id };
    });
  }

  #once<T>(key: string, find: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key) ?? find();
    this.#known.set(key, known);
    return known as Promise<T>;
  }
}
