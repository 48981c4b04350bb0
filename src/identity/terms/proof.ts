import { createHash } from 'node:crypto';
import { isSigned, type Signature } from '../../platform/signing.ts';

/** What an export of consents says that it is; signed along with it. */
export const exportKind = 'tenantry-consents/1';
const csvMark = '#signature,';

export function csvSignature({ algorithm, key, value }: Signature): string {
  return `${csvMark}${exportKind},${algorithm},${key},${value}\r\n`;
}

/** What is wrong with an exported file; `ok` when nothing is. */
export type Verdict =
  | { ok: true; key: string; consents: number; versions: number }
  | { ok: false; why: 'not-an-export' | 'unknown-key' | 'altered' | 'hash'; key?: string };

interface Proof {
  key: string;
  value: string;
  content: string;
  consents: number;
  versions: VersionOf[];
  named: { id: string; hash: string }[];
}

interface VersionOf {
  id: string;
  name: string;
  texts: { en: string; es: string };
  hash: string;
}

/**
 * R8.7: whether a file left an installation as it is. `keys` are that installation's public keys, by their ids. Texts in it
 * must have the hashes that people consented to.
 */
export function verifyExport(file: string, keys: ReadonlyMap<string, string>): Verdict {
  const proof = file.trimStart().startsWith('{') ? ofJson(file) : ofCsv(file);
  if (!proof) return { ok: false, why: 'not-an-export' };
  const key = keys.get(proof.key);
  if (!key) return { ok: false, why: 'unknown-key', key: proof.key };
  if (!isSigned(key, exportKind, proof.content, proof.value)) return { ok: false, why: 'altered', key: proof.key };
  const hashes = new Map(proof.versions.map((version) => [version.id, hashOf(version)]));
  const wrong =
    proof.versions.some((version) => hashes.get(version.id) !== version.hash) ||
    proof.named.some(({ id, hash }) => hashes.has(id) && hashes.get(id) !== hash);
  if (wrong) return { ok: false, why: 'hash', key: proof.key };
  return { ok: true, key: proof.key, consents: proof.consents, versions: proof.versions.length };
}

/** As the database has it (identity.hash_terms). */
function hashOf({ name, texts }: VersionOf): string {
  return sha256(`name ${sha256(name)}\nen ${sha256(texts.en)}\nes ${sha256(texts.es)}\n`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface JsonFile {
  document?: { format?: unknown; consents?: { version: { id: string; hash: string } }[]; versions?: VersionOf[] };
  signature?: { key?: unknown; value?: unknown };
}

function ofJson(file: string): Proof | null {
  let parsed: JsonFile;
  try {
    parsed = JSON.parse(file) as JsonFile;
  } catch {
    return null;
  }
  const { document, signature } = parsed;
  if (document?.format !== exportKind || !Array.isArray(document.consents) || !Array.isArray(document.versions))
    return null;
  if (typeof signature?.key !== 'string' || typeof signature.value !== 'string') return null;
  return {
    key: signature.key,
    value: signature.value,
    // Line breaks that a tool has put between the values are nobody's forgery.
    content: JSON.stringify(document),
    consents: document.consents.length,
    versions: document.versions,
    named: document.consents.map(({ version }) => version),
  };
}

function ofCsv(file: string): Proof | null {
  const at = file.lastIndexOf(csvMark);
  const [kind, algorithm, key, value, ...more] = file
    .slice(at + csvMark.length)
    .trimEnd()
    .split(',');
  if (at < 0 || kind !== exportKind || algorithm !== 'Ed25519' || !key || !value || more.length) return null;
  const content = file.slice(0, at);
  // A text in quotes may hold line breaks.
  const lines = content.replace(/"(?:[^"]|"")*"/g, '').split('\r\n').length - 2;
  return { key, value, content, consents: lines, versions: [], named: [] };
}
