import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ById, Instant, Password, Secret } from '../identity.fields.ts';
import { Me } from '../sessions/sessions.api.ts';

/** A one-time address (R4.7), shown once: `path` is to be put behind the address that people reach the program at. */
export const OneTimeLink = Type.Object({ path: Type.String(), expiresAt: Instant });

export const makePasswordLink = endpoint({
  method: 'POST',
  path: '/people/:id/link',
  access: 'person.administer',
  summary: 'Make the one-time address at which a person sets their password; an older one stops working',
  params: ById,
  answer: Type.Object({
    ...OneTimeLink.properties,
    /** What the person signs in with, once the password is set (R5.10). */
    signInName: Type.String(),
  }),
  status: 201,
});

export const lookAtLink = endpoint({
  method: 'POST',
  path: '/links/look',
  access: 'visitor',
  summary: 'For whom a one-time address is',
  body: Type.Object({ token: Secret }, { additionalProperties: false }),
  answer: Type.Object({
    displayName: Type.String(),
    organization: Type.Union([Type.String(), Type.Null()]),
    /** What the person signs in with from then on (R5.10). */
    signInName: Type.String(),
  }),
});

export const usePasswordLink = endpoint({
  method: 'POST',
  path: '/links/use',
  access: 'visitor',
  summary: 'Set the password at a one-time address, which signs in',
  body: Type.Object({ token: Secret, password: Password }, { additionalProperties: false }),
  answer: Me,
});
