import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importFaults } from './imports.checks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function sources(): Map<string, string> {
  const paths = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.map((path) => [`src/${path}`, readFileSync(`${root}src/${path}`, 'utf8')]));
}

test('imports run downwards, and files keep to their places', () => {
  expect(importFaults(sources())).toEqual([]);
});

test.each([
  [
    'upwards',
    { 'src/platform/a.ts': `import { b } from '../desk/b.ts';`, 'src/desk/b.ts': 'export const b = 1;' },
    'platform does not stand on desk',
  ],
  [
    'sideways',
    { 'src/desk/a.ts': `import { b } from '../selfservice/b.ts';`, 'src/selfservice/b.ts': 'export const b = 1;' },
    'desk does not stand on selfservice',
  ],
  [
    'on a line of several',
    {
      'src/tenancy/a.ts': `import {\n  type B,\n} from '../identity/b.ts';`,
      'src/identity/b.ts': 'export type B = 1;',
    },
    'tenancy does not stand on identity',
  ],
  [
    'late',
    { 'src/tenancy/a.ts': `await import('../identity/b.ts')`, 'src/identity/b.ts': 'export const b = 1;' },
    'tenancy does not stand on identity',
  ],
  [
    'from what puts all together',
    { 'src/desk/a.ts': `import { b } from '../solution.ts';`, 'src/solution.ts': 'export const b = 1;' },
    'imported by nothing',
  ],
  [
    'the server in the browser',
    { 'src/desk/web/A.tsx': `import { b } from '../b.ts';`, 'src/desk/b.ts': 'export const b = 1;' },
    'plain data only',
  ],
  [
    'ours in the design system',
    { 'src/ui/A.tsx': `import { b } from '../desk/b.api.ts';`, 'src/desk/b.api.ts': 'export const b = 1;' },
    'knows nothing of ours',
  ],
  [
    'another product’s queries',
    {
      'src/desk/a.ts': `import { b } from '../identity/b.queries.ts';`,
      'src/identity/b.queries.ts': 'export const b = 1;',
    },
    'queries are the product’s own',
  ],
  [
    'in a circle',
    { 'src/desk/a.ts': `import { b } from './b.ts';`, 'src/desk/b.ts': `import { a } from './a.ts';` },
    'a circle: src/desk/a.ts → src/desk/b.ts → src/desk/a.ts',
  ],
  ['the driver', { 'src/desk/a.ts': `import pg from 'pg';` }, 'the database has one door'],
  [
    'a product that no floor is known of',
    { 'src/desk/a.ts': `import { b } from '../novel/b.ts';`, 'src/novel/b.ts': 'export const b = 1;' },
    'on which floor',
  ],
  ['nothing', { 'src/desk/a.ts': `import { b } from './b.ts';` }, 'there is no such file'],
])('the check finds what is imported %s', (_what, files, fault) => {
  expect(importFaults(new Map(Object.entries(files))).join('\n')).toContain(fault);
});

test.each([
  ['a default export', 'src/desk/a.ts', 'export default function a() {}', 'has a default export'],
  ['a barrel', 'src/desk/a.ts', `// All of it.\nexport * from './b.ts';\nexport { c } from './c.ts';`, 'is a barrel'],
  ['an empty word', 'src/desk/utils.ts', 'export const a = 1;', 'does not say what it holds'],
  ['a reader of the environment', 'src/desk/a.ts', 'export const a = process.env.HOME;', 'reads the environment'],
  ['raw SQL', 'src/desk/a.ts', 'export const a = sql<number>`select 1`;', 'raw SQL outside'],
  ['SQL without parameters', 'src/desk/a.queries.ts', 'export const a = sql.raw(name);', 'without a parameter'],
])('the check finds %s', (_what, path, text, fault) => {
  expect(importFaults(new Map([[path, text]])).join('\n')).toContain(fault);
});
