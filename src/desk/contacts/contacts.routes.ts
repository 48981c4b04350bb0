import { type Route, route } from '../../platform/routes.ts';
import { findContacts } from './contacts.api.ts';
import { contactsFor } from './contacts.ts';

export const contactRoutes: readonly Route[] = [route(findContacts, ({ tx, query }) => contactsFor(tx, query))];
