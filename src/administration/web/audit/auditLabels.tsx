import type { MessageId } from '../../../web/messages.ts';
import type { Say } from '../../../web/text.ts';
import type { AuditEntry } from '../../audit/audit.api.ts';

const kinds = [
  'ticket',
  'comment',
  'history',
  'request',
  'person',
  'contact',
  'role',
  'membership',
  'invitation',
  'session',
  'sign-in',
  'token',
  'tenant',
  'tenant-group',
  'category',
  'location',
  'assignment-group',
  'member',
  'offering',
  'options',
  'multi-tenancy',
  'audit',
  'audit-entry',
  'default-queue',
  'terms',
  'terms-statement',
  'terms-version',
  'consent',
  'tenant-choice',
  'active-subtree',
  'move-preview',
  'stranded-reference',
  'grantable-role',
  'audit-head',
  'explanation',
  'catalog',
  'records',
  'readiness',
] as const;
const verbs = [
  'read',
  'listed',
  'listed-again',
  'exported',
  'added',
  'created',
  'updated',
  'edited',
  'changed',
  'deactivated',
  'reactivated',
  'activated',
  'moved',
  'moved-away',
  'moved-here',
  'assigned',
  'started',
  'held',
  'resolved',
  'reopened',
  'closed',
  'cancelled',
  'commented',
  'watched',
  'unwatched',
  'imported',
  'submitted',
  'approved',
  'rejected',
  'completed',
  'retried',
  'granted',
  'ended',
  'all-ended',
  'chosen',
  'refused',
  'made',
  'revoked',
  'accepted',
  'link-made',
  'password-set',
  'password-changed',
  'enabled',
  'disabled',
  'verified',
  'published',
  'administrator-link-made',
  'first-administrator-created',
  'preferences-set',
  'members-set',
  'logo-set',
  'logo-removed',
  'exposure-previewed',
  'set-up',
  'given-away',
  'assignment-previewed',
  'made-at-command-line',
  'approval-set',
  'member-added',
  'member-removed',
] as const;

/** Kinds that lists are narrowed to; tenants are not named to everybody. */
export const filterKinds = kinds.filter(
  (kind) =>
    ![
      'comment',
      'history',
      'member',
      'sign-in',
      'options',
      'audit',
      'tenant-choice',
      'active-subtree',
      'move-preview',
      'stranded-reference',
      'grantable-role',
      'audit-head',
      'explanation',
      'catalog',
      'records',
      'readiness',
    ].includes(kind),
);
export const kindsOfTenancy: readonly string[] = ['tenant', 'tenant-group', 'multi-tenancy'];

export const kindLabel = (kind: (typeof kinds)[number]): MessageId => `audit.kind.${kind}`;

/** “Ticket: resolved”; an action that has no words keeps the name that the API has for it. */
export function actionLabel(action: string, text: Say): string {
  const [kind, verb] = action.split('.') as [string, string | undefined];
  const known = kinds.find((one) => one === kind);
  const done = verbs.find((one) => one === verb);
  return known && done ? `${text(`audit.kind.${known}`)}: ${text(`audit.verb.${done}`)}` : action;
}

/** Who did it, and for whom where that was not the tenant itself (R11.2). */
export function actorLabel(entry: AuditEntry, text: Say): string {
  const name = entry.actor || text('audit.nobody');
  if (!entry.fromOutside) return name;
  return entry.actedFor === null
    ? text('audit.acted-outside', { name })
    : text('audit.acted-for', { name, organization: entry.actedFor });
}
