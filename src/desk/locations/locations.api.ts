import { ById } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { Choice, ChoiceChanges, ChoiceFilters, ChoicePage, NewChoice } from '../choices/choices.fields.ts';

export const listLocations = endpoint({
  method: 'GET',
  path: '/locations',
  access: 'ticket.read',
  summary: 'List locations, by name: public ones, those in reach, and those from above',
  query: ChoiceFilters,
  answer: ChoicePage,
});

export const getLocation = endpoint({
  method: 'GET',
  path: '/locations/:id',
  access: 'ticket.read',
  summary: 'A location',
  params: ById,
  answer: Choice,
});

export const addLocation = endpoint({
  method: 'POST',
  path: '/locations',
  access: 'location.administer',
  summary: 'Add a location',
  body: NewChoice,
  answer: Choice,
  status: 201,
});

export const updateLocation = endpoint({
  method: 'PATCH',
  path: '/locations/:id',
  access: 'location.administer',
  summary: 'Change a location',
  params: ById,
  body: ChoiceChanges,
  answer: Choice,
  ifMatch: true,
});

export const deactivateLocation = endpoint({
  method: 'PUT',
  path: '/locations/:id/deactivation',
  access: 'location.administer',
  summary: 'Deactivate a location: it can no longer be chosen, and tickets keep it',
  params: ById,
  answer: Choice,
  ifMatch: true,
});

export const reactivateLocation = endpoint({
  method: 'DELETE',
  path: '/locations/:id/deactivation',
  access: 'location.administer',
  summary: 'Reactivate a location',
  params: ById,
  answer: Choice,
  ifMatch: true,
});
