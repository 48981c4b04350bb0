import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { findPublicKeys, findSigningKey, insertFirstKey, type SigningKeyRow } from './signing.queries.ts';
import type { SystemTx } from './units.ts';

export type SigningKey = SigningKeyRow;

/** Under what leaves the installation: who signed, and an Ed25519 signature in base64. */
export interface Signature {
  algorithm: 'Ed25519';
  key: string;
  value: string;
}

/** The installation's key, made when the first is needed; the private half never leaves the database and this process. */
export async function signingKey(system: SystemTx): Promise<SigningKey> {
  const found = await findSigningKey(system);
  if (found) return found;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await insertFirstKey(system, { id: keyId(pem), private_key: secret, public_key: pem });
  return (await findSigningKey(system)) as SigningKey;
}

/** The newest first; there is one, because whoever asks before the first signature gets the key that it will be made with. */
export async function publicKeys(system: SystemTx) {
  await signingKey(system);
  return findPublicKeys(system);
}

/** What is signed is the kind of file and the SHA-256 of its content, a line each: a file of one kind is none of another. */
export function signDigest(key: SigningKey, kind: string, digest: string): Signature {
  const value = sign(null, messageOf(kind, digest), key.private_key).toString('base64');
  return { algorithm: 'Ed25519', key: key.id, value };
}

/** `publicKey` as PEM. */
export function isSigned(publicKey: string, kind: string, content: string | Buffer, signature: string): boolean {
  const digest = createHash('sha256').update(content).digest('hex');
  return verify(null, messageOf(kind, digest), publicKey, Buffer.from(signature, 'base64'));
}

/** Of a public key: the first 16 digits of the SHA-256 of its DER form. @throws Error for what is no key. */
export function keyId(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

function messageOf(kind: string, digest: string): Buffer {
  return Buffer.from(`${kind}\n${digest}\n`);
}
