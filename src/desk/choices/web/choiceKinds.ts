import type { FunctionName } from '../../../identity/functions.ts';
import {
  addCategory,
  deactivateCategory,
  listCategories,
  reactivateCategory,
  updateCategory,
} from '../../categories/categories.api.ts';
import {
  addAssignmentGroup,
  deactivateAssignmentGroup,
  listAssignmentGroups,
  reactivateAssignmentGroup,
  updateAssignmentGroup,
} from '../../groups/groups.api.ts';
import {
  addLocation,
  deactivateLocation,
  listLocations,
  reactivateLocation,
  updateLocation,
} from '../../locations/locations.api.ts';

/** Categories, locations and assignment groups are kept in the same way; their texts begin with `name`. */
export interface ChoiceKind {
  name: 'categories' | 'locations' | 'groups';
  /** What the explanations call a list and a record of them. */
  asked: 'categories' | 'locations' | 'assignment-groups';
  record: 'category' | 'location' | 'assignment-group';
  keeper: FunctionName;
  list: typeof listCategories | typeof listLocations | typeof listAssignmentGroups;
  add: typeof addCategory | typeof addLocation | typeof addAssignmentGroup;
  update: typeof updateCategory | typeof updateLocation | typeof updateAssignmentGroup;
  deactivate: typeof deactivateCategory | typeof deactivateLocation | typeof deactivateAssignmentGroup;
  reactivate: typeof reactivateCategory | typeof reactivateLocation | typeof reactivateAssignmentGroup;
}

export const categories: ChoiceKind = {
  name: 'categories',
  asked: 'categories',
  record: 'category',
  keeper: 'category.administer',
  list: listCategories,
  add: addCategory,
  update: updateCategory,
  deactivate: deactivateCategory,
  reactivate: reactivateCategory,
};

export const locations: ChoiceKind = {
  name: 'locations',
  asked: 'locations',
  record: 'location',
  keeper: 'location.administer',
  list: listLocations,
  add: addLocation,
  update: updateLocation,
  deactivate: deactivateLocation,
  reactivate: reactivateLocation,
};

export const assignmentGroups: ChoiceKind = {
  name: 'groups',
  asked: 'assignment-groups',
  record: 'assignment-group',
  keeper: 'person.administer',
  list: listAssignmentGroups,
  add: addAssignmentGroup,
  update: updateAssignmentGroup,
  deactivate: deactivateAssignmentGroup,
  reactivate: reactivateAssignmentGroup,
};
