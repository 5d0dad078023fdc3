import { type Problem, problemOf } from '../../kernel/problem.ts';

/** How the operating system and SQLite say that there is no room. https://www.sqlite.org/rescode.html#full */
const noSpaceCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const sqliteFullErrcode = 13;

const causeDepthMax = 8;

/** An error with all that caused it, from the outside in. */
const chainOf = (error: unknown): readonly Record<string, unknown>[] => {
  const chain: Record<string, unknown>[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && chain.length < causeDepthMax) {
    chain.push(next as Record<string, unknown>);
    next = (next as { cause?: unknown }).cause;
  }
  return chain;
};

/** The answer to a full disk; capabilities answer the same for a ledger that says `no-space`. */
export const noSpaceProblem = problemOf(
  'no-space',
  507,
  'The disk is full, so nothing of this was stored; what was acknowledged before is safe. Free space, then send it again.',
);

const unknownOutcomeProblem = problemOf(
  'outcome-unknown',
  503,
  'Storing failed half way, so it is not known whether this was done. Look first, then send it again if it was not.',
);

/** What the stores throw when they cannot say whether something was written. */
const storeFailures: ReadonlySet<string> = new Set(['JournalFailure', 'RecordsFailure']);

const failedProblem = problemOf(
  'failed',
  500,
  'The server failed on this request; the reason is in its log under the id of the request, named here as "instance".',
);

/** What a thrown error is answered with: a status, a next step, and nothing of the inside. */
export function problemOfFailure(error: unknown): Problem {
  const chain = chainOf(error);
  const isFull = chain.some((link) => noSpaceCodes.has(link.code) || link.errcode === sqliteFullErrcode);
  if (isFull) return noSpaceProblem;
  return chain.some((link) => storeFailures.has(String(link.name))) ? unknownOutcomeProblem : failedProblem;
}
