import type { FormSchema } from '../../catalog/catalog.fields.ts';
import type { FormValues, Fulfillment, PartContext, PartOutcome } from '../../catalog/fulfillment/fulfillment.ts';
import { offeringOf } from '../../catalog/offerings/offerings.ts';
import { requestOf } from '../../catalog/requests/requests.view.ts';
import type { Tx } from '../../platform/units.ts';
import { findLine } from '../references.queries.ts';
import { insertTicket } from '../tickets/insertion.ts';
import { findDefaultGroup } from '../tickets/tickets.queries.ts';
import { insertWatcher } from '../tickets/watching.queries.ts';

/** How the desk fulfils what people request: with a ticket, whose resolution completes the request's part. */
export const deskFulfillments: Record<string, Fulfillment> = {
  'desk-ticket': {
    parts: [
      {
        name: 'ticket',
        product: { en: 'Service desk', es: 'Mesa de servicio' },
        label: { en: 'Work by the service desk', es: 'Trabajo de la mesa de servicio' },
        run: openTicket,
      },
    ],
  },
};

async function openTicket(tx: Tx, context: PartContext): Promise<PartOutcome> {
  const { owner } = context;
  const request = await requestOf(tx, context.number);
  const { form } = await offeringOf(tx, request.offering.key);
  const requester = { ownerId: tx.scope.ownerId, id: tx.scope.contactId };
  // The provider's people request for tenants, but are no requesters there (R6.3): they watch what becomes of it.
  const within = tx.scope.state !== 'on' || (await findLine(tx, owner)).includes(requester.ownerId);
  const { id, number } = await insertTicket(tx, {
    owner,
    requestId: context.requestId,
    type: 'request',
    title: `${request.offering.name[tx.scope.language]} (${context.number})`.slice(0, 255),
    description: described(form, context.values, tx.scope.language),
    impact: 'low',
    urgency: 'medium',
    requester: within ? requester : null,
    group: (await findDefaultGroup(tx, owner)) ?? null,
  });
  if (!within) await insertWatcher(tx, { ownerId: owner, id }, requester);
  return { result: { ticket: number }, waits: true };
}

/** What was filled in, as the form asked for it. */
function described(form: FormSchema, values: FormValues, language: 'en' | 'es'): string {
  const lines = Object.entries(form.properties).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || value === '') return [];
    const words = [value].flat().map((one) => field['x-labels']?.[String(one)]?.[language] ?? String(one));
    return [`${field['x-label'][language]}: ${words.join(', ')}`];
  });
  return lines.join('\n').slice(0, 20_000);
}
