/** The project as the rules see it: paths and texts, real or made up by a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Code, readCode } from './code.ts';

export interface Tree {
  /** Every file by its path from the project's folder. Binary files have an empty text. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders that hold no file, not even in a folder of theirs. */
  readonly emptyFolders: readonly string[];
  /** Source files, parsed. */
  readonly code: readonly Code[];
  /** The capabilities in the order of the import law. */
  readonly capabilityOrder: readonly string[];
}

/** What is made or fetched, never written by us. */
const passedBy = new Set(['node_modules', '.git', '.cache', 'dist', 'test-output']);
const isPassedBy = (name: string): boolean => passedBy.has(name) || /^data(-|$)/.test(name);

const textual = /\.(ts|tsx|mjs|js|json|md|css|html|ya?ml|txt|svg|sh)$|^[^.]*$|^\.[a-z]+$/;
const parsed = /\.(ts|tsx|mjs|js)$/;

/** Makes a tree from texts; tests make small ones. */
export function treeOf(
  files: Readonly<Record<string, string>> | ReadonlyMap<string, string>,
  { emptyFolders = [], capabilityOrder = [] }: Partial<Pick<Tree, 'emptyFolders' | 'capabilityOrder'>> = {},
): Tree {
  const map = files instanceof Map ? files : new Map(Object.entries(files));
  const code = [...map].filter(([path]) => parsed.test(path)).map(([path, text]) => readCode(path, text));
  return { files: map, emptyFolders, code, capabilityOrder };
}

/**
 * Everything under a folder but what is passed by: files, and folders without one.
 * @param path from the project's folder; empty for itself
 */
function listed(folder: string, path = ''): { readonly files: readonly string[]; readonly empty: readonly string[] } {
  const entries = readdirSync(join(folder, path), { withFileTypes: true }).filter(({ name }) => !isPassedBy(name));
  const pathOf = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => listed(folder, pathOf(name)));
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => pathOf(name));
  const files = [...own, ...inner.flatMap((one) => one.files)];
  return { files, empty: files.length === 0 ? [path] : inner.flatMap(({ empty }) => empty) };
}

/** Reads the project's folder. */
export function readTree(folder: string, capabilityOrder: readonly string[]): Tree {
  const { files, empty } = listed(folder);
  const texts = files.map((path): [string, string] => [
    path,
    textual.test(posix.basename(path)) ? readFileSync(join(folder, path), 'utf8') : '',
  ]);
  return treeOf(new Map(texts), { emptyFolders: empty, capabilityOrder });
}
