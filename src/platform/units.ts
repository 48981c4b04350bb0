import type { Kysely } from 'kysely';
import type { Subject } from './audit.ts';
import type { CallAccount } from './fairness/admission.ts';
import type { Reading } from './reads.ts';
import type { Schema } from './schema.ts';
import type { Scope } from './scope.ts';

// Units of work: who asks for one, and what it can do. They begin at the door, `database.ts`, and nowhere else.

/**
 * Who wants something. A session and a token are turned into role and scope by the database itself, at every unit of work;
 * a job names the membership it works for, and `fulfilling` the tenant it may write although it is still provisioning.
 */
export type Principal =
  | { kind: 'session'; tokenHash: Buffer; membershipId: string | null }
  | { kind: 'token'; tokenHash: Buffer }
  | { kind: 'job'; membershipId: string; fulfilling?: number | undefined };

/** Where a request came from; goes into the audit entries. */
export interface Origin {
  requestId: string;
  address: string;
  /** Of a call that reads: the tenants whose records it shows are told (R11.1). */
  reading?: Reading | undefined;
  /** Of a call of the API: it queues with its tenant's others, and may be refused before its first unit of work. */
  call?: CallAccount | undefined;
}

/** A unit of work: the only thing that can query, record an audit entry or queue a job, so all of it is atomic and scoped. */
export interface Tx {
  readonly q: Kysely<Schema>;
  readonly scope: Scope;
  readonly origin: Origin;
  /** R11.1: writes the audit entry of a change; `owner` is the tenant that it happened to. */
  record(action: string, subject: Subject, details?: Record<string, unknown>): Promise<void>;
  /**
   * Queues a job, which exists only if this unit of work commits. Payloads hold identities only (`docs/database.md` 7.8).
   * `behind`: how many of its tenant's wait already; the job of whoever has fewer is done first.
   */
  send(queue: string, payload: Record<string, string | number>, behind?: number): Promise<void>;
  /** Tells live listeners after the commit that something of this tenant changed; no content leaves. */
  changed(topic: string, owner: number): void;
  afterCommit(work: () => void): void;
}

/** Sign-in, the queue and start-up: no person, grants on single tables only. */
export interface SystemTx {
  readonly q: Kysely<Schema>;
  readonly origin: Origin;
  record(action: string, subject: Subject, details?: Record<string, unknown>, actor?: SystemActor): Promise<void>;
  send(queue: string, payload: Record<string, string | number>, behind?: number): Promise<void>;
  changed(topic: string, owner: number): void;
  afterCommit(work: () => void): void;
}

export interface SystemActor {
  personId: string;
  ownerId: number;
  label: string;
  membershipId?: string | undefined;
}
