import type { FastifyReply } from 'fastify';
import { sessionCookie } from '../../platform/server.ts';

/** Seconds: the absolute length of a session, a week; the database ends it earlier when it is not used. */
const maxAge = 7 * 24 * 3600;

export function setSessionCookie(reply: FastifyReply, secret: string): void {
  reply.setCookie(sessionCookie, secret, { ...attributes(reply), maxAge });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, attributes(reply));
}

function attributes(reply: FastifyReply) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: reply.server.secureCookies } as const;
}
