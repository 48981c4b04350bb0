import { execFile, spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whom PostgreSQL runs as when the program itself is root, which PostgreSQL refuses to be. */
export interface Account {
  uid: number;
  gid: number;
}

const run = promisify(execFile);

/**
 * The account for a cluster whose files belong into this folder; none when the program is not root. The folder's owner is
 * preferred, so that somebody who owns a clone can go on with what root began. It must have a name: initdb looks it up.
 */
export async function accountFor(folder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(folder).catch(() => undefined);
  const candidates = owner && owner.uid !== 0 ? [String(owner.uid), 'postgres', 'nobody'] : ['postgres', 'nobody'];
  for (const name of candidates) {
    const uid = await run('id', ['-u', name]).catch(() => undefined);
    const gid = await run('id', ['-g', name]).catch(() => undefined);
    if (uid && gid) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return undefined;
}

/** Whether the account reaches this path, through every folder above it; asked from the system, which knows all rules. */
export function reaches(account: Account | undefined, path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -r "$0"', path], { ...account, cwd: '/' }).status === 0;
}
