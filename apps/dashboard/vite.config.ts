import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = 'http://127.0.0.1:8420';

export default defineConfig({
  plugins: [react()],
  // Workspace packages are read from their sources: no build of a library before a build of the page.
  resolve: { conditions: ['@lunwarden/source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    // `font-src 'self'` and `script-src 'self'` forbid what Vite would put inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
  server: { proxy: { '/api': { target: api, ws: true } } },
  preview: { proxy: { '/api': { target: api, ws: true } } },
});
