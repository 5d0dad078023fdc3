import assert from 'node:assert/strict';
import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { buildConsole, consoleHash, isConsoleBuilt } from './console.mjs';
import { temporaryFolder, writeFiles } from './testing.ts';

const project = (context: TestContext): string =>
  temporaryFolder(context, { 'package-lock.json': '{}', 'web/main.tsx': 'one', 'web/parts/button.tsx': 'two' });

const markBuilt = (folder: string): void =>
  writeFiles(folder, { 'web/dist/.built-from': `${consoleHash(folder)}\n`, 'web/dist/index.html': '' });

test('console: stale without a build, after a change, and after a change of packages', (context) => {
  const folder = project(context);
  assert.equal(isConsoleBuilt(folder), false);
  markBuilt(folder);
  assert.equal(isConsoleBuilt(folder), true);
  writeFiles(folder, { 'web/parts/button.tsx': 'three' });
  assert.equal(isConsoleBuilt(folder), false);
  markBuilt(folder);
  writeFiles(folder, { 'package-lock.json': '{"packages":{}}' });
  assert.equal(isConsoleBuilt(folder), false);
});

test('console: a removed file makes it stale, a removed build too', (context) => {
  const folder = project(context);
  markBuilt(folder);
  rmSync(join(folder, 'web/parts/button.tsx'));
  assert.equal(isConsoleBuilt(folder), false);
  markBuilt(folder);
  rmSync(join(folder, 'web/dist'), { recursive: true });
  assert.equal(isConsoleBuilt(folder), false);
});

test('console: dates, tests and texts do not make it stale', (context) => {
  const folder = project(context);
  markBuilt(folder);
  utimesSync(join(folder, 'web/main.tsx'), 0, 0);
  writeFiles(folder, { 'web/main.test.ts': 'a test', 'web/README.md': 'a text', 'web/browser/sign-in.test.ts': '' });
  assert.equal(isConsoleBuilt(folder), true);
});

test('console: a build that fails tells Vite’s own words and is not taken for built', async (context) => {
  const folder = project(context);
  mkdirSync(join(folder, 'web/dist'), { recursive: true });
  writeFiles(folder, {
    'node_modules/vite/bin/vite.js': 'console.error("main.tsx:1: unexpected one"); process.exit(1)',
  });
  const building = buildConsole({ folder, node: process.execPath, say: () => {} });
  await assert.rejects(building, /main\.tsx:1: unexpected one[\s\S]*could not be built[\s\S]*Next: /);
  assert.equal(isConsoleBuilt(folder), false);
});
