import type { Client } from '../client.ts';
import type { Contact, Membership, Role } from './model.ts';
import { type Body, endpointOf, type Forest } from './probing.ts';

/** What the seedbed holds, as its administrator, who sees everything, lists it: where the model begins. */
export async function takeInventory(forest: Forest): Promise<void> {
  const { model, seedbed } = forest;
  const client = forest.installation.client(seedbed.administrator);
  model.provider = seedbed.provider;
  for (const { slug, name } of await all(client, 'GET /tenants'))
    model.tenants.set(slug, { slug, name, parent: null, status: 'active', terms: 'inherit' });
  for (const role of await all(client, 'GET /roles')) model.roles.set(role.id, roleOf(role));
  const homes = new Map([seedbed.administrator, ...seedbed.live].map((one) => [one.contactId, one]));
  for (const person of await all(client, 'GET /people')) {
    const live = homes.get(person.id) ?? seedbed.live.find((one) => one.secondContactId === person.id);
    const contact: Contact = {
      id: person.id,
      owner: person.tenant.slug,
      person: live?.contactId ?? person.id,
      home: live?.home ?? person.tenant.slug,
      active: true,
    };
    if (live) forest.cookies.set(live.contactId, live.cookie);
    model.contacts.set(contact.id, contact);
    for (const { id, role } of person.memberships) {
      const m: Membership = { id, contact, role: model.roles.get(role.id) as Role, ended: false, beyond: true };
      model.memberships.set(id, m);
    }
  }
  for (const kind of ['categories', 'locations', 'assignment-groups', 'terms-statements']) {
    for (const { id, tenant } of await all(client, `GET /${kind}`)) {
      const choice = { kind, id, owner: tenant?.slug ?? 'public', active: true };
      model.choices.set(id, choice);
      if (kind === 'assignment-groups') model.groupMembers.set(choice, new Set());
    }
  }
  for (const tenant of model.tenants.keys()) {
    const { group } = (await client.call(endpointOf('GET /default-queue'), { query: { tenant } } as never)) as Body;
    const queue = group && model.choices.get(group.id);
    if (queue) model.queues.set(tenant, queue);
  }
  forest.noteLines();
  forest.administrator = model.memberships.get(seedbed.administrator.membershipId) as Membership;
}

async function all(client: Client, name: string): Promise<Body[]> {
  const { items, next } = (await client.call(endpointOf(name), { query: { limit: 200 } } as never)) as Body;
  if (next) throw new Error(`${name}: the inventory is longer than a page`);
  return items;
}

export function roleOf(role: Body): Role {
  return {
    id: role.id,
    owner: role.tenant?.slug ?? 'public',
    stock: role.stock,
    active: role.status === 'active',
    functions: role.functions,
    read: role.readReach,
    readName: role.readTenant?.slug ?? role.readGroup?.id ?? null,
    write: role.writeReach,
    writeName: role.writeTenant?.slug ?? role.writeGroup?.id ?? null,
    scopeTicket: role.scopeTicket,
    scopeRequest: role.scopeRequest,
    // The provider has made them all: those of the seedbed, and those that its administrator reads again.
    beyond: role.stock === null,
  };
}
