import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const outDir = new URL('dist/', import.meta.url).pathname;

/** Parts that several of the first pages need, and the two of Mantine's that would otherwise come with all that opens over a page. */
const house = [
  /\/src\/ui\/form\/(fields|RecordForm|useRecordForm)\./,
  /\/src\/ui\/(Page|Section|Mark|Status|Time|FilterBar|EmptyState|FailureState|Link|later)\./,
  /\/tenancy\/web\/TenantFocus\./,
  /\/components\/(Combobox\/ComboboxChevron|Checkbox\/CheckIcon)/,
];

/** Compressed once, as small as it gets, instead of at every delivery (`src/pages.ts` gives these out). */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(`${outDir}assets`)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const path = `${outDir}assets/${name}`;
        const content = readFileSync(path);
        if (content.length < 1000) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Files that wait for each other find each other empty: a grouping of the build that does so breaks pages, and must not pass. */
function acyclic(): Plugin {
  return {
    name: 'acyclic',
    apply: 'build',
    generateBundle(_options, bundle) {
      const done = new Set<string>();
      const follow = (file: string, line: readonly string[]) => {
        if (line.includes(file)) throw new Error(`these files import each other: ${[...line, file].join(' → ')}`);
        if (done.has(file)) return;
        const chunk = bundle[file];
        if (chunk?.type === 'chunk') for (const next of chunk.imports) follow(next, [...line, file]);
        done.add(file);
      };
      for (const file of Object.keys(bundle)) follow(file, []);
    },
  };
}

/** What a browser that has nothing yet needs for each: the entry, and these with all that they import (`setup/weight.mjs` weighs them). */
const firstPages: Record<string, readonly string[]> = {
  'sign-in': ['identity/web/SignInPage.tsx'],
  home: ['web/shells/SelfServiceShell.tsx', 'selfservice/web/HomePage.tsx'],
  'list of tickets': ['web/shells/SideShell.tsx', 'desk/tickets/web/TicketsPage.tsx'],
};

function listed(): Plugin {
  return {
    name: 'listed',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const filesOf = (parts: readonly string[]) => {
        const files = new Set<string>();
        const follow = (name: string) => {
          const chunk = bundle[name];
          if (files.has(name) || chunk?.type !== 'chunk') return;
          files.add(name);
          for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
          chunk.imports.forEach(follow);
        };
        for (const part of parts) {
          const holder = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/src/${part}`)));
          if (!holder) throw new Error(`${part} of a first page is not in the build`);
          follow(holder.fileName);
        }
        return [...files];
      };
      // The language that takes more.
      const always = ['web/main.tsx', 'web/messages.es.ts'];
      const pages = Object.entries(firstPages).map(([page, parts]) => [page, filesOf([...always, ...parts])]);
      const source = JSON.stringify(Object.fromEntries(pages), null, 1);
      this.emitFile({ type: 'asset', fileName: 'first-pages.json', source });
    },
  };
}

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), acyclic(), listed(), compressed()],
  resolve: {
    alias: [
      // The browser only needs schemas as the plain data that they are; TypeBox's builder with its type compiler is 40 kB.
      { find: /^typebox$/, replacement: new URL('src/web/schemas.ts', import.meta.url).pathname },
    ],
  },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    // Inlined fonts and pictures would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // Many small files cost more in headers than they save: what nearly every page shares travels together.
        codeSplitting: {
          // Each takes along what it needs and no group before it has, so that no two files wait for each other.
          groups: [
            // Nothing that a page loads later may get in here: this is what everybody waits for.
            { name: 'first', tags: ['$initial'], priority: 5 },
            // Every answer brings a kilobyte of headers: what the first pages need besides travels together.
            {
              name: 'house',
              test: (id) => house.some((part) => part.test(id)),
              priority: 4,
            },
            {
              name: 'home',
              test: /\/selfservice\/web\/HomePage|shells\/(SelfServiceShell|TopBar|PageOutlet)/,
              priority: 3,
            },
            {
              name: 'overlays',
              test: /floating-ui|react-remove-scroll|components\/(Menu|Popover|Combobox|Modal|ScrollArea)\//,
              priority: 2,
            },
            // Where people work: the shell with its icons, and the list that they begin with.
            {
              name: 'workspace',
              test: /shells\/Side|\/desk\/tickets\/web\/TicketsPage\.|\/src\/ui\/(Data|RowCheckbox)/,
              priority: 1,
            },
            { name: 'forms', test: /\/src\/ui\/(form\/|FormDialog|ConfirmDialog)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
