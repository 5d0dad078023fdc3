/**
 * Which Node runs what. The launcher runs on the machine's own Node (20 or newer); the product needs Node 26, which the
 * npm package `node` brings into node_modules where the machine's own is older.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** The oldest Node that the launcher itself runs on, and the oldest that the product runs on. */
export const launcherNodeMajorMin = 20;
export const productNodeMajorMin = 26;

/** The major number of a version such as `v26.10.0`. @param {string} version */
export const majorOf = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);

/** The Node that the npm package `node` unpacks. @param {string} folder the project */
export const packagedNode = (folder) =>
  join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The Node that can run the product: this one when it is new enough, else the packaged one; undefined when there is none.
 * @param {string} [folder] the project
 */
export function productNode(folder = projectFolder) {
  if (majorOf(process.version) >= productNodeMajorMin) return process.execPath;
  const packaged = packagedNode(folder);
  return existsSync(packaged) ? packaged : undefined;
}

/**
 * The words for a machine whose Node is too old even to install with; undefined when it is new enough.
 * @param {string} version of the Node at hand
 */
export function tooOldNode(version) {
  if (majorOf(version) >= launcherNodeMajorMin) return undefined;
  return (
    `This is Node ${version} (${process.execPath}); Plimsoll needs Node ${launcherNodeMajorMin} or newer to install itself, ` +
    `and then runs on a Node ${productNodeMajorMin} of its own.\nNext: install Node ${launcherNodeMajorMin} or newer with npm, ` +
    'then run the command again.'
  );
}

/**
 * The signals that a parent passes on to its child. Ctrl-C in a terminal reaches the whole group by itself: passing it on
 * would make it arrive twice, and a second one means "stop at once".
 * @returns {readonly NodeJS.Signals[]}
 */
const signalsPassedOn = () => (process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']);

/**
 * Runs a program in the foreground as if it stood in our place: same input and output, signals passed on, its end ours.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ readonly code: number, readonly signal: NodeJS.Signals | null }>}
 */
export function runInPlace(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: 'inherit', ...options });
    const passed = signalsPassedOn().map((signal) => ({ signal, pass: () => void child.kill(signal) }));
    const hold = () => {};
    if (process.stdin.isTTY) process.on('SIGINT', hold);
    for (const { signal, pass } of passed) process.on(signal, pass);
    const release = () => {
      process.off('SIGINT', hold);
      for (const { signal, pass } of passed) process.off(signal, pass);
    };
    child.once('error', (fault) => {
      release();
      reject(fault);
    });
    child.once('exit', (code, signal) => {
      release();
      resolve({ code: code ?? 1, signal });
    });
  });
}
