import { execFile } from 'node:child_process';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartRefusal } from './migrate.ts';

/** The folder belongs to a program that runs. */
export class FolderInUse extends StartRefusal {}

const run = promisify(execFile);

/**
 * Keeps a second start out of a folder. A note with the number of this process and the instant at which it began, because
 * numbers are used again: what a killed process left behind is recognized and taken over. Answers how to let go.
 */
export async function lockFolder(folder: string, shownAs: string): Promise<() => Promise<void>> {
  const note = join(folder, 'tenantry.pid');
  const ours = `${process.pid} ${await beginOf(process.pid)}`;
  const draft = `${note}.${process.pid}`;
  await writeFile(draft, ours, { mode: 0o600 });
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (await linked(draft, note)) return () => rm(note, { force: true });
      await removeStale(note, shownAs);
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new StartRefusal(`The folder ${shownAs} is being taken by another start: try again.`);
}

/** What stands in the note of a program that runs on this folder; null: none does. */
export async function holderOf(folder: string): Promise<string | null> {
  const content = await readFile(join(folder, 'tenantry.pid'), 'utf8').catch(() => '');
  const pid = Number(content.split(' ')[0]);
  return pid && content === `${pid} ${await beginOf(pid)}` ? content : null;
}

async function removeStale(note: string, shownAs: string): Promise<void> {
  const content = await readFile(note, 'utf8').catch(() => '');
  const pid = Number(content.split(' ')[0]);
  if (pid && content === `${pid} ${await beginOf(pid)}`) {
    throw new FolderInUse(
      `The folder ${shownAs} is in use by another start (process ${pid}): stop that one, or set DATA_DIR and PORT for a second installation.`,
    );
  }
  // Another start may have seen the same and been faster: its fresh note goes back to its place.
  const aside = `${note}.stale-${process.pid}`;
  await rename(note, aside).catch(() => {});
  if ((await readFile(aside, 'utf8').catch(() => content)) !== content) await linked(aside, note);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** When a process began, in whatever the system counts in; empty: there is none. */
async function beginOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') {
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => 'gone',
    );
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is a name in parentheses that may hold anything; the instant is the 22nd, in ticks since the boot.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return fields[0] && fields[0] !== 'Z' ? `${fields[19]} ${boot.trim()}` : 'gone';
}
