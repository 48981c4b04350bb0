import { catalogExamples } from './catalog.ts';
import { deskExamples } from './desk.ts';
import type { Examples } from './example.ts';
import { doorExamples, identityExamples, ownExamples } from './identity.ts';
import { selfserviceExamples } from './selfservice.ts';
import { tenancyExamples } from './tenancy.ts';
import { termsExamples } from './terms.ts';

/** One call of every endpoint; a new endpoint fails the build until it has its own. */
export const examples: Examples = {
  ...doorExamples,
  ...ownExamples,
  ...identityExamples,
  ...tenancyExamples,
  ...termsExamples,
  ...catalogExamples,
  ...deskExamples,
  ...selfserviceExamples,
};
