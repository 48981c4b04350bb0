import { type Refusal, type RefusalDetails, refusalOf } from './refusals.ts';
import { lacksStorage } from './storage.ts';

interface DatabaseError extends Error {
  code?: string;
  syscall?: string;
  constraint?: string;
  table?: string;
  /** PostgreSQL's own function that raised it. */
  routine?: string;
}

const byConstraint = new Map<string, string>();

/** Says which refusal a constraint is named after, so that the database stays the last validator of every rule. */
export function constraintRefusals(named: Record<string, string>): void {
  for (const [constraint, type] of Object.entries(named)) byConstraint.set(constraint, type);
}

/**
 * Turns what the database refused into a refusal. Never looks at `detail`, `hint` or `where`: under some roles they hold
 * other tenants' values (T-08). Anything unknown is returned as it is, and is a bug.
 */
export function databaseRefusal(thrown: unknown): Error {
  const error = thrown as DatabaseError;
  const known = error.constraint ? byConstraint.get(error.constraint) : undefined;
  if (known) return refused(error, known);
  switch (error.code) {
    case '23503':
      // One refusal for an absent target and for one outside the line: which key failed first must not matter (R5.4).
      return refused(error, error.constraint?.endsWith('_owner_unknown') ? 'still-referenced' : 'reference-unknown', {
        field: '',
      });
    // A text with U+0000, which PostgreSQL does not keep.
    case '22021':
    case '22P05':
      return refused(error, 'invalid', { count: 1 });
    case '42501':
      // A policy refused the row. A missing grant has the same code, and is a bug of ours.
      return error.routine === 'ExecWithCheckOptions' ? refused(error, 'read-only') : error;
    case '53100':
      return refused(error, 'storage-full');
    // Out of memory, or of connections: for the moment.
    case '53200':
    case '53300':
      return refused(error, 'overloaded');
    case '40001':
    case '40P01':
    case '55P03':
      return refused(error, 'busy');
    case '57P01':
    case '57P02':
    case '57P03':
      return away(error);
    default:
      return isDisconnected(error) ? away(error) : error;
  }
}

/** A journal that cannot grow ends the database, and keeps it from starting until there is room. */
function away(error: DatabaseError): Refusal {
  return refused(error, lacksStorage() ? 'storage-full' : 'stopping');
}

/** The driver's own words have no code: the connection ended under a query, or the server is not there. */
function isDisconnected({ code, syscall, message }: DatabaseError): boolean {
  if (syscall === 'connect' || code === 'ECONNRESET' || code === 'EPIPE') return true;
  return /^Connection terminated|is not queryable$/.test(message);
}

function refused(cause: Error, type: string, details: RefusalDetails = {}): Refusal {
  return Object.assign(refusalOf(type, details), { cause });
}
