import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const outDir = new URL('dist/', import.meta.url).pathname;

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

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), compressed()],
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
          // What a menu needs is needed by every page, too: it must not draw that into its own file.
          includeDependenciesRecursively: false,
          groups: [
            // Nothing that a page loads later may get in here: this is what everybody waits for.
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'dialogs', test: /components\/Modal|\/src\/ui\/(FormDialog|ConfirmDialog)/, priority: 1 },
            { name: 'picks', test: /\/src\/ui\/form\/(Pick|Schema|schema|Checks)/, priority: 1 },
            { name: 'forms', test: /\/src\/ui\/form\/|components\/(\w*Input|Textarea|NativeSelect)\// },
            { name: 'lists', test: /\/src\/ui\/(Data|RowCheckbox)|components\/(Table|Checkbox)\// },
            { name: 'overlays', test: /floating-ui|react-remove-scroll|components\/(Menu|Popover|Combobox)\// },
            // Every answer brings a kilobyte of headers: what the first pages need besides travels together.
            {
              name: 'house',
              test: /\/src\/ui\/(Page|Section|Mark|Status|Time|FilterBar|EmptyState|FailureState|Link)\.|components\/(Avatar|ActionIcon|Alert|Paper|Skeleton|VisuallyHidden|InlineInput|Switch|CloseButton)\/|use-uncontrolled|Icon(Key|Search)\.|useBlocker/,
              priority: 1,
            },
            {
              name: 'home',
              test: /\/selfservice\/web\/(HomePage|Hero|QuickActions|OpenRecords|Found|OrganizationLogo)|branding\.api|shells\/(SelfServiceShell|TopBar|PersonMenu\.|PersonButton)|ticketLabels|requestLabels|web\/Offering(s|Icon)\.|\/(requests|offerings)\.api|(catalog|desk)\.fields|\/said\./,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
