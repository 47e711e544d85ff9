/** Builds the page into dist/web: static files that the API serves, with nothing fetched from elsewhere. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // the views have a path /assets
    assetsDir: 'files',
    // assets in data: URLs would need a wider content security policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8470', '/healthz': 'http://127.0.0.1:8470' } },
});
