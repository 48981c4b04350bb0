import { foldName } from '../../src/platform/fold.ts';
import type { Forest } from './forest.ts';
import { Random } from './random.ts';

export interface PlannedPerson {
  owner: number;
  personId: string;
  contactId: string;
  membershipId: string;
  userName: string;
  displayName: string;
  /** What it acts under: a stock role, or the name of one of `reachRoles`. */
  role: string;
}

/** The provider's own roles of every reach beside those that the product delivers. */
export const reachRoles = ['own', 'tenant', 'group', 'subtenants', 'supertenants', 'related'] as const;

/** Everybody, tenant by tenant: its analyst first, then those who are helped; and the provider's people under owner 3. */
export function planPeople(forest: Forest): Map<number, PlannedPerson[]> {
  const random = new Random(forest.seed + 1);
  const people = new Map<number, PlannedPerson[]>();
  let made = 0;
  const add = (owner: number, role: string, userName?: string) => {
    const displayName = `${random.pick(given)} ${random.pick(family)}`;
    const [personId, contactId, membershipId] = [1, 2, 3].map(() => random.id(forest.until)) as [
      string,
      string,
      string,
    ];
    const person = { owner, personId, contactId, membershipId, displayName, role };
    const name = userName ?? `${foldName(displayName).replace(' ', '.')}.${++made}`;
    people.set(owner, [...(people.get(owner) ?? []), { ...person, userName: name }]);
  };
  for (let i = 1; i <= 5; i++) add(3, 'provider-analyst', `analyst.${i}`);
  add(3, 'provider-auditor', 'auditor');
  for (const reach of reachRoles) add(3, reach, `reach.${reach}`);
  for (const { owner, tickets } of forest.tenants) {
    add(owner, 'tenant-analyst');
    const helped = 1 + Math.min(60, Math.floor(Math.sqrt(tickets) / 2));
    for (let i = 0; i < helped; i++) add(owner, 'self-service-user');
  }
  return people;
}

const given = [
  'Ana',
  'Bruno',
  'Carla',
  'Daniel',
  'Elena',
  'Felix',
  'Greta',
  'Hugo',
  'Inés',
  'Jonas',
  'Karin',
  'Luis',
  'Marta',
  'Nils',
  'Olga',
  'Pablo',
];
const family = [
  'Álvarez',
  'Berger',
  'Costa',
  'Díaz',
  'Evans',
  'Fischer',
  'García',
  'Hansen',
  'Ibáñez',
  'Jensen',
  'Klein',
  'López',
  'Müller',
  'Novak',
  'Ortega',
  'Peña',
];
