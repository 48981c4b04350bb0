import type { Endpoint } from '../platform/endpoints.ts';
import { type BrowserCall, send } from './client.ts';
import { problemOf } from './problem.ts';

/** Fetches a file under this tab's membership, which a plain link could not name, and lets the browser keep it. */
export async function download<E extends Endpoint>(endpoint: E, input: BrowserCall<E> = {}): Promise<void> {
  const response = await send(endpoint, input);
  if (!response.ok) throw await problemOf(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(response.headers.get('content-disposition')) ?? endpoint.path.split('/')[1] ?? 'file';
  link.click();
  URL.revokeObjectURL(url);
}

function nameOf(disposition: string | null): string | undefined {
  return /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1];
}
