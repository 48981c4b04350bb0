import { hash, verify } from '@node-rs/argon2';
import { foldName } from '../platform/fold.ts';
import { refuseIdentity } from './identity.refusals.ts';

/** NIST SP 800-63B: length counts, composition rules do not. */
export const leastPasswordLength = 12;

// argon2id as OWASP advises: 19 MiB, two passes, one lane.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashed with the same cost as every password: what an unknown name's password is compared with (T-10). */
const nobodys = hash('nobody has this password', cost);

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** Takes as long without a hash as with one. */
export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobodys), password.normalize('NFKC'));
  return matches && kept !== null;
}

/** @throws Refusal with the reason that helps to choose a better one. */
export function refuseWeakPassword(password: string, userName: string): void {
  const length = [...password].length;
  if (length < leastPasswordLength) refuseIdentity('password.too-short', { least: leastPasswordLength });
  const folded = foldName(password);
  const name = foldName(userName);
  // A short name is part of many words: “eve” of “seven”.
  if (folded === name || (name.length > 4 && folded.includes(name))) refuseIdentity('password.is-user-name');
  if (isCommon(folded)) refuseIdentity('password.too-common');
}

/** The commonest of at least twelve characters are short words and rows of keys, once or again and again. */
function isCommon(folded: string): boolean {
  const letters = folded.replace(/[^\p{L}\p{N}]/gu, '');
  const stem = letters.replace(/\d+$/, '');
  return (
    new Set(letters).size < 5 ||
    commonStems.has(stem) ||
    commonStems.has(letters) ||
    rows.some((row) => row.includes(letters))
  );
}

const rows = [
  '12345678901234567890',
  '09876543210987654321',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'abcdefghijklmnopqrstuvwxyz',
];

const commonStems = new Set([
  'password',
  'passwordpassword',
  'mypassword',
  'thisisapassword',
  'thisismypassword',
  'contraseña',
  'micontraseña',
  'administrator',
  'administrador',
  'adminadmin',
  'adminadminadmin',
  'changeme',
  'changemenow',
  'letmein',
  'letmeinplease',
  'iloveyou',
  'iloveyouforever',
  'welcome',
  'welcometo',
  'bienvenido',
  'qwerty',
  'qwertyqwerty',
  'unbelievable',
  'manchesterunited',
  'correcthorsebatterystaple',
  'tenantry',
  'tenantrytenantry',
  'abcabcabcabc',
  'testtesttest',
  'secretsecret',
  'superman',
  'football',
  'fcbarcelona',
  'realmadrid',
]);
