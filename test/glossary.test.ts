import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allRefusals } from '../src/platform/refusals.ts';
import '../src/solution.ts';
import { glossaryFaults, type Message, termsOf } from './glossary.checks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');

const files = (folder: string, ending: RegExp) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => `${folder}/${path}`);

/** Messages of the pages, titles of refusals, and the texts of offerings that migrations bring. */
function messages(): Message[] {
  const ofPages = files('src', /messages\.en\.json$/).flatMap((path) => {
    const en = JSON.parse(read(path)) as Record<string, string>;
    const es = JSON.parse(read(path.replace('.en.', '.es.'))) as Record<string, string>;
    return Object.keys({ ...en, ...es }).map((id) => ({ id: `${path} ${id}`, en: en[id] ?? '', es: es[id] ?? '' }));
  });
  const ofRefusals = [...allRefusals()].map(([id, { en, es }]) => ({ id, en, es }));
  const ofOfferings = files('db/migrations', /\.sql$/).flatMap((path) =>
    [...read(path).matchAll(/"en":\s*"((?:\\.|[^"\\])*)",\s*"es":\s*"((?:\\.|[^"\\])*)"/g)].map(
      ([, en = '', es = '']) => ({ id: path, en, es }),
    ),
  );
  return [...ofPages, ...ofRefusals, ...ofOfferings];
}

test('every message uses the words of the glossary, in both languages', () => {
  const terms = termsOf(read('GLOSSARY.md'));
  expect(terms.find(({ en }) => en[0] === 'tenant')).toEqual({ en: ['tenant'], es: ['cliente'], never: ['inquilino'] });
  expect(glossaryFaults(terms, messages())).toEqual([]);
});

test('every message has both languages', () => {
  const found = messages();
  expect(found.length).toBeGreaterThan(300);
  expect(found.filter(({ en, es }) => !en !== !es).map(({ id }) => id)).toEqual([]);
});

test.each([
  ['a forbidden word', 'Tenant', 'Inquilino', 'says “inquilino”'],
  ['a program that is called a client', 'Your mail client', 'Su programa de correo', 'calls a program a client'],
  ['a program that is called a cliente', 'Your mail program', 'Su cliente de correo', 'calls a program a client'],
  ['a tenant that is called a client', 'All clients', 'Todos los clientes', 'says “client” for a tenant'],
  ['another word in Spanish', 'Memberships', 'Membresías', 'says Memberships in English'],
])('the check finds %s', (_what, en, es, fault) => {
  expect(glossaryFaults(termsOf(read('GLOSSARY.md')), [{ id: 'x', en, es }]).join('\n')).toContain(fault);
});
