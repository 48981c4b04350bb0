import { type DoneRequest, recordDoneRequest } from '../catalog/requests/done.ts';
import { invite } from '../identity/invitations/invitations.api.ts';
import { heldRole } from '../identity/people/memberships.ts';
import * as people from '../identity/people/people.api.ts';
import * as roles from '../identity/roles/roles.api.ts';
import type { Endpoint } from '../platform/endpoints.ts';
import type { PersonCall, Route } from '../platform/routes.ts';

type Call = PersonCall<Endpoint> & { params: { id: string } };
/** Asked before it is done: afterwards a membership that has ended tells no role any more. */
type AsRequest = (call: Call) => DoneRequest | Promise<DoneRequest>;

const change =
  (offering: string, subject: string, action: string): AsRequest =>
  ({ params, body, version }) => ({ offering, values: { action, [subject]: params.id, version, ...(body as object) } });

async function endOfMembership({ tx, params }: Call): Promise<DoneRequest> {
  const held = await heldRole(tx, params.id);
  return {
    offering: 'manage-users',
    values: { action: 'end-membership', ...(held ? { person: held.contactId, roleId: held.roleId } : {}) },
  };
}

/** R4.6: what the API does directly ends in the same request record as the offering's form. */
const recorded = new Map<Endpoint, AsRequest>([
  [people.addPerson as Endpoint, ({ body }) => ({ offering: 'add-user', values: { ...(body as object) } })],
  [people.updatePerson as Endpoint, change('manage-users', 'person', 'update')],
  [people.deactivatePerson as Endpoint, change('manage-users', 'person', 'deactivate')],
  [people.reactivatePerson as Endpoint, change('manage-users', 'person', 'reactivate')],
  [people.grantRole as Endpoint, change('manage-users', 'person', 'grant-role')],
  [people.endMembership as Endpoint, endOfMembership],
  // Whoever accepts it has a membership like one that was granted, so it waits for the same approval (R4.3).
  [
    invite as Endpoint,
    ({ body }) => {
      const { address, roleId } = body as { address: string; roleId: string };
      return { offering: 'manage-users', values: { action: 'grant-role', roleId }, about: address };
    },
  ],
  [roles.addRole as Endpoint, ({ body }) => ({ offering: 'add-role', values: { ...(body as object) } })],
  [roles.updateRole as Endpoint, change('manage-roles', 'role', 'update')],
  [roles.deactivateRole as Endpoint, change('manage-roles', 'role', 'deactivate')],
  [roles.reactivateRole as Endpoint, change('manage-roles', 'role', 'reactivate')],
]);

/** The same routes; those that do what an offering does leave its request behind, in the same unit of work. */
export function withRequestRecords(routes: readonly Route[]): Route[] {
  return routes.map((route) => {
    const asRequest = recorded.get(route.endpoint);
    if (!asRequest) return route;
    const handle = async (call: Call) => {
      const done = await asRequest(call);
      const answer = await (
        route.handle as (call: unknown) => Promise<{ name?: string; displayName?: string } | undefined>
      )(call);
      await recordDoneRequest(call.tx, done, done.about ?? answer?.displayName ?? answer?.name ?? '');
      return answer;
    };
    return { ...route, handle: handle as (call: never) => unknown };
  });
}
