/**
 * Brings node_modules in step with package-lock.json. Says first what will be downloaded and how much; a failure names its
 * cause and the next step.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { majorOf, packagedNode, productNodeMajorMin } from './runtime.mjs';

/**
 * What a command needs: `start` the packages that the product runs on, `test` those of the tests too.
 * @typedef {'start' | 'test'} Extent
 * @typedef {{ readonly packages: number, readonly downloadMb: number, readonly diskMb: number,
 *   readonly largest: readonly { readonly name: string, readonly downloadMb: number }[] }} Download
 * @typedef {{ readonly version?: string, readonly dev?: boolean, readonly optional?: boolean, readonly devOptional?: boolean }} LockEntry
 */

/** How much of npm's words is kept to find the cause of a failure in. */
const npmWordsLengthMax = 64 * 1024;

const stampOf = (/** @type {string} */ folder) => join(folder, 'node_modules', '.plimsoll-stamp');

/** The hash of the lock file: what node_modules must be in step with. @param {string} folder */
export const lockHash = (folder) =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');

/** @param {string} file @returns {unknown} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file @returns {Readonly<Record<string, LockEntry>> | undefined} */
function packagesOf(file) {
  const lock = /** @type {{ packages?: Record<string, LockEntry> } | undefined} */ (readJson(file));
  return lock?.packages;
}

/**
 * What an earlier installation has left, told from npm's own list of it: for somebody who ran `npm ci` by hand.
 * @param {string} folder
 * @returns {Extent | undefined} undefined when a package is missing or of another version
 */
function extentInPlace(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json')) ?? {};
  const found = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (found === undefined) return undefined;
  /** @type {Extent} */
  let extent = 'test';
  for (const [path, { version, dev = false, optional = false, devOptional = false }] of Object.entries(wanted)) {
    if (path === '' || found[path]?.version === version) continue;
    const isAbsent = found[path] === undefined;
    // An optional package for another kind of machine is rightly absent.
    if (isAbsent && optional) continue;
    if (!isAbsent || !(dev || devOptional)) return undefined;
    extent = 'start';
  }
  return extent;
}

/**
 * What is installed and in step with the lock file; undefined when nothing is, or it is out of step.
 * @param {string} folder the project
 * @returns {Extent | undefined}
 */
export function installedExtent(folder) {
  const stamp = /** @type {{ lock?: string, extent?: Extent } | undefined} */ (readJson(stampOf(folder)));
  if (stamp !== undefined) return stamp.lock === lockHash(folder) ? stamp.extent : undefined;
  return existsSync(packagedNode(folder)) ? extentInPlace(folder) : undefined;
}

/**
 * The extent to install now, or undefined when all that is needed stands. What was installed for the tests stays installed.
 * @param {string} folder
 * @param {Extent} needed
 * @returns {Extent | undefined}
 */
export function missingExtent(folder, needed) {
  const standing = installedExtent(folder);
  if (standing === 'test' || standing === needed) return undefined;
  const before = /** @type {{ extent?: Extent } | undefined} */ (readJson(stampOf(folder)))?.extent;
  return before === 'test' ? 'test' : needed;
}

/**
 * What is about to be downloaded, in words.
 * @param {Download} download
 * @param {Extent} extent
 */
export function downloadInWords({ packages, downloadMb, diskMb, largest }, extent) {
  const big = largest.map(({ name, downloadMb: size }) => `${name} ${size} MB`).join(', ');
  return [
    `Plimsoll needs ${packages} packages from the npm registry${extent === 'test' ? ' to run its tests' : ''}: up to ${downloadMb} MB to download, ${diskMb} MB in node_modules.`,
    `The largest: ${big}.`,
    'They go into node_modules in this folder (npm keeps the archives in its cache); nothing else on this machine is changed.',
  ].join('\n');
}

