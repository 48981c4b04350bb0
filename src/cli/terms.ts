import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Verdict, verifyExport } from '../identity/terms/proof.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { keyId, publicKeys } from '../platform/signing.ts';
import { withDatabase } from './connection.ts';
import type { Context } from './main.ts';

const texts = {
  en: {
    right: (of: Extract<Verdict, { ok: true }>) =>
      `Right: ${of.consents} consents, as this installation exported them (key ${of.key}).`,
    'not-an-export': 'This is no export of consents.',
    'unknown-key': 'This was signed with a key that is not this installation’s.',
    altered: 'ALTERED: the content is not what was signed.',
    hash: 'ALTERED: a text does not have the hash that was consented to.',
  },
  es: {
    right: (of: Extract<Verdict, { ok: true }>) =>
      `Correcto: ${of.consents} consentimientos, tal como esta instalación los exportó (clave ${of.key}).`,
    'not-an-export': 'Esto no es una exportación de consentimientos.',
    'unknown-key': 'Se firmó con una clave que no es de esta instalación.',
    altered: 'ALTERADO: el contenido no es lo que se firmó.',
    hash: 'ALTERADO: un texto no tiene la huella que se consintió.',
  },
};

/** R8.7: whether an exported proof of consent is as it left the installation. */
export function addTermsCommands(program: Command, context: () => Context): void {
  program
    .command('terms')
    .description('terms of usage')
    .command('verify <file>')
    .description('whether an exported file of consents is as this installation signed it')
    .option('--key <file>', 'a public key (PEM) instead of this installation’s own: nothing else is needed then')
    .action((file: string, options: { key?: string }) => verify(file, options.key, context()));
}

async function verify(file: string, key: string | undefined, { config, output }: Context): Promise<void> {
  const content = await readText(file);
  const keys = key
    ? [await readText(key)]
    : await withDatabase(config, output, (db) =>
        db.asSystem(async (system) => (await publicKeys(system)).map((one) => one.public_key)),
      );
  const verdict = verifyExport(content, new Map(keys.map((pem) => [idOf(pem, key ?? ''), pem])));
  const words = texts[output.language];
  if (verdict.ok) return output.result(verdict, [words.right(verdict)]);
  output.result(verdict, [words[verdict.why]]);
  process.exitCode = 1;
}

function idOf(pem: string, file: string): string {
  try {
    return keyId(pem);
  } catch {
    throw new StartRefusal(`${file} holds no public key (PEM).`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartRefusal(`${file} cannot be read: ${(error as Error).message}`);
  }
}
