import { statfsSync } from 'node:fs';
import { StartRefusal } from './migrate.ts';

/** PostgreSQL makes its journal in pieces of this size, and ends when there is no room for the next. */
const piece = 16 * 1024 * 1024;

/** Where the database of this process keeps its files; null: on a server that we cannot look into. */
let watched: { folder: string; least: number } | null = null;

/** `least`: what must be free, in bytes. Answers how to stop watching. */
export function watchStorage(folder: string, least = piece): () => void {
  watched = { folder, least };
  return () => {
    watched = null;
  };
}

/** Whether a database that does not answer has no room to. */
export function lacksStorage(): boolean {
  if (!watched) return false;
  const { bavail, bsize } = statfsSync(watched.folder);
  return bavail * bsize < watched.least;
}

/** Why a program or command ended, in a sentence; null: by a bug of ours. */
export function startRefusalOf(error: unknown): StartRefusal | null {
  const { code, message, stderr } = error as { code?: string; message?: string; stderr?: string };
  // In the words of the system, of PostgreSQL, of its tools, or of its log.
  if (code === 'ENOSPC' || code === '53100' || /No space left on device/.test(`${message} ${stderr}`))
    return new StartRefusal('The disk is full: make room (100 MB at least) and start again; nothing is lost.');
  return error instanceof StartRefusal ? error : null;
}
