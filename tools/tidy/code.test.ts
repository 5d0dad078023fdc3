import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCode } from './code.ts';

const specifiers = (text: string) =>
  readCode('a.ts', text).imports.map(({ specifier, isTypeOnly }) => `${specifier} ${isTypeOnly ? 'type' : 'value'}`);

test('imports: every form is seen, and whether it is erased', () => {
  const text = `
    import { a } from './a.ts';
    import type { B } from './b.ts';
    import { type C } from './c.ts';
    import { type D, d } from './d.ts';
    import './e.css';
    export * from './f.ts';
    export type { G } from './g.ts';
    export { h } from './h.ts';
    const i = await import('./i.ts');
    type J = import('./j.ts').J;`;
  assert.deepEqual(specifiers(text).toSorted(), [
    './a.ts value',
    './b.ts type',
    './c.ts type',
    './d.ts value',
    './e.css value',
    './f.ts value',
    './g.ts type',
    './h.ts value',
    './i.ts value',
    './j.ts type',
  ]);
});

test('comments and strings are no code', () => {
  const text = `// import './a.ts'; Date.now()\nconst text = "import './b.ts'; Math.random()";\n\`\${text} new Date()\`;\n`;
  const { imports, calls, comments } = readCode('a.ts', text);
  assert.deepEqual([imports, calls], [[], []]);
  assert.deepEqual(comments, [{ line: 1, found: " import './a.ts'; Date.now()" }]);
});

test('calls: as written, with their lines, across line breaks and optional chains', () => {
  const { calls } = readCode('a.ts', `Date\n  .now();\nnew Date();\nclock?.now();\n\`\${Math.random()}\`;\n`);
  assert.deepEqual(
    calls.map(({ callee, line }) => `${callee} ${line}`),
    ['Date.now 1', 'new Date 3', 'clock.now 4', 'Math.random 5'],
  );
});

test('functions: each form, with its length', () => {
  const text = 'function a() {\n}\nconst b = () => {\n\n};\nclass C { d() {} }\n';
  assert.deepEqual(
    readCode('a.ts', text)
      .functions.map(({ lineCount }) => lineCount)
      .toSorted(),
    [1, 2, 3],
  );
});

test('constructs: what cannot be stripped or is not wanted; `declare module` and the word any are fine', () => {
  const text = `
    enum A { b }
    namespace C { export const d = 1; }
    class E { constructor(private readonly f: any) {} }
    const g = h!;
    declare module 'other' {}
    const any = 'any';`;
  const found = readCode('a.ts', text).constructs.map((construct) => construct.found);
  assert.deepEqual(found.toSorted(), ['any', 'enum', 'namespace', 'non-null assertion', 'parameter property']);
});

test('a file that does not parse is refused by its name', () => {
  assert.throws(() => readCode('broken.ts', 'const = 1'), /broken\.ts does not parse/);
});
