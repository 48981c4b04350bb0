import { sql } from 'kysely';
import type { SystemTx } from '../../platform/units.ts';

export async function closeReadWindows(system: SystemTx): Promise<void> {
  await sql`select platform.close_read_windows()`.execute(system.q);
}

/** @returns how many were sealed; fewer than wanted: there is nothing more, or another process is at it. */
export async function sealEntries(system: SystemTx, most: number): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select platform.seal_audit(${most}) as sealed`.execute(system.q);
  return rows[0]?.sealed ?? 0;
}
