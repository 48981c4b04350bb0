const missing = new WeakSet<object>();
const listeners = new Set<() => void>();

/**
 * Files of the program are named after their content: after an update, a tab that was open before asks for names that are gone. Vite tells
 * of every one that cannot be had, whatever wanted it.
 */
export function watchMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    missing.add(event.payload);
    for (const listener of listeners) listener();
  });
}

export function onMissingPart(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this is what a page failed with. */
export function isMissingPart(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error);
}
