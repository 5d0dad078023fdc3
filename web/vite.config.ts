import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { blockingScript } from './build/blocking-script.ts';
import { precompress } from './build/precompress.ts';

/** Where `plimsoll serve` answers while the console is being worked on with `npx vite --config web/vite.config.ts`. */
const serverUrl = 'http://127.0.0.1:4400';

// The server checks Host and Origin, so that no other site can act for a signed-in person. In development the page comes
// from Vite's port, which is such another site: the proxy therefore speaks in the name of the server's own address.
const proxied = { target: serverUrl, changeOrigin: true, headers: { origin: serverUrl } };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [blockingScript({ source: 'theme-boot.js' }), precompress()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows nothing but our own files: a small picture must not become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 4401, strictPort: true, proxy: { '/api': proxied, '/healthz': proxied, '/readyz': proxied } },
});
