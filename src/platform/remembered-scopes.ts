import { OwnerSet } from './owner-set.ts';
import { credentialOf, type Scope } from './scope.ts';
import type { Principal } from './units.ts';

const most = 2000;

/** Characters of all sets: longer ones take longer to compare than to wait for. */
const longest = 2000;

/**
 * What the database answered the last time somebody was turned into a scope. A unit of work that reads begins its work with it, so
 * that the scope and the first questions travel together, and counts only if the database then answers the same (decision 29).
 * The policies go by what the database has set for itself, never by this.
 */
export class RememberedScopes {
  readonly #scopes = new Map<string, Scope>();

  of(principal: Principal): Scope | undefined {
    return this.#scopes.get(credentialOf(principal));
  }

  learn(principal: Principal, scope: Scope): void {
    const key = credentialOf(principal);
    const { reads, readsOptional, writes, closed, groups } = scope;
    // The newest is the last one, so that the first is the one to drop.
    this.#scopes.delete(key);
    const sets = [reads, readsOptional, writes, closed].reduce(
      (sum, { text }) => sum + text.length,
      37 * groups.length,
    );
    if (sets > longest) return;
    const [oldest] = this.#scopes.size >= most ? this.#scopes.keys() : [];
    if (oldest !== undefined) this.#scopes.delete(oldest);
    this.#scopes.set(key, frozen(scope));
  }

  forget(principal: Principal): void {
    this.#scopes.delete(credentialOf(principal));
  }
}

/** It is read by many units of work, and none may change it for the others. */
function frozen(scope: Scope): Scope {
  for (const value of Object.values(scope)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(scope);
}

export function isSameScope(one: Scope, other: Scope): boolean {
  return (Object.keys(one) as (keyof Scope)[]).every((name) => {
    const [a, b] = [one[name], other[name]];
    if (a instanceof OwnerSet && b instanceof OwnerSet) return a.text === b.text;
    if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
    return a.length === b.length && a.every((value, place) => value === b[place]);
  });
}
