/** What `npm test` says at its end. Pure. */
import type { Tally } from './tally.ts';

const slowestCount = 8;
/** Files faster than this are not worth a line. */
const slowMsMin = 1000;

/** The tally that counts: where nothing may be left out, each test that was is a failure. */
export function verdictOf(tally: Tally, allMustRun: boolean): Tally {
  if (!allMustRun) return tally;
  const failures = tally.leftOut.map(({ place, name, reason }) => ({
    place,
    name,
    words: `left out, and with CI=true nothing may be: ${reason}`,
  }));
  return { ...tally, failures: [...tally.failures, ...failures], leftOut: [] };
}

const indented = (words: string): string => words.replaceAll(/^(?=.)/gm, '    ');

export const failureLines = ({ failures }: Tally): readonly string[] =>
  failures.flatMap(({ place, name, words }) => [
    '',
    `FAILED ${[place, name].filter(Boolean).join(' · ')}`,
    indented(words),
  ]);

/** Each reason once, with the tests that it keeps from running. */
export function leftOutLines({ leftOut }: Tally): readonly string[] {
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
  return [...byReason].flatMap(([reason, tests]) => [
    '',
    `LEFT OUT, ${tests.length}: ${reason === '' ? 'no reason is given' : reason}`,
    ...tests.map(({ place, name }) => `    ${place} · ${name}`),
  ]);
}

export function slowestLines({ files }: Tally): readonly string[] {
  const slow = files
    .filter(({ ms }) => ms >= slowMsMin)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, slowestCount);
  return slow.length === 0
    ? []
    : ['', 'The slowest files:', ...slow.map(({ path, ms }) => `    ${(ms / 1000).toFixed(1)} s  ${path}`)];
}

/** The line that tools read. */
export function closingLine({ passed, failures, leftOut }: Tally): string {
  const skipped = leftOut.length === 0 ? '' : `, ${leftOut.length} skipped`;
  return `${passed} passed, ${failures.length} failed${skipped}`;
}
