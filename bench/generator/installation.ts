import pg from 'pg';
import { CopyWriter } from './copying.ts';
import { derivePairs, deriveWords, sealAll } from './deriving.ts';
import type { Forest } from './forest.ts';
import { loadPeople } from './loading-people.ts';
import { suspended } from './suspending.ts';
import { loadTenants } from './tenants.ts';
import { readTexts } from './texts.ts';
import { changeColumns, commentColumns, entryColumns, type Places, ticketColumns, ticketsOf } from './tickets.ts';

/** In an order in which keys can be put back: what is referred to comes first. */
const tables = [
  'tenancy.tenants',
  'tenancy.closure',
  'tenancy.groups',
  'tenancy.group_members',
  'tenancy.series',
  'tenancy.fulfilled_parts',
  'tenancy.reference_pairs',
  'selfservice.brandings',
  'identity.roles',
  'identity.people',
  'identity.contacts',
  'identity.memberships',
  'identity.passwords',
  'identity.assignment_groups',
  'desk.default_groups',
  'desk.categories',
  'desk.tickets',
  'desk.comments',
  'desk.ticket_changes',
  'desk.ticket_searches',
  'platform.audit_entries',
];

/**
 * Loads a forest into an installation whose multi-tenancy is on and which has a provider and nothing else. `owner` is the
 * owning login. What triggers would have made is made set by set; then the keys are checked over everything.
 */
export async function loadForest(owner: pg.ClientConfig, forest: Forest, say: (line: string) => void): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await suspended(client, tables, say, async () => {
      say(`${forest.tenants.length} tenants`);
      const furniture = await loadTenants(client, forest);
      const people = await loadPeople(client, forest);
      await loadTickets(owner, forest, { ...furniture, people }, say);
      await derivePairs(client);
      await deriveWords(owner, say);
    });
    await client.query('analyze');
    await sealAll(client, say);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function loadTickets(
  owner: pg.ClientConfig,
  forest: Forest,
  places: Places,
  say: (line: string) => void,
): Promise<void> {
  const clients = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const client = new pg.Client(owner);
      await client.connect();
      return client;
    }),
  );
  const [one, two, three, four] = clients as [pg.Client, pg.Client, pg.Client, pg.Client];
  const tickets = new CopyWriter(one, 'desk.tickets', ticketColumns);
  const changes = new CopyWriter(two, 'desk.ticket_changes', changeColumns);
  const comments = new CopyWriter(three, 'desk.comments', commentColumns);
  const entries = new CopyWriter(four, 'platform.audit_entries', entryColumns);
  let done = 0;
  for (const rows of ticketsOf(forest, places, await readTexts())) {
    await tickets.write(rows.ticket);
    for (const row of rows.changes) await changes.write(row);
    for (const row of rows.comments) await comments.write(row);
    await entries.write(rows.entry);
    if (++done % 100_000 === 0) say(`${done} of ${forest.size.tickets} tickets`);
  }
  for (const writer of [tickets, changes, comments, entries]) await writer.end();
  for (const client of clients) await client.end();
}
