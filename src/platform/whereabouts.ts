import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holderOf } from './lock.ts';

/** Where a program listens, and the address that people use. */
export interface Whereabouts {
  host: string;
  port: number;
  publicUrl: string;
}

const noteIn = (dataDir: string) => join(dataDir, 'postgresql', 'tenantry.address');

/**
 * Leaves a note beside the lock on the data folder, so that commands find a program that was started with other settings than
 * theirs. On a database of another server, which has no such folder, the settings alone say it. Answers how to take it away.
 */
export async function leaveWhereabouts(dataDir: string, { host, port, publicUrl }: Whereabouts) {
  const holder = await holderOf(join(dataDir, 'postgresql'));
  if (!holder) return async () => {};
  await writeFile(noteIn(dataDir), JSON.stringify({ holder, host, port, publicUrl }), { mode: 0o600 });
  return () => rm(noteIn(dataDir), { force: true });
}

/** Of the program that runs on this folder. What one that was killed has left names another holder, and is none. */
export async function findWhereabouts(dataDir: string): Promise<Whereabouts | null> {
  const holder = await holderOf(join(dataDir, 'postgresql'));
  const text = await readFile(noteIn(dataDir), 'utf8').catch(() => '');
  if (!holder || !text.startsWith('{') || !text.endsWith('}')) return null;
  const { holder: noted, ...found } = JSON.parse(text) as Whereabouts & { holder: string };
  return noted === holder ? found : null;
}
