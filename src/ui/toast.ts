/** A notice that comes and goes; what must not be missed belongs on the page instead. */
export interface Toast {
  id: number;
  tone: 'done' | 'failed' | 'plain';
  text: string;
  /** What can be done about it. */
  action?: { label: string; act: () => void };
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function showToast(text: string, tone: Toast['tone'] = 'done', action?: Toast['action']): void {
  lastId += 1;
  publish([...toasts.filter((toast) => toast.text !== text), { id: lastId, tone, text, action }].slice(-4));
}

export function closeToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}
