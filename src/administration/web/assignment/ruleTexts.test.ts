import { expect, test } from 'vitest';
import { type AssignableKind, recordRulesOf, ruleTextOf } from './ruleTexts.ts';

const words = new Map<string, AssignableKind>([
  ['desk.tickets', 'desk.tickets'],
  ['ticket', 'desk.tickets'],
  ['persona', 'identity.people'],
]);

test('R1.6 lines of a spreadsheet become rules; a header is passed over, and what is no line is named by its number', () => {
  const text =
    'kind,record,tenant\r\nTicket,DESK-4,Acme\nPersona;ana;beta\n\ndesk.tickets\t"DESK-5"\tacme\nnothing,x,y\nTicket,DESK-6\n';
  expect(recordRulesOf(text, words)).toEqual({
    rules: ['record/desk.tickets/DESK-4=acme', 'record/identity.people/ana=beta', 'record/desk.tickets/DESK-5=acme'],
    faults: [6, 7],
  });
});

test.each([
  ['record/desk.tickets/A/B=C=acme', { what: 'record', kind: 'desk.tickets', subject: 'A/B=C', tenant: 'acme' }],
  ['domain/acme.com=acme', { what: 'domain', kind: '', subject: 'acme.com', tenant: 'acme' }],
  ['kind/desk.categories=public', { what: 'kind', kind: 'desk.categories', subject: '', tenant: 'public' }],
  ['requester=', { what: 'requester', kind: '', subject: '', tenant: '' }],
])('R1.6 the rule %s is read as it is written', (rule, read) => {
  expect(ruleTextOf(rule)).toEqual(read);
});
