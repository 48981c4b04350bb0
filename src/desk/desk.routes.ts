import type { Route } from '../platform/routes.ts';
import { categoryRoutes } from './categories/categories.routes.ts';
import { contactRoutes } from './contacts/contacts.routes.ts';
import { assignmentGroupRoutes } from './groups/groups.routes.ts';
import { groupMemberRoutes } from './groups/members.routes.ts';
import { queueRoutes } from './groups/queues.routes.ts';
import { importRoutes } from './import/import.routes.ts';
import { locationRoutes } from './locations/locations.routes.ts';
import { ticketRoutes } from './tickets/tickets.routes.ts';

export const deskRoutes: readonly Route[] = [
  ...ticketRoutes,
  ...contactRoutes,
  ...categoryRoutes,
  ...locationRoutes,
  ...assignmentGroupRoutes,
  ...groupMemberRoutes,
  ...queueRoutes,
  ...importRoutes,
];
