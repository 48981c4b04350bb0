const key = 'tenantry.membership';

// In the session storage, which every tab has to itself: two tabs in two memberships never mix (R10.2).

export function currentMembership(): string | null {
  return sessionStorage.getItem(key);
}

export function rememberMembership(id: string | null): void {
  if (id) sessionStorage.setItem(key, id);
  else sessionStorage.removeItem(key);
}
