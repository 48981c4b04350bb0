import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { exportKind } from '../identity/terms/proof.ts';
import { keyId, signDigest } from '../platform/signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenantry-terms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const document = { format: exportKind, consents: [], versions: [] };
const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex');
const signature = signDigest({ id: keyId(pem), private_key: secret }, exportKind, digest);

function verify(content: string, key = pem) {
  writeFileSync(join(folder, 'file'), content);
  writeFileSync(join(folder, 'key'), key);
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const words = ['--json', 'terms', 'verify', join(folder, 'file'), '--key', join(folder, 'key')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' });
  return { status, verdict: stdout && JSON.parse(stdout), stderr };
}

test('R8.7 the command line verifies an export by a public key alone, and answers 1 for one that was altered', () => {
  expect(verify(JSON.stringify({ document, signature }))).toMatchObject({
    status: 0,
    verdict: { ok: true, consents: 0 },
  });
  const forged = { document: { ...document, madeBy: 'somebody else' }, signature };
  expect(verify(JSON.stringify(forged))).toMatchObject({ status: 1, verdict: { ok: false, why: 'altered' } });
  expect(verify('no export')).toMatchObject({ status: 1, verdict: { why: 'not-an-export' } });
  const noKey = verify(JSON.stringify({ document, signature }), 'no key');
  expect(noKey.status).toBe(1);
  expect(noKey.stderr).toContain('no public key');
});
