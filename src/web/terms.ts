import { useSyncExternalStore } from 'react';

interface Held {
  /** The terms are accepted: the call is sent again. */
  go: () => void;
  /** It will not be: signed out, or another membership. */
  drop: () => void;
}

const held = new Set<Held>();
const listeners = new Set<() => void>();
let due = false;

/**
 * R8.3: a call that was refused until the terms of usage are accepted is held meanwhile, so that the page that made it stays
 * as it is, with everything that was written in it. @returns whether it may be sent again.
 */
export function termsAccepted(signal?: AbortSignal): Promise<boolean> {
  setDue(true);
  return new Promise((resolve) => {
    const end = (accepted: boolean) => {
      held.delete(one);
      resolve(accepted);
    };
    const one = { go: () => end(true), drop: () => end(false) };
    held.add(one);
    signal?.addEventListener('abort', one.drop);
  });
}

export function settleTerms(accepted: boolean): void {
  setDue(false);
  for (const one of [...held]) accepted ? one.go() : one.drop();
}

function setDue(now: boolean): void {
  due = now;
  for (const listener of listeners) listener();
}

/** A call of this tab has been refused for the terms. */
export function useTermsDue(): boolean {
  return useSyncExternalStore(subscribe, () => due);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
