import { type Route, route } from '../../platform/routes.ts';
import {
  addChoice,
  type ChoiceKind,
  choiceOf,
  deactivateChoice,
  listOfChoices,
  reactivateChoice,
  updateChoiceFields,
} from '../choices/choices.ts';
import * as api from './groups.api.ts';
import { refuseDefaultQueue } from './queues.ts';

const kind: ChoiceKind = {
  table: 'identity.assignment_groups',
  access: 'person.administer',
  subject: 'assignment-group',
};

export const assignmentGroupRoutes: readonly Route[] = [
  route(api.listAssignmentGroups, ({ tx, query }) => listOfChoices(tx, kind, query)),
  route(api.getAssignmentGroup, ({ tx, params }) => choiceOf(tx, kind, params.id)),
  route(api.addAssignmentGroup, ({ tx, body }) => addChoice(tx, kind, body)),
  route(api.updateAssignmentGroup, ({ tx, params, version, body }) =>
    updateChoiceFields(tx, kind, params.id, version, body),
  ),
  route(api.deactivateAssignmentGroup, async ({ tx, params, version }) => {
    await refuseDefaultQueue(tx, params.id);
    return deactivateChoice(tx, kind, params.id, version);
  }),
  route(api.reactivateAssignmentGroup, ({ tx, params, version }) => reactivateChoice(tx, kind, params.id, version)),
];
