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
import * as api from './locations.api.ts';

const kind: ChoiceKind = { table: 'desk.locations', access: 'location.administer', subject: 'location' };

export const locationRoutes: readonly Route[] = [
  route(api.listLocations, ({ tx, query }) => listOfChoices(tx, kind, query)),
  route(api.getLocation, ({ tx, params }) => choiceOf(tx, kind, params.id)),
  route(api.addLocation, ({ tx, body }) => addChoice(tx, kind, body)),
  route(api.updateLocation, ({ tx, params, version, body }) => updateChoiceFields(tx, kind, params.id, version, body)),
  route(api.deactivateLocation, ({ tx, params, version }) => deactivateChoice(tx, kind, params.id, version)),
  route(api.reactivateLocation, ({ tx, params, version }) => reactivateChoice(tx, kind, params.id, version)),
];
