import type { Attempt } from './attempts.ts';
import type { Mutation } from './mutations.ts';

const most = 32;
const writing = ['insert', 'update', 'delete'];

/** Attempts that a wall stands in the way of, those that it is likeliest to have decided first. */
export function attemptsAgainst(mutation: Mutation, surveyed: readonly Attempt[]): Attempt[] {
  const { kind, table, verb = 'all', roles = [] } = mutation;
  const decided = surveyed.filter((attempt) => isDecidedBy(mutation, attempt));
  if (kind === 'key' || kind === 'check' || kind === 'trigger') {
    const writers = surveyed.filter((attempt) => writing.some((one) => attempt.touches.has(`${one} ${table}`)));
    const others = kind === 'trigger' && !/ unassigned$/.test(mutation.name) ? readersOf(table, surveyed) : [];
    return distinct(
      [...decided, ...refused(writers), ...writers],
      /unassigned|_unknown|_whole/.test(mutation.name) ? 10 : most,
    ).concat(distinct(others, 8));
  }
  const fitting = surveyed.filter(({ by }) => isMeant(roles, by.reads, by.writes));
  if (kind === 'security') return distinct([...readersOf(table, surveyed), ...refused(surveyed, table)], most);
  if (verb === 'select' || verb === 'all')
    return distinct([...decided, ...readersOf(table, fitting), ...refused(fitting, table)], most);
  const senders = refused(fitting).filter(({ touches }) => touches.has(`${verb} ${table}`));
  return distinct([...decided, ...senders], most);
}

/** The database said so itself. */
function isDecidedBy({ name, table }: Mutation, { sent }: Attempt): boolean {
  const [, wall = ''] = name.split(' ');
  const [, bare] = table.split('.');
  return sent.some(
    ({ error }) =>
      error && (error.constraint === wall || (error.message.includes(wall) && error.message.includes(bare as string))),
  );
}

function isMeant(roles: readonly string[], reads: string, writes: string): boolean {
  const ofReads = roles.filter((role) => role.startsWith('reads_'));
  const ofWrites = roles.filter((role) => role.startsWith('writes_'));
  if (!ofReads.length && !ofWrites.length) return true;
  return ofReads.includes(`reads_${reads}`) || ofWrites.includes(`writes_${writes}`);
}

function readersOf(table: string, attempts: readonly Attempt[]): Attempt[] {
  const readers = attempts.filter(
    ({ touches, target }) => target.name.startsWith('GET ') && touches.has(`read ${table}`),
  );
  // Lists show what is let through; who asks for one record has to guess it.
  return [...readers.filter(({ target }) => !target.name.includes('/:')), ...readers];
}

function refused(attempts: readonly Attempt[], table?: string): Attempt[] {
  return attempts.filter(
    ({ status, touches, target }) =>
      status >= 400 &&
      !target.name.startsWith('GET ') &&
      (!table || [...touches].some((touch) => touch.endsWith(` ${table}`))),
  );
}

/** Each once; of one endpoint not all before the others have had a turn. */
function distinct(attempts: readonly Attempt[], limit: number): Attempt[] {
  const turns = new Map<string, number>();
  const placed = [...new Set(attempts)].map((attempt, at) => {
    const turn = turns.get(attempt.target.name) ?? 0;
    turns.set(attempt.target.name, turn + 1);
    return { attempt, rank: turn * 100_000 + at };
  });
  return placed
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ attempt }) => attempt);
}
