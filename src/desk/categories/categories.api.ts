import { ById } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { Choice, ChoiceChanges, ChoiceFilters, ChoicePage, NewChoice } from '../choices/choices.fields.ts';

export const listCategories = endpoint({
  method: 'GET',
  path: '/categories',
  access: 'ticket.read',
  summary: 'List categories, by name: public ones, those in reach, and those from above',
  query: ChoiceFilters,
  answer: ChoicePage,
});

export const getCategory = endpoint({
  method: 'GET',
  path: '/categories/:id',
  access: 'ticket.read',
  summary: 'A category',
  params: ById,
  answer: Choice,
});

export const addCategory = endpoint({
  method: 'POST',
  path: '/categories',
  access: 'category.administer',
  summary: 'Add a category',
  body: NewChoice,
  answer: Choice,
  status: 201,
});

export const updateCategory = endpoint({
  method: 'PATCH',
  path: '/categories/:id',
  access: 'category.administer',
  summary: 'Change a category',
  params: ById,
  body: ChoiceChanges,
  answer: Choice,
  ifMatch: true,
});

export const deactivateCategory = endpoint({
  method: 'PUT',
  path: '/categories/:id/deactivation',
  access: 'category.administer',
  summary: 'Deactivate a category: it can no longer be chosen, and tickets keep it',
  params: ById,
  answer: Choice,
  ifMatch: true,
});

export const reactivateCategory = endpoint({
  method: 'DELETE',
  path: '/categories/:id/deactivation',
  access: 'category.administer',
  summary: 'Reactivate a category',
  params: ById,
  answer: Choice,
  ifMatch: true,
});
