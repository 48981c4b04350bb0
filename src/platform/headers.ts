import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';

/**
 * The headers that protect pages and answers. Helmet would make them anew for every answer, although they are the same for all.
 * @param secure people reach the program over TLS.
 */
export async function protectingHeaders(secure: boolean): Promise<[name: string, value: string][]> {
  const headers: [string, string][] = [];
  const answer = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => {} };
  await new Promise<void>((done, failed) => {
    helmet(optionsOf(secure))({} as IncomingMessage, answer as unknown as ServerResponse, (error) =>
      error ? failed(error) : done(),
    );
  });
  return headers;
}

function optionsOf(secure: boolean): HelmetOptions {
  return {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: [`'self'`],
        scriptSrc: [`'self'`],
        // Mantine sets style attributes.
        styleSrc: [`'self'`, `'unsafe-inline'`],
        imgSrc: [`'self'`, 'data:', 'blob:'],
        objectSrc: [`'none'`],
        frameAncestors: [`'none'`],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: secure,
  };
}
