/** The checks that read the sources instead of running them. Each counts as one test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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
export function runCheck({ command: [script = '', ...args] }: Check): Checked {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(projectFolder, script), ...args], {
    cwd: projectFolder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { passed: status === 0, words: `${error?.message ?? ''}${stdout}${stderr}`.trim() };
}
