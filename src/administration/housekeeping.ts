import type { Queue } from '../platform/jobs.ts';
import { deleteOutdated } from './housekeeping.queries.ts';

/** Clears away what nobody needs any more: there is nothing to be sent, it looks by itself. */
export const housekeepingQueue: Queue = {
  name: 'housekeeping',
  perform: async () => {},
  sweep: async (db) => void (await db.asSystem(deleteOutdated)),
};
