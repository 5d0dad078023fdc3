/** A rule that we care about is data: what it forbids, where, what to do instead, and why. */
import type { Tree } from './tree.ts';

/** A place that breaks a rule. */
export interface Fault {
  readonly path: string;
  /** 0 when the fault is the file as a whole. */
  readonly line: number;
  /** What stands there. */
  readonly found: string;
}

export interface Rule {
  /** Short, in kebab case: what the report names and a test is called by. */
  readonly name: string;
  /** Where it holds, in words. */
  readonly where: string;
  /** What to do instead. */
  readonly use: string;
  readonly why: string;
  readonly faults: (tree: Tree) => Iterable<Fault>;
}

/** A fault in words: thing, place, next step, reason. */
export function faultInWords({ name, use, why }: Rule, { path, line, found }: Fault): string {
  const place = line === 0 ? path : `${path}:${line}`;
  return `${place}: ${found}\n    use ${use}: ${why} (${name})`;
}

/**
 * A test, or a file that only tests use and that says so by its name: `testing.ts`, `….testing.ts`, a contract suite.
 * Tests may import `node:*`, any package and `tools`, may take values of the platform, read clocks, set timers and hold
 * long functions. They keep the order of capabilities and all rules of form.
 */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|(^|[/.-])(testing|contract)(-[\w-]+)?\.ts$|(^|\/)testing\/|^web\/browser\//.test(path);
