import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

/** What an organization has had of late. */
export const Usage = Type.Object({
  /** Calls of the API in this minute, to within about a second. */
  calls: Type.Integer(),
  callsInHour: Type.Integer(),
  /** The most in one minute of the last hour. */
  busiestMinute: Type.Integer(),
  /** Calls of the last hour that were refused because there were too many. */
  refusedInHour: Type.Integer(),
  /** Requests that wait to be fulfilled. */
  queued: Type.Integer(),
});
export type Usage = Static<typeof Usage>;

/** What it may have; 0: as much as there is. */
export const Limits = Type.Object({
  callsPerMinute: Type.Integer(),
  callsAtOnce: Type.Integer(),
  queuedRequests: Type.Integer(),
});
export type Limits = Static<typeof Limits>;

export const getUsage = endpoint({
  method: 'GET',
  path: '/usage',
  access: 'audit.read',
  summary: 'What your organization has had of late, and what it may have',
  answer: Type.Object({ limits: Limits, usage: Usage }),
});
