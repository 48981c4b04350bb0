import Type from 'typebox';
import { Id } from '../identity/identity.fields.ts';

/** The fields that several of the desk's endpoints share; browser-safe like every schema. */

/** A record that a ticket refers to: its label and nothing more (R5.4). */
export const Named = Type.Object({ id: Id, name: Type.String() });
export const NamedOrNone = Type.Union([Named, Type.Null()]);
export const IdOrNone = Type.Union([Id, Type.Null()]);

export const TicketType = Type.Enum(['incident', 'request']);
export const TicketStatus = Type.Enum(['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled']);
export const Level = Type.Enum(['high', 'medium', 'low']);
/** By impact and urgency: the matrix is in `tickets.priority.ts`. */
export const Priority = Type.Enum(['critical', 'high', 'moderate', 'low']);

/** `KEY-42`, in any case. */
export const TicketNumber = Type.String({ pattern: '^[A-Za-z0-9]{2,8}-[1-9][0-9]{0,8}$' });
export const ByNumber = Type.Object({ number: TicketNumber }, { additionalProperties: false });

/** R10.3; include by default. */
export const PublicFilter = Type.Enum(['include', 'exclude', 'only']);
