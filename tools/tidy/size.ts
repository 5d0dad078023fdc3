/** Files and functions that one can read at a sitting. */
import { isTest, type Rule } from './rule.ts';

export const fileLinesMax = 400;
export const functionLinesMax = 60;
/** What a capability shows to others must be seen at a glance. */
export const doorLinesMax = 30;

const measured = /\.(ts|tsx|mjs|js|css)$/;
const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

export const sizes: readonly Rule[] = [
  {
    name: 'file-length',
    where: `code and styles, tests too: ${fileLinesMax} lines`,
    use: 'a file for each noun',
    why: 'a file that cannot be read at a sitting is not understood by anybody',
    faults: ({ files }) =>
      [...files]
        .filter(([path, text]) => measured.test(path) && lineCount(text) > fileLinesMax)
        .map(([path, text]) => ({ path, line: 0, found: `${lineCount(text)} lines, ${fileLinesMax} at most` })),
  },
  {
    name: 'function-length',
    where: `all code but tests: ${functionLinesMax} lines`,
    use: 'a function for each step, named by what it does',
    why: 'policy stands in a short parent, and sums in leaves that can be checked by hand',
    faults: ({ code }) =>
      code
        .filter(({ path }) => !isTest(path))
        .flatMap(({ path, functions }) =>
          functions
            .filter(({ lineCount: lines }) => lines > functionLinesMax)
            .map(({ line, lineCount: lines }) => ({
              path,
              line,
              found: `a function of ${lines} lines, ${functionLinesMax} at most`,
            })),
        ),
  },
  {
    name: 'door-length',
    where: `index.ts of a capability: ${doorLinesMax} lines`,
    use: 'fewer names: what others need, and no code',
    why: 'what a capability shows to others is its promise, and a promise is short',
    faults: ({ files }) =>
      [...files]
        .filter(([path, text]) => /^capabilities\/[^/]+\/index\.ts$/.test(path) && lineCount(text) > doorLinesMax)
        .map(([path, text]) => ({ path, line: 0, found: `${lineCount(text)} lines, ${doorLinesMax} at most` })),
  },
];
