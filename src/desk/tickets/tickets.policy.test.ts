import { expect, test } from 'vitest';
import { OwnerSet } from '../../platform/owner-set.ts';
import type { Scope } from '../../platform/scope.ts';
import { ticketActions } from './tickets.policy.ts';
import { priorities, priorityName, priorityOf } from './tickets.priority.ts';

const analystFunctions = [
  'ticket.read',
  'ticket.update',
  'ticket.assign',
  'ticket.resolve',
  'ticket.comment',
  'ticket.read-internal',
];

function allowed(functions: string[], ticket: object, scope: object = {}): string {
  const acting = {
    contactId: 'me',
    functions,
    writesKind: 'all',
    writes: OwnerSet.none,
    closed: OwnerSet.none,
    ...scope,
  } as unknown as Scope;
  const standing = { ownerId: 16, status: 'new', requesterId: null, affectedId: null, requestId: null, ...ticket };
  const actions = Object.entries(ticketActions(acting, standing as never));
  return actions
    .filter(([action, may]) => may && action !== 'watch')
    .map(([action]) => action)
    .join(' ');
}

test.each([
  ['new', 'update assign start hold resolve cancel comment commentInternal addWatcher'],
  ['in_progress', 'update assign hold resolve cancel comment commentInternal addWatcher'],
  ['on_hold', 'update assign start resolve cancel comment commentInternal addWatcher'],
  ['resolved', 'update reopen close comment commentInternal addWatcher'],
  ['closed', ''],
  ['cancelled', ''],
])('a ticket that is %s offers an analyst: %s', (status, actions) => {
  expect(allowed(analystFunctions, { status })).toBe(actions);
});

test.each([
  ['new', 'cancel comment'],
  ['in_progress', 'comment'],
  ['resolved', 'reopen close comment'],
  ['closed', ''],
])('a ticket that is %s offers its requester, and the affected person: %s', (status, actions) => {
  const functions = ['ticket.read', 'ticket.create', 'ticket.comment'];
  expect(allowed(functions, { status, requesterId: 'me' })).toBe(actions);
  expect(allowed(functions, { status, affectedId: 'me' })).toBe(actions);
  expect(allowed(functions, { status, requesterId: 'somebody' })).toBe(status === 'closed' ? '' : 'comment');
});

test('R10.4 nothing is offered where the reach does not write, nor in a tenant that is not active', () => {
  expect(allowed(analystFunctions, {}, { writesKind: 'none' })).toBe('');
  expect(allowed(analystFunctions, {}, { writesKind: 'set', writes: new OwnerSet('{17,18}') })).toBe('');
  expect(allowed(analystFunctions, {}, { closed: new OwnerSet('{16}') })).toBe('');
});

test('a ticket that fulfils a request is resolved, not cancelled', () => {
  expect(allowed(analystFunctions, { requestId: 'r' })).not.toContain('cancel');
});

test('priority follows from impact and urgency, the same both ways round', () => {
  const levels = ['high', 'medium', 'low'] as const;
  const matrix = levels.map((impact) => levels.map((urgency) => priorityName(priorityOf(impact, urgency))));
  expect(matrix).toEqual([
    ['critical', 'high', 'moderate'],
    ['high', 'moderate', 'low'],
    ['moderate', 'low', 'low'],
  ]);
  expect(priorities).toHaveLength(4);
});
