import pg from 'pg';

/** R6.4: the pairs of owners between which there are references, as `tenancy.note_pair` notes them one by one. */
export async function derivePairs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table_name: string; field: string }>(
    `select table_name, field from tenancy.reference_fields where kind <> 'own'`,
  );
  for (const { table_name, field } of rows) {
    const climb = `"${field}_climb"`;
    await client.query(`insert into tenancy.reference_pairs (owner_id, target_owner_id)
      select distinct owner_id, ${climb} from ${table_name} where ${climb} is not null on conflict do nothing`);
  }
}

/** Of so many connections at once. */
const workers = 2;

/** The words of every ticket, as `desk.index_ticket` makes them for one (a test compares the two). */
export async function deriveWords(owner: pg.ClientConfig, say: (line: string) => void): Promise<void> {
  say('the words of all tickets, for the search');
  await Promise.all(
    Array.from({ length: workers }, async (_none, worker) => {
      const client = new pg.Client(owner);
      await client.connect();
      await client.query(
        `with said as materialized (
          select c.owner_id, c.ticket_id, left(string_agg(c.body, ' ' order by c.at desc) filter (where c.audience = 'public'), 200000) as public,
            left(string_agg(c.body, ' ' order by c.at desc) filter (where c.audience = 'internal'), 200000) as inside
          from desk.comments c where c.owner_id % $1 = $2 group by 1, 2
        ), worded as materialized (
          select t.owner_id, t.id, desk.words_of(concat_ws(' ', t.number, t.title, t.description, t.resolution, s.public)) as words, s.inside
          from desk.tickets t left join said s on s.owner_id = t.owner_id and s.ticket_id = t.id where t.owner_id % $1 = $2)
        insert into desk.ticket_searches (owner_id, id, ticket_id, words, internal_words)
        select w.owner_id, platform.new_id(), w.id, w.words, w.words || desk.words_of(coalesce(w.inside, '')) from worded w`,
        [workers, worker],
      );
      await client.end();
    }),
  );
}

/** As the program’s timer does, but at once: a running program would otherwise be busy with it while it is measured. */
export async function sealAll(client: pg.Client, say: (line: string) => void): Promise<void> {
  say('sealing the audit');
  for (;;) {
    const { rows } = await client.query<{ sealed: number }>('select platform.seal_audit(1000000) as sealed');
    if (!rows[0]?.sealed) return;
  }
}
