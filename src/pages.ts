import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import statics from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { StartRefusal } from './platform/migrate.ts';

const built = fileURLToPath(new URL('../dist/', import.meta.url));

/** Serves the built web application: files by name, and for every other address of a page the one page that it has. */
export async function servePages(server: FastifyInstance, folder: string = built): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) {
    throw new StartRefusal('The web application is not built: start with “npm start”, which builds it.');
  }
  await server.register(statics, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    // The build leaves each of them beside itself as .br and .gz.
    preCompressed: true,
    setHeaders(reply, path) {
      // The build puts a hash of the content into these names; everything else is asked for again.
      const forever = path.includes('/assets/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.get('/*', (request, reply) => {
    const { pathname } = new URL(request.url, 'http://host');
    // An unknown endpoint and a missing file are not pages.
    if (pathname.startsWith('/api/') || /\.\w+$/.test(pathname)) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
