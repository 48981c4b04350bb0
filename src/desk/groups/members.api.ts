import Type from 'typebox';
import { ById, Id, NextPage, Paging } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { Contact } from '../contacts/contacts.api.ts';

const Member = Type.Object({ ...ById.properties, contact: Id }, { additionalProperties: false });

export const listGroupMembers = endpoint({
  method: 'GET',
  path: '/assignment-groups/:id/members',
  access: 'person.read',
  summary: 'List the members of an assignment group whom you may see',
  params: ById,
  query: Type.Object({ ...Paging }, { additionalProperties: false }),
  answer: Type.Object({ items: Type.Array(Contact), next: NextPage }),
});

export const addGroupMember = endpoint({
  method: 'PUT',
  path: '/assignment-groups/:id/members/:contact',
  access: 'person.administer',
  summary: 'Add somebody to an assignment group',
  params: Member,
});

export const removeGroupMember = endpoint({
  method: 'DELETE',
  path: '/assignment-groups/:id/members/:contact',
  access: 'person.administer',
  summary: 'Take somebody out of an assignment group',
  params: Member,
});
