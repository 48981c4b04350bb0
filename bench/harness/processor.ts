import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds in a tick of /proc; the same on every Linux that Node runs on. */
const tick = 10;

/** CPU of a process so far, user and system, all its threads; with `reaped` also that of children that have ended. */
export function cpuOf(pid: number, { reaped = false } = {}): number {
  const fields = fieldsOf(pid);
  if (!fields) return 0;
  const [user, system, childUser, childSystem] = [11, 12, 13, 14].map((place) => Number(fields[place]));
  return (
    ((user as number) + (system as number) + (reaped ? (childUser as number) + (childSystem as number) : 0)) * tick
  );
}

/** Of a PostgreSQL server with all its processes, whichever of them did the work. */
export function cpuOfServer(postmaster: number): number {
  let sum = cpuOf(postmaster, { reaped: true });
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && Number(fieldsOf(Number(name))?.[1]) === postmaster) sum += cpuOf(Number(name));
  }
  return sum;
}

/** After the name, which may hold blanks: state, parent, … (proc(5) counts from 1, and these are its third and following). */
function fieldsOf(pid: number): string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

export interface Machine {
  all: number;
  idle: number;
  stolen: number;
}

/** Ticks of all processors so far, those in which they had nothing to do, and those that the host gave to others. */
export function readMachine(): Machine {
  const [, ...ticks] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] as string).trim().split(/\s+/).map(Number);
  return {
    all: ticks.slice(0, 8).reduce((sum, one) => sum + one, 0),
    idle: (ticks[3] ?? 0) + (ticks[4] ?? 0),
    stolen: ticks[7] ?? 0,
  };
}

/** The share that was stolen since then. */
export function stealSince(before: Machine): number {
  const now = readMachine();
  return now.all === before.all ? 0 : (now.stolen - before.stolen) / (now.all - before.all);
}

/** The share of all processors that was free since then. */
export function idleSince(before: Machine): number {
  const now = readMachine();
  return now.all === before.all ? 0 : (now.idle - before.idle) / (now.all - before.all);
}

/** Memory in MiB that a process has for itself, and its share of what it has in common with others. */
export function memoryOf(pid: number): number {
  const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(pss) / 1024;
}
