/** The checks that read the sources instead of running them. Each counts as one test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectFolder } from '../runtime.mjs';

interface Check {
  readonly name: string;
  /** A script of this project or of a package, and its arguments. */
  readonly command: readonly string[];
}

const biome = 'node_modules/@biomejs/biome/bin/biome';
const tsc = 'node_modules/typescript/bin/tsc';

export const checks: readonly Check[] = [
  { name: 'format and lint (biome)', command: [biome, 'check', '--error-on-warnings'] },
  { name: 'types of the program (tsc)', command: [tsc, '-p', '.'] },
  { name: 'types of the console (tsc)', command: [tsc, '-p', 'web'] },
  { name: 'types of the console’s tests (tsc)', command: [tsc, '-p', 'web/tsconfig.tests.json'] },
  { name: 'our own rules (tidy)', command: ['tools/tidy.ts'] },
];

export interface Checked {
  readonly passed: boolean;
  readonly words: string;
}

/** Runs one check to its end. */
export async function runCheck({ command: [script = '', ...args] }: Check): Promise<Checked> {
  const child = spawn(process.execPath, [join(projectFolder, script), ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { passed: status === 0, words: `${out}${error}`.trim() };
}
