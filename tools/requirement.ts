/**
 * What some tests need of the machine. A test that cannot run is left out with a reason, never silently: `npm test` lists
 * it, and with CI=true it counts as failed.
 *
 *   test('console: signs in', { skip: leftOutWithout('chromium') }, async () => { … });
 */
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { projectFolder } from './runtime.mjs';

export type Requirement = 'chromium' | 'strace' | 'shared';

/** The first of these programs that stands in PATH. */
function programPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** The browser that browser tests drive, or undefined when there is none. */
export const chromiumPath = (): string | undefined =>
  programPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);

/** The program that writes down system calls, or undefined when there is none. */
export const stracePath = (): string | undefined => programPath(['strace']);

/** The folder of shared reference data: where PLIMSOLL_SHARED says, else `../shared`; undefined when it is not there. */
export function sharedFolder(): string | undefined {
  const folder = resolve(projectFolder, process.env.PLIMSOLL_SHARED ?? '../shared');
  return existsSync(folder) ? folder : undefined;
}

interface Need {
  readonly isMet: () => boolean;
  readonly reason: string;
  /** Debian's package, where one brings it. */
  readonly package?: string;
}

export const needs: Readonly<Record<Requirement, Need>> = {
  chromium: {
    isMet: () => chromiumPath() !== undefined,
    reason: 'Chromium is not installed (Debian: apt-get install chromium)',
    package: 'chromium',
  },
  strace: {
    isMet: () => stracePath() !== undefined,
    reason: 'strace is not installed (Debian: apt-get install strace)',
    package: 'strace',
  },
  shared: {
    isMet: () => sharedFolder() !== undefined,
    reason: 'the folder of shared data is not there: ../shared, or where PLIMSOLL_SHARED says',
  },
};

/**
 * The value of node:test's `skip`: the reason why a test must be left out on this machine, or false when it can run.
 * @param wanted all that the test needs
 */
export function leftOutWithout(...wanted: readonly Requirement[]): string | false {
  const unmet = wanted.map((name) => needs[name]).filter(({ isMet }) => !isMet());
  return unmet.length === 0 ? false : unmet.map(({ reason }) => reason).join('; ');
}
