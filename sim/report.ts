import type { RunResult } from './sim.ts';

/** Lines shown of a run that broke a law; with the whole history, all are. */
const shownLineCount = 40;

const causesOf = (error: unknown): readonly string[] =>
  error instanceof Error ? [error.stack ?? error.message, ...causesOf(error.cause)] : [];

/** What a person is told of a run: one line when all laws were kept, else what led there and how to see it again. */
export function reportOf(result: RunResult, showsHistory: boolean): string {
  const { seed, failure, history, factCount, requestCount } = result;
  const told = history.lines.slice(showsHistory ? 0 : -shownLineCount);
  if (failure === null) {
    const line = `seed ${seed}: laws kept over ${requestCount} requests and ${factCount} facts; history ${history.hash}`;
    return [...(showsHistory ? told : []), line].join('\n');
  }
  return [
    ...told,
    ...causesOf(failure),
    `seed ${seed} breaks a law; history ${history.hash}`,
    `replay it: npm run sim -- --seeds 1 --from ${seed} --history`,
  ].join('\n');
}
