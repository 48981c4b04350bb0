import { getOpenApi, getReference } from './openapi.api.ts';
import { referencePage } from './openapi.page.ts';
import { type OpenApi, openApi } from './openapi.ts';
import { type Route, rawRoute } from './routes.ts';

/** All routes, and with them the two that describe them. */
export function withReference(routes: readonly Route[]): readonly Route[] {
  let made: OpenApi | null = null;
  const describe = () => {
    made ??= openApi(all);
    return made;
  };
  const all: readonly Route[] = [
    ...routes,
    rawRoute(getOpenApi, describe),
    rawRoute(getReference, ({ reply }) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(referencePage(describe()));
    }),
  ];
  return all;
}
