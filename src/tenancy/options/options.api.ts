import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

const values = {
  productName: Type.String({ minLength: 1, maxLength: 80 }),
  /** Null: no limit. */
  greatestTenants: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.Null()]),
  greatestDepth: Type.Integer({ minimum: 1, maximum: 40 }),
};

export const Options = Type.Object({ ...values, version: Type.Integer() });

export const getOptions = endpoint({
  method: 'GET',
  path: '/options',
  access: 'solution.administer',
  summary: "The solution's options",
  answer: Options,
});

export const setOptions = endpoint({
  method: 'PUT',
  path: '/options',
  access: 'solution.administer',
  summary: "Change the solution's options",
  body: Type.Object(values, { additionalProperties: false }),
  answer: Options,
  ifMatch: true,
});
