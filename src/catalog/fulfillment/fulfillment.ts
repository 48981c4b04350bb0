import type { Scope } from '../../platform/scope.ts';
import type { Tx } from '../../platform/units.ts';
import type { FormSchema, Text } from '../catalog.fields.ts';

export type FormValues = Record<string, unknown>;

/** What a part knows of the request that it fulfils. */
export interface PartContext {
  requestId: string;
  /** The owner of the request, in the database. */
  owner: number;
  number: string;
  taskId: string;
  submittedAt: Date | null;
  values: FormValues;
  /** The tenant that is being prepared, from the part that made it on. */
  fulfilling: number | null;
  /** What earlier parts left for later ones and for people, by name; never a secret (R4.7). */
  result: Record<string, string>;
}

export interface PartOutcome {
  /** Added to the request's result. */
  result?: Record<string, string>;
  /** The tenant that the following parts may write although it is still provisioning (R4.4). */
  fulfilling?: number;
  /** The part is done when the product says so, with `completeTask`. */
  waits?: boolean;
}

/** One product's part of a fulfillment: done in one unit of work as the requester, so it happens whole or not at all. */
export interface Part {
  name: string;
  product: Text;
  label: Text;
  /**
   * Whatever fails ends the request, after some patience with the locks of others' work. Trying again later would decide anew, when nobody looks: what was
   * refused because more would have become visible, or met with a full disk, must not happen next week by itself (R1.7).
   */
  onlyNow?: boolean;
  run(tx: Tx, context: PartContext): Promise<PartOutcome | undefined>;
}

export interface Change {
  field: Text;
  from: string | null;
  to: string;
}

export interface Fulfillment {
  /** Whether it makes sense for whoever asks, beyond the functions: tenants cannot be added while there are none (R1.3). */
  offered?(scope: Scope): boolean;
  /**
   * Judges the values against the real state when they are submitted, beyond the form's schema: throws what fulfilling them
   * would throw. Answers what the request is about and what it changes, for people.
   */
  judge?(tx: Tx, values: FormValues, form: FormSchema): Promise<{ about?: string; changes?: Change[] }>;
  parts: readonly Part[];
}

const registered = new Map<string, Fulfillment>();

/** A product says how it fulfils; called once, by the table of contents. */
export function registerFulfillments(fulfillments: Record<string, Fulfillment>): void {
  for (const [name, fulfillment] of Object.entries(fulfillments)) registered.set(name, fulfillment);
}

/** The names of those that are not offered to whoever asks. */
export function unofferedTo(scope: Scope): string[] {
  return [...registered].filter(([, fulfillment]) => fulfillment.offered?.(scope) === false).map(([name]) => name);
}

export function fulfillmentOf(name: string): Fulfillment {
  const found = registered.get(name);
  if (!found) throw new Error(`no fulfillment is registered as ${name}`);
  return found;
}
