import { sql } from 'kysely';
import { databaseRefusal } from './database.errors.ts';
import type { Tx } from './units.ts';

/**
 * Does something and undoes it: throws what it would throw, and leaves nothing behind. What is judged this way is judged by
 * the very rules that it will be done by, constraints and policies included.
 */
export async function attempt(tx: Tx, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  // Nothing happened, so nobody hears of it.
  const quiet: Tx = { ...tx, changed: () => {}, afterCommit: () => {} };
  await sql`savepoint attempt`.execute(tx.q);
  try {
    await work(quiet);
    await sql`set constraints all immediate`.execute(tx.q);
  } catch (error) {
    await sql`rollback to savepoint attempt`.execute(tx.q);
    throw databaseRefusal(error);
  }
  await sql`rollback to savepoint attempt`.execute(tx.q);
}