/** Each cause that we can name: how npm tells it, what it means, and what to do next. */
const causes = [
  {
    told: /code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)|network (request|connectivity)/,
    means: 'The npm registry was not reached.',
    next: 'Check the network, and the proxy and registry that `npm config list` shows. On a machine without a network, copy node_modules here from an equal machine that has one.',
  },
  {
    told: /code (EACCES|EPERM|EROFS)/,
    means: 'A folder could not be written.',
    next: 'The path stands in the lines above. Make this folder (and npm’s cache, see `npm config get cache`) writable for your user, or clone the project into a folder of your own. Do not use sudo.',
  },
  {
    told: /code ENOSPC/,
    means: 'The disk is full.',
    next: 'Free some space (the size needed is said above).',
  },
  {
    told: /code EINTEGRITY/,
    means: 'A downloaded package is not the one that package-lock.json names by its hash.',
    next: 'Run `npm cache verify` and try again. If it happens again, do not go on: the registry or a proxy hands out something else.',
  },
  {
    told: /code (E404|ETARGET)/,
    means: 'The npm registry has no such package or version.',
    next: 'If `npm config get registry` is a mirror, it may lag behind; the package is named in the lines above.',
  },
  {
    told: /code EUSAGE/,
    means: 'package.json and package-lock.json do not agree.',
    next: 'Run `git status`: restore the two files, or run `npm install` if you changed dependencies on purpose.',
  },
];

/**
 * A failed installation in words: what happened and the next step.
 * @param {string} npmWords what npm wrote to its standard error
 * @param {number} code its exit code
 */
export function failureInWords(npmWords, code) {
  const cause = causes.find(({ told }) => told.test(npmWords));
  if (cause === undefined)
    return `npm ci failed with exit code ${code}; its own words stand above.\nNext: follow them, then run the command again.`;
  return `${cause.means}\nNext: ${cause.next} Then run the command again; nothing half installed is used.`;
}

/** The words for a Node that was not unpacked because install scripts are off; undefined when a fitting Node is there. @param {string} folder */
export function missingNodeInWords(folder) {
  if (majorOf(process.version) >= productNodeMajorMin || existsSync(packagedNode(folder))) return undefined;
  return [
    `All packages are in place, but the package "node", which brings Node ${productNodeMajorMin}, has not run its install script:`,
    'npm is told not to run any (see `npm config get ignore-scripts`).',
    'Next: allow this one with `npm rebuild node --ignore-scripts=false`,',
    `or install Node ${productNodeMajorMin} or newer yourself. Then run the command again.`,
  ].join('\n');
}

/**
 * The machine's own npm, by the Node that npm itself runs on: the packaged Node is replaced during the installation.
 * @param {string} folder
 * @returns {{ readonly program: string, readonly first: readonly string[], readonly environment: NodeJS.ProcessEnv }}
 */
function npmProgram(folder) {
  const own = join(folder, 'node_modules');
  const path = (process.env.PATH ?? '').split(delimiter).filter((place) => !place.startsWith(own));
  const environment = { ...process.env, PATH: path.join(delimiter) };
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('.js') && node !== undefined && !node.startsWith(own))
    return { program: node, first: [npm], environment };
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [], environment };
}

/**
 * Runs `npm ci`; its words go on to standard error and are kept to find the cause of a failure in.
 * @param {string} folder
 * @param {Extent} extent
 * @returns {Promise<{ readonly code: number, readonly words: string }>}
 */
function npmCi(folder, extent) {
  const { program, first, environment } = npmProgram(folder);
  const args = [
    ...first,
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(extent === 'start' ? ['--omit=dev'] : ['--include=dev']),
  ];
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      process.stderr.write(text);
      words = (words + text).slice(-npmWordsLengthMax);
    });
    child.once('error', () =>
      resolve({ code: 127, words: 'npm was not found: it comes with Node. Install Node with npm.' }),
    );
    child.once('close', (code) => resolve({ code: code ?? 1, words }));
  });
}

/**
 * Installs, and stamps what was installed so that the next start need not look again.
 * @param {{ folder: string, extent: Extent, say: (words: string) => void }} options
 * @throws {Error} in words for a person when it fails
 */
export async function install({ folder, extent, say }) {
  const download = /** @type {Record<Extent, Download>} */ (readJson(join(folder, 'tools', 'download.json')));
  say(downloadInWords(download[extent], extent));
  const started = performance.now();
  const { code, words } = await npmCi(folder, extent);
  if (code !== 0) throw new Error(code === 127 ? words : failureInWords(words, code));
  const missing = missingNodeInWords(folder);
  if (missing !== undefined) throw new Error(missing);
  writeFileSync(stampOf(folder), `${JSON.stringify({ lock: lockHash(folder), extent })}\n`);
  say(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
