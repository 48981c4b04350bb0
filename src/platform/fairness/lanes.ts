import { credentialOf } from '../scope.ts';
import type { Principal } from '../units.ts';

/** Of tenants, of addresses that nobody is known at, and of the program itself. */
export const weights = { tenant: 4, address: 1, system: 1 };

const most = 20_000;

/**
 * Whose a credential was the last time it was used: a short memory, so that a call can queue with its tenant's others before
 * the database is asked who makes it. For fairness only, never for access (decision 0024): who may do what is read anew by
 * each unit of work (R5.8), and somebody who is remembered wrongly waits in another queue, no more.
 */
export class Lanes {
  readonly #owners = new Map<string, number>();

  ownerOf(principal: Principal): number | undefined {
    return this.#owners.get(credentialOf(principal));
  }

  /** Learnt from the scope that the database answered, so nobody can make it up. */
  learn(principal: Principal, owner: number): void {
    const key = credentialOf(principal);
    if (this.#owners.get(key) === owner) return;
    const [oldest] = this.#owners.size >= most ? this.#owners.keys() : [];
    if (oldest !== undefined) this.#owners.delete(oldest);
    this.#owners.set(key, owner);
  }

  /** A credential that holds no more must not fill the queue of the tenant that it was of. */
  forget(principal: Principal): void {
    this.#owners.delete(credentialOf(principal));
  }
}

/** A network of IPv6 has more addresses than anybody can count by: its first half stands for it. */
export function placeOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('::') as [string, string?];
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
