/** Which files hold tests, and in which order they run. */
import { globSync } from 'node:fs';

/** Folders that hold no source of ours. */
const elsewhere = /(^|\/)(node_modules|dist|data|\.cache)(\/|$)/;

/** Browser tests run last: they are slow, and what they show is best read when all below them holds. */
export const isBrowserTest = (path: string): boolean => /^web\/browser\/|\.browser\.test\.ts$/.test(path);

export interface TestFiles {
  readonly plain: readonly string[];
  readonly browser: readonly string[];
}

/**
 * The test files under a folder, as paths from it with forward slashes.
 * @param filters parts of a path; a file that holds any of them is taken. None takes every file.
 */
export function testFiles(folder: string, filters: readonly string[]): TestFiles {
  const files = globSync('**/*.test.ts', { cwd: folder, exclude: (path) => elsewhere.test(path) })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
    .sort();
  return {
    plain: files.filter((path) => !isBrowserTest(path)),
    browser: files.filter(isBrowserTest),
  };
}
