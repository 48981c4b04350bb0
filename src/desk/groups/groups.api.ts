import { ById } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { Choice, ChoiceChanges, ChoiceFilters, ChoicePage, NewChoice } from '../choices/choices.fields.ts';

export const listAssignmentGroups = endpoint({
  method: 'GET',
  path: '/assignment-groups',
  access: 'ticket.read',
  summary: 'List assignment groups, by name: public ones, those in reach, and those from above',
  query: ChoiceFilters,
  answer: ChoicePage,
});

export const getAssignmentGroup = endpoint({
  method: 'GET',
  path: '/assignment-groups/:id',
  access: 'ticket.read',
  summary: 'An assignment group',
  params: ById,
  answer: Choice,
});

export const addAssignmentGroup = endpoint({
  method: 'POST',
  path: '/assignment-groups',
  access: 'person.administer',
  summary: 'Add an assignment group',
  body: NewChoice,
  answer: Choice,
  status: 201,
});

export const updateAssignmentGroup = endpoint({
  method: 'PATCH',
  path: '/assignment-groups/:id',
  access: 'person.administer',
  summary: 'Change an assignment group',
  params: ById,
  body: ChoiceChanges,
  answer: Choice,
  ifMatch: true,
});

export const deactivateAssignmentGroup = endpoint({
  method: 'PUT',
  path: '/assignment-groups/:id/deactivation',
  access: 'person.administer',
  summary: 'Deactivate an assignment group: it can no longer be chosen, and tickets keep it',
  params: ById,
  answer: Choice,
  ifMatch: true,
});

export const reactivateAssignmentGroup = endpoint({
  method: 'DELETE',
  path: '/assignment-groups/:id/deactivation',
  access: 'person.administer',
  summary: 'Reactivate an assignment group',
  params: ById,
  answer: Choice,
  ifMatch: true,
});
