import type { Me } from '../identity/sessions/sessions.api.ts';
import type { MessageId } from './messages.ts';
import type { Say } from './text.ts';

/** Delivered roles are called by their translated names, others as they were named. */
export function roleName(role: { name: string; stock: string | null }, text: Say): string {
  return role.stock ? text(`role.stock.${role.stock}` as MessageId) : role.name;
}

/** The role, and of which tenant, where one may be named. */
export function membershipLabel({ role, tenant }: Me['memberships'][number], text: Say): string {
  const name = roleName(role, text);
  return tenant ? `${name} · ${tenant.name}` : name;
}
