import { createRequest, getRequest, type ServiceRequest } from '../catalog/requests/requests.api.ts';
import { StartRefusal } from '../platform/migrate.ts';
import type { Api } from './connection.ts';
import type { Output } from './output.ts';

/**
 * Requests an offering as its form would, and waits until it is fulfilled (R4.6). Waiting for approval is an end, too.
 * @throws StartRefusal that names the part and why, when one failed.
 */
export async function requestOffering(
  api: Api,
  output: Output,
  offering: string,
  values: Record<string, unknown>,
  key?: string,
): Promise<ServiceRequest> {
  const made = await api.call(createRequest, { body: { offering, values }, ...(key ? { idempotencyKey: key } : {}) });
  let request = made;
  for (
    let wait = 20;
    ['submitted', 'fulfillment'].includes(request.phase) && !request.stuck;
    wait = Math.min(wait * 2, 500)
  ) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    request = await api.call(getRequest, { params: { number: made.number } });
  }
  const failed = request.tasks.find((task) => task.state === 'failed');
  if (failed) {
    const { language } = output;
    throw new StartRefusal(`${request.number}, ${failed.part[language]}: ${failed.error?.[language] ?? ''}`);
  }
  return request;
}

/** What became of a request, in a line for people. */
export function outcomeOf(request: ServiceRequest, output: Output, done: string): string[] {
  if (request.phase !== 'approval') return [`${done} (${request.number})`];
  return [output.language === 'es' ? `${request.number} espera aprobación.` : `${request.number} waits for approval.`];
}
