/** Which file carries out a command of the launcher, and what must be installed and built for it. */
import { join, resolve } from 'node:path';
import { projectFolder } from './runtime.mjs';

/**
 * @typedef {{ readonly file: string, readonly args: readonly string[], readonly extent: import('./install.mjs').Extent, readonly console: boolean }} Plan
 * `console`: whether the console must be built first
 */

/** The commands of the program that show the console. */
const servingCommands = new Set(['serve']);

/**
 * @param {readonly string[]} words what stood behind launch.mjs
 * @returns {Plan}
 * @throws {Error} for an unknown command; says which there are
 */
export function planOf([command = '', ...args]) {
  const main = join(projectFolder, 'app', 'main.ts');
  switch (command) {
    case 'start':
      return { file: main, args: ['serve', ...args], extent: 'start', console: true };
    case 'plimsoll':
      return { file: main, args, extent: 'start', console: servingCommands.has(args[0] ?? '') };
    case 'test':
      return { file: join(projectFolder, 'tools', 'test.ts'), args, extent: 'test', console: true };
    case 'run': {
      const [file, ...rest] = args;
      if (file === undefined) throw new Error('run needs a file, such as: node tools/launch.mjs run bench/start.ts');
      return { file: resolve(file), args: rest, extent: 'test', console: false };
    }
    default:
      throw new Error(`"${command}" is no command of the launcher; expected start, test, run or plimsoll.`);
  }
}
