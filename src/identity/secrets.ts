import { createHash, randomBytes } from 'node:crypto';

/** What is handed out once, and what is kept of it. */
export interface MadeSecret {
  secret: string;
  hash: Buffer;
}

/** 256 random bits: nothing to guess, so one quick hash is enough to keep it by (unlike a password's). */
export function makeSecret(prefix = ''): MadeSecret {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: secretHash(secret) };
}

export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
