import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { DisplayName, Language, Password, Secret, TimeZone, UserName } from '../identity.fields.ts';
import { Me } from '../sessions/sessions.api.ts';

// The secret is in the body, never in a path: paths are written to logs. The page's address carries it behind `#`.

export const lookAtFirstRun = endpoint({
  method: 'POST',
  path: '/first-run/look',
  access: 'visitor',
  summary: 'Whether the address for the first administrator can still be used',
  body: Type.Object({ token: Secret }, { additionalProperties: false }),
  answer: Type.Object({ productName: Type.String() }),
});

export const createFirstAdministrator = endpoint({
  method: 'POST',
  path: '/first-run',
  access: 'visitor',
  summary: 'Create the first administrator, who is then signed in',
  body: Type.Object(
    {
      token: Secret,
      userName: UserName,
      displayName: DisplayName,
      password: Password,
      language: Type.Optional(Language),
      timeZone: Type.Optional(TimeZone),
    },
    { additionalProperties: false },
  ),
  answer: Me,
});
