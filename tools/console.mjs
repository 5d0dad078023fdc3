/** Builds the console (web/) when its sources are newer than what was built: told by their content, never by dates. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that change nothing in what is built. */
const notBuilt = /\.test\.ts$|\.md$|^tsconfig/;
const foldersNotBuilt = new Set(['dist', 'browser', 'node_modules']);

/**
 * Every file under a folder that goes into the build, in a fixed order.
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foldersNotBuilt.has(entry.name) ? [] : sourcesOf(path);
    return notBuilt.test(entry.name) ? [] : [path];
  });
}

/**
 * The hash of all that the console is built from: its sources and the packages' versions.
 * @param {string} folder the project
 */
export function consoleHash(folder) {
  const hash = createHash('sha256');
  for (const file of [join(folder, 'package-lock.json'), ...sourcesOf(join(folder, 'web'))]) {
    const content = readFileSync(file);
    hash.update(`${file.slice(folder.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

const stampOf = (/** @type {string} */ folder) => join(folder, 'web', 'dist', '.built-from');

/** Whether web/dist is what its sources say. @param {string} folder the project */
export function isConsoleBuilt(folder) {
  const stamp = stampOf(folder);
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === consoleHash(folder);
}

/**
 * Builds the console with Vite. The stamp is written last, so a build that was cut short is done again.
 * @param {{ folder: string, node: string, say: (words: string) => void }} options `node` is the Node that runs Vite
 * @throws {Error} with Vite's own words
 */
export async function buildConsole({ folder, node, say }) {
  const started = performance.now();
  const hash = consoleHash(folder);
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(folder, 'web', 'vite.config.ts');
  const child = spawn(node, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (words += text));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) {
    throw new Error(
      `${words.trim()}\nThe console could not be built from web/ (Vite ended with exit code ${code}).\nNext: the lines above name the file; put it right and run the command again.`,
    );
  }
  writeFileSync(stampOf(folder), `${hash}\n`);
  say(`Built the console in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
