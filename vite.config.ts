import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react()],
  resolve: {
    alias: [
      // The browser only needs schemas as the plain data that they are; TypeBox's builder with its type compiler is 40 kB.
      { find: /^typebox$/, replacement: new URL('src/web/schemas.ts', import.meta.url).pathname },
    ],
  },
  build: {
    outDir: '../../dist',
    emptyOutDir: true,
    target: 'es2023',
    // Inlined fonts and pictures would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
