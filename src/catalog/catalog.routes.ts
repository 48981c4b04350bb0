import { type Route, route } from '../platform/routes.ts';
import { decideRequest } from './approvals/approvals.ts';
import * as offerings from './offerings/offerings.api.ts';
import { catalogOf, offeringOf, setApproval } from './offerings/offerings.ts';
import * as requests from './requests/requests.api.ts';
import { cancelRequest, createRequest, editDraft, retryRequest, submitRequest } from './requests/requests.ts';
import { listOfRequests, requestOf } from './requests/requests.view.ts';

export const catalogRoutes: readonly Route[] = [
  route(offerings.getCatalog, ({ tx }) => catalogOf(tx)),
  route(offerings.getOffering, ({ tx, params }) => offeringOf(tx, params.key)),
  route(offerings.setApproval, ({ tx, params, version, body }) => setApproval(tx, params.key, version, body.approval)),
  route(requests.createRequest, async ({ tx, body }) => requestOf(tx, await createRequest(tx, body))),
  route(requests.listRequests, ({ tx, query }) => listOfRequests(tx, query)),
  route(requests.getRequest, ({ tx, params }) => requestOf(tx, params.number)),
  route(requests.editDraft, async ({ tx, params, version, body }) => {
    await editDraft(tx, params.number, version, body.values);
    return requestOf(tx, params.number);
  }),
  route(requests.submitRequest, async ({ tx, params, version }) => {
    await submitRequest(tx, params.number, version);
    return requestOf(tx, params.number);
  }),
  route(requests.decideRequest, async ({ tx, params, version, body }) => {
    await decideRequest(tx, params.number, version, body.decision, body.comment ?? '');
    return requestOf(tx, params.number);
  }),
  route(requests.cancelRequest, async ({ tx, params, version }) => {
    await cancelRequest(tx, params.number, version);
    return requestOf(tx, params.number);
  }),
  route(requests.retryRequest, async ({ tx, params }) => {
    await retryRequest(tx, params.number);
    return requestOf(tx, params.number);
  }),
];
