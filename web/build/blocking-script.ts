import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = new URL('../', import.meta.url);

/**
 * Brings the one classic script of the page. It must run before the first paint, so it cannot be a module; and the content
 * security policy forbids inline script, so it must be a file. Vite knows modules only: this puts it at the head of the
 * page, and gives it a name with a hash in a build, like every other asset.
 * @param options.source file in web/
 */
export function blockingScript(options: { readonly source: string }): Plugin {
  let address = `/${options.source}`;
  let isBuild = false;
  return {
    name: 'plimsoll:blocking-script',
    configResolved(config) {
      isBuild = config.command === 'build';
    },
    async buildStart() {
      if (!isBuild) return;
      const source = await readFile(fileURLToPath(new URL(options.source, folder)), 'utf8');
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `assets/${options.source.replace(/\.js$/, '')}-${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source });
      address = `/${fileName}`;
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: address }, injectTo: 'head-prepend' }],
  };
}
