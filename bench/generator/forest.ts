import { Random } from './random.ts';

export interface Size {
  name: 'small' | 'middle' | 'large';
  tenants: number;
  tickets: number;
}

export const sizes = {
  small: { name: 'small', tenants: 10, tickets: 10_000 },
  middle: { name: 'middle', tenants: 1000, tickets: 100_000 },
  large: { name: 'large', tenants: 50_000, tickets: 1_000_000 },
} as const satisfies Record<string, Size>;

export interface PlannedTenant {
  owner: number;
  id: string;
  name: string;
  key: string;
  slug: string;
  parent: PlannedTenant | null;
  depth: number;
  branch: string;
  tickets: number;
  /** Nothing has happened there for two years. */
  dormant: boolean;
  /** Has categories of its own, which those below use as well. */
  categories: boolean;
}

export interface Forest {
  size: Size;
  seed: number;
  /** Nothing in it is younger, in milliseconds. */
  until: number;
  tenants: readonly PlannedTenant[];
}

interface Branch {
  name: string;
  tenants: number;
  /** The same in forests of every size, so that the same request can be compared; otherwise by weight. */
  tickets?: number;
  dormant?: boolean;
  below?: string;
}

/** What is measured has its place; a forest has those that fit. The others are what there is beside it. */
const branches: readonly Branch[] = [
  { name: 'one', tenants: 1, tickets: 1000 },
  { name: 'work', tenants: 1, tickets: 1000 },
  { name: 'quiet', tenants: 1, tickets: 20 },
  { name: 'few', tenants: 5 },
  { name: 'ten', tenants: 10 },
  { name: 'hundred', tenants: 100 },
  { name: 'thousand', tenants: 1000 },
  { name: 'dormant-ten', tenants: 10, dormant: true },
  { name: 'dormant-thousand', tenants: 1000, dormant: true },
  { name: 'from', tenants: 1 },
  { name: 'to', tenants: 1 },
  { name: 'moving', tenants: 5000, below: 'from' },
];

const firstOwner = 16;
/** Room is left for a move by some steps down (R2.8: ten by default). */
const deepest = 6;

export function planForest(size: Size, seed: number, until: number): Forest {
  const random = new Random(seed);
  const tenants: PlannedTenant[] = [];
  const add = (branch: string, parent: PlannedTenant | null, dormant: boolean, root: boolean) => {
    const index = tenants.length;
    const name = `${random.pick(first)} ${random.pick(second)} ${index + 1}`;
    const tenant: PlannedTenant = {
      owner: firstOwner + index,
      id: random.id(until - 4 * year),
      name,
      key: `T${(index + 36).toString(36).toUpperCase()}`,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      parent,
      depth: parent ? parent.depth + 1 : 0,
      branch,
      tickets: 0,
      dormant,
      // Not above what is moved: references to them would forbid it.
      categories: root && branch !== 'from' && branch !== 'to',
    };
    tenants.push(tenant);
    return tenant;
  };
  const fitting = branches.filter((branch) => branch.tenants <= Math.max(5, size.tenants / 8));
  for (const { name, tenants: count, dormant = false, below } of fitting) {
    const above = tenants.find((tenant) => tenant.branch === below) ?? null;
    const members = [add(name, above, dormant, true)];
    while (members.length < count && tenants.length < size.tenants) {
      const parent = random.pick(members.slice(0, Math.ceil(members.length / 4)));
      members.push(add(name, parent.depth < deepest ? parent : (members[0] as PlannedTenant), dormant, false));
    }
  }
  const rest: PlannedTenant[] = [];
  while (tenants.length < size.tenants) {
    const parent = rest.length && random.chance(0.5) ? random.pick(rest) : null;
    rest.push(add('rest', parent && parent.depth < deepest ? parent : null, random.chance(0.2), !parent));
  }
  shareTickets(size, tenants, random);
  return { size, seed, until, tenants };
}

/** Few have many and many have few: by their place in a shuffled order, the dormant almost none. */
function shareTickets(size: Size, tenants: readonly PlannedTenant[], random: Random): void {
  let left = size.tickets;
  const weighted: { tenant: PlannedTenant; weight: number }[] = [];
  for (const tenant of tenants) {
    const fixed =
      branches.find(({ name }) => name === tenant.branch)?.tickets ?? (tenant.dormant ? random.below(4) : null);
    if (fixed === null) weighted.push({ tenant, weight: random.next() });
    else left -= tenant.tickets = Math.min(fixed, left);
  }
  weighted.sort((one, other) => one.weight - other.weight);
  weighted.forEach((one, place) => {
    one.weight = 1 / (place + 3);
  });
  const sum = weighted.reduce((total, { weight }) => total + weight, 0);
  for (const { tenant, weight } of weighted) tenant.tickets = Math.floor((left * weight) / sum);
  // What was lost by rounding.
  const given = weighted.reduce((total, { tenant }) => total + tenant.tickets, 0);
  for (let i = 0; i < left - given; i++) (weighted[i % weighted.length] as (typeof weighted)[0]).tenant.tickets++;
}

export const year = 365 * 24 * 3600 * 1000;
const first = [
  'Harbour',
  'Northern',
  'Atlantic',
  'Summit',
  'Riverside',
  'Granite',
  'Meadow',
  'Copper',
  'Silver',
  'Orchard',
];
const second = [
  'Insurance',
  'Logistics',
  'Clinic',
  'Foods',
  'Energy',
  'Schools',
  'Motors',
  'Textiles',
  'Media',
  'Bank',
];
