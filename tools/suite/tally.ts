/** Adds up the events of node's test runner. Pure: the runner is in run-files.ts. */

/** What the tally reads of an event; the runner's own types are wider. */
export interface RunnerEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly file?: string | undefined;
    readonly line?: number | undefined;
    readonly nesting?: number;
    readonly skip?: string | boolean | undefined;
    readonly todo?: string | boolean | undefined;
    readonly message?: string;
    readonly details?: {
      readonly duration_ms?: number;
      readonly type?: string | undefined;
      readonly error?: unknown;
    };
  };
}

export interface Failure {
  /** `path:line` from the project's folder. */
  readonly place: string;
  readonly name: string;
  readonly words: string;
}

export interface LeftOut {
  readonly place: string;
  readonly name: string;
  readonly reason: string;
}

export interface Tally {
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly leftOut: readonly LeftOut[];
  readonly files: readonly { readonly path: string; readonly ms: number }[];
}

export const emptyTally: Tally = { passed: 0, failures: [], leftOut: [], files: [] };

export const together = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failures: [...a.failures, ...b.failures],
  leftOut: [...a.leftOut, ...b.leftOut],
  files: [...a.files, ...b.files],
});

/** The words of a fault as the runner hands it over: its own wrapper around what the test threw. */
function wordsOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const words = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return words.replaceAll(/^ +at .*node:internal\/.*\n?/gm, '').trimEnd();
}

/** A suite or a test that failed only because one inside it did: that one is told by itself. */
const isOnlyAround = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'failureType' in error && error.failureType === 'subtestsFailed';

/** An event with the questions answered that the tally asks of it. */
interface Told {
  readonly file: string;
  readonly path: string;
  readonly place: string;
  readonly name: string;
  /** The event speaks of a file as a whole: the runner wraps each in a test of its own. */
  readonly isFile: boolean;
  readonly isSuite: boolean;
  readonly skipped: string | undefined;
  readonly ms: number;
  readonly error: unknown;
  readonly output: string;
}

function told({ data }: RunnerEvent, folder: string): Told {
  const file = data.file ?? '';
  const path = file.startsWith(folder) ? file.slice(folder.length) : file;
  const isFile = data.name === file;
  const skip = data.skip ?? data.todo ?? false;
  return {
    file,
    path,
    place: data.line === undefined || isFile ? path : `${path}:${data.line}`,
    name: isFile ? 'the file as a whole' : (data.name ?? ''),
    isFile,
    isSuite: data.details?.type === 'suite',
    skipped: skip === false ? undefined : skip === true ? '' : skip,
    ms: data.details?.duration_ms ?? 0,
    error: data.details?.error,
    output: data.message ?? '',
  };
}

/** The tally while it grows. */
class Count {
  passed = 0;
  readonly failures: Failure[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly files: { readonly path: string; readonly ms: number }[] = [];
  readonly #output = new Map<string, string>();
  readonly #filesWithTests = new Set<string>();

  printed({ file, output }: Told): void {
    this.#output.set(file, (this.#output.get(file) ?? '') + output);
  }

  failed({ file, place, name, isFile, error }: Told): void {
    if (!isFile) this.#filesWithTests.add(file);
    if (isOnlyAround(error)) return;
    const printed = isFile ? `\n${this.#output.get(file) ?? ''}` : '';
    this.failures.push({ place, name, words: `${wordsOf(error)}${printed}`.trim() });
  }

  succeeded({ file, place, name, isFile, isSuite, skipped }: Told): void {
    if (isFile) {
      if (!this.#filesWithTests.has(file)) this.failures.push({ place, name, words: 'it holds no test' });
      return;
    }
    this.#filesWithTests.add(file);
    if (isSuite && skipped === undefined) return;
    if (skipped === undefined) this.passed += 1;
    else this.leftOut.push({ place, name, reason: skipped });
  }

  ended({ isFile, path, ms }: Told): void {
    if (isFile) this.files.push({ path, ms });
  }
}

/**
 * Counts tests as they end. Suites do not count, and neither does a parent that failed only because a test inside it did.
 * @param folder the project's, with a slash at its end: paths are told from there
 */
export function tallyOf(events: Iterable<RunnerEvent>, folder: string): Tally {
  const count = new Count();
  for (const event of events) {
    const it = told(event, folder);
    if (event.type === 'test:stdout' || event.type === 'test:stderr') count.printed(it);
    if (event.type === 'test:pass') count.succeeded(it);
    if (event.type === 'test:fail') count.failed(it);
    if (event.type === 'test:complete') count.ended(it);
  }
  const { passed, failures, leftOut, files } = count;
  return { passed, failures, leftOut, files };
}
