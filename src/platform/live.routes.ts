import type { Database } from './database.ts';
import * as api from './live.api.ts';
import { Live } from './live.ts';
import { unread } from './reads.ts';
import { refuse } from './refusals.ts';
import { type Route, rawRoute } from './routes.ts';

const ofDatabases = new WeakMap<Database, Live>();

function liveOf(db: Database): Live {
  const live = ofDatabases.get(db) ?? new Live(db);
  ofDatabases.set(db, live);
  return live;
}

/** When the server closes: streams have no end of their own. */
export async function endLive(db: Database): Promise<void> {
  await ofDatabases.get(db)?.end();
  ofDatabases.delete(db);
}

export const liveRoutes: readonly Route[] = [
  rawRoute(api.live, async ({ db, principal, query, reply, request, origin }) => {
    if (principal?.kind !== 'session') return refuse('not-allowed');
    const memberships = [...new Set(query.memberships.split(','))];
    // A membership that is not the person's is refused at once, like any other call under it.
    for (const membershipId of memberships)
      await db.as({ ...principal, membershipId }, async () => {}, { origin: unread(origin) });
    const response = reply.raw;
    const head = {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // A stream has its connection for itself: kept alive after its end it would hold up a server that closes.
      connection: 'close',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    };
    if (!(await liveOf(db).follow({ tokenHash: principal.tokenHash, memberships, response })))
      refuse('too-many', { seconds: 60 });
    reply.hijack();
    response.writeHead(200, head);
    response.write(': here\n\n');
    request.raw.socket.setNoDelay(true);
  }),
];
