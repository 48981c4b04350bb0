import Type from 'typebox';
import { endpoint } from './endpoints.ts';

export const getOpenApi = endpoint({
  method: 'GET',
  path: '/openapi.json',
  access: 'visitor',
  summary: 'This API as an OpenAPI 3.1 document',
  answer: Type.Unknown(),
});

export const getReference = endpoint({
  method: 'GET',
  path: '/reference',
  access: 'visitor',
  summary: 'This API as a page to read',
  sends: 'file',
});
