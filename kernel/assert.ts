/** Thrown when a law of the program is broken: a bug of ours, never an expected answer to a user. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/**
 * Holds a law that is true unless the program itself is wrong.
 * @param law the sentence that should be true, written so that it reads well in a crash report
 * @throws AssertionFailure when it is not
 */
export function assert(condition: unknown, law: string): asserts condition {
  if (!condition) throw new AssertionFailure(`law broken: ${law}`);
}

/** Closes a switch over a union: the compiler names the missing case, and at run time an unknown shape stops here. */
export function unreachable(value: never): never {
  throw new AssertionFailure(`no case for ${JSON.stringify(value)}`);
}
