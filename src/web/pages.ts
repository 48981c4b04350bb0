import { auditPages, readinessPages } from '../administration/web/pages.ts';
import { catalogPages, requestPages } from '../catalog/web/pages.ts';
import { choicePages, deskPages } from '../desk/web/pages.ts';
import { identityPages } from '../identity/web/pages.ts';
import { homePages, selfservicePages } from '../selfservice/web/pages.ts';
import { solutionPages, tenancyPages } from '../tenancy/web/pages.ts';
import type { PageEntry } from './pageEntry.ts';

/** Every page of the application: the table of contents of the browser, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  ...homePages,
  ...catalogPages,
  ...selfservicePages,
  ...deskPages,
  ...requestPages,
  ...tenancyPages,
  ...identityPages,
  ...choicePages,
  ...solutionPages,
  ...readinessPages,
  ...auditPages,
];
