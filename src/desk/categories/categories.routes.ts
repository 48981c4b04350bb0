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
import * as api from './categories.api.ts';

const kind: ChoiceKind = { table: 'desk.categories', access: 'category.administer', subject: 'category' };

export const categoryRoutes: readonly Route[] = [
  route(api.listCategories, ({ tx, query }) => listOfChoices(tx, kind, query)),
  route(api.getCategory, ({ tx, params }) => choiceOf(tx, kind, params.id)),
  route(api.addCategory, ({ tx, body }) => addChoice(tx, kind, body)),
  route(api.updateCategory, ({ tx, params, version, body }) => updateChoiceFields(tx, kind, params.id, version, body)),
  route(api.deactivateCategory, ({ tx, params, version }) => deactivateChoice(tx, kind, params.id, version)),
  route(api.reactivateCategory, ({ tx, params, version }) => reactivateChoice(tx, kind, params.id, version)),
];
