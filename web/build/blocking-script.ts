import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = new URL('../', import.meta.url);

/**
 * Builds the one classic script of the page. It must run before the first paint, so it cannot be a module; and the content
 * security policy forbids inline script, so it must be a file. Vite leaves classic scripts alone: this gives it a name
 * with a hash, like every other asset.
 * @param options.source file in web/, named in index.html as `<script src="/SOURCE">`
 */
export function blockingScript(options: { readonly source: string }): Plugin {
  let built = '';
  return {
    name: 'plimsoll:blocking-script',
    apply: 'build',
    async buildStart() {
      const source = await readFile(fileURLToPath(new URL(options.source, folder)), 'utf8');
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      built = `assets/${options.source.replace(/\.js$/, '')}-${hash}.js`;
      this.emitFile({ type: 'asset', fileName: built, source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(`src="/${options.source}"`, `src="/${built}"`),
    },
  };
}
