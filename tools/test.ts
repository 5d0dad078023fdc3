/**
 * `npm test [-- FILTER …]`: the checks of the sources, every test file, the browser tests last. Prints each phase with its
 * time, what failed, what was left out and why, the slowest files, and closes with one line `N passed, N failed`.
 *
 * A filter is part of a path: only the test files whose path holds one run, and the checks of the sources are passed by.
 * With CI=true a test that was left out counts as failed.
 */

import { projectFolder } from './runtime.mjs';
import { checks, runCheck } from './suite/checks.ts';
import { testFiles } from './suite/files.ts';
import { runFiles } from './suite/run-files.ts';
import { installSystemPackages, missingPackages } from './suite/system-packages.ts';
import { emptyTally, type Tally, together } from './suite/tally.ts';
import { closingLine, failureLines, leftOutLines, slowestLines, verdictOf } from './suite/words.ts';

/** One after the other: the tests beside them fill what a browser leaves. */
const browsersAtOnce = 1;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** All checks at once: none of them fills two cores by itself. */
async function runChecks(): Promise<Tally> {
  const tallies = checks.map(async (check): Promise<Tally> => {
    const started = performance.now();
    const { passed, words } = await runCheck(check);
    say(`${passed ? 'ok    ' : 'FAILED'} ${check.name}, ${seconds(started)}`);
    const failures = passed ? [] : [{ place: '', name: check.name, words }];
    return { ...emptyTally, passed: passed ? 1 : 0, failures };
  });
  return (await Promise.all(tallies)).reduce(together, emptyTally);
}

async function runPhase(name: string, paths: readonly string[], atOnce?: number): Promise<Tally> {
  if (paths.length === 0) return emptyTally;
  const started = performance.now();
  const tally = await runFiles(paths, atOnce);
  const { failures, passed } = tally;
  say(
    `${failures.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} in ${paths.length} files, ${seconds(started)}`,
  );
  return tally;
}

async function main(filters: readonly string[]): Promise<void> {
  const started = performance.now();
  const files = testFiles(projectFolder, filters);
  if (files.plain.length + files.browser.length === 0) say(`No test file's path holds ${filters.join(' or ')}.`);
  if (filters.length === 0) installSystemPackages(missingPackages(), say);
  const checked = filters.length === 0 ? await runChecks() : emptyTally;
  // Side by side: a browser waits half of the time, and the long simulation would leave a core idle at the end.
  const ran = await Promise.all([
    runPhase('tests', files.plain),
    runPhase('browser tests', files.browser, browsersAtOnce),
  ]);
  const parts = [checked, ...ran];
  const verdict = verdictOf(parts.reduce(together, emptyTally), process.env.CI === 'true');
  for (const line of [...failureLines(verdict), ...leftOutLines(verdict), ...slowestLines(verdict)]) say(line);
  say(`\nAll in ${seconds(started)}.`);
  say(closingLine(verdict));
  process.exitCode = verdict.failures.length === 0 && verdict.passed > 0 ? 0 : 1;
}

await main(process.argv.slice(2));
