import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import {
  downloadInWords,
  failureInWords,
  install,
  installedExtent,
  lockHash,
  missingExtent,
  missingNodeInWords,
} from './install.mjs';
import { projectFolder } from './runtime.mjs';
import { temporaryFolder, writeFiles } from './testing.ts';

const lock = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });

const wanted = lock({
  '': { name: 'small' },
  'node_modules/fastify': { version: '5.0.0' },
  'node_modules/for-another-machine': { version: '1.0.0', optional: true },
  'node_modules/biome': { version: '2.0.0', dev: true },
});

const download = { packages: 2, downloadMb: 76, diskMb: 297, largest: [{ name: 'node@26', downloadMb: 57.3 }] };

const project = (context: TestContext, files: Readonly<Record<string, string>> = {}): string =>
  temporaryFolder(context, {
    'package-lock.json': wanted,
    'tools/download.json': JSON.stringify({ start: download, test: download }),
    ...files,
  });

const stamp = (folder: string, extent: string): void =>
  writeFiles(folder, { 'node_modules/.plimsoll-stamp': JSON.stringify({ lock: lockHash(folder), extent }) });

describe('what is installed', () => {
  test('a bare clone: all is missing', (context) => {
    const folder = project(context);
    assert.equal(installedExtent(folder), undefined);
    assert.equal(missingExtent(folder, 'start'), 'start');
    assert.equal(missingExtent(folder, 'test'), 'test');
  });

  test('installed for a start: enough for a start, not for the tests', (context) => {
    const folder = project(context);
    stamp(folder, 'start');
    assert.equal(missingExtent(folder, 'start'), undefined);
    assert.equal(missingExtent(folder, 'test'), 'test');
  });

  test('installed for the tests: enough for all, and a start with a new lock file keeps the tests’ packages', (context) => {
    const folder = project(context);
    stamp(folder, 'test');
    assert.equal(missingExtent(folder, 'start'), undefined);
    writeFiles(folder, { 'package-lock.json': lock({ 'node_modules/fastify': { version: '5.0.1' } }) });
    assert.equal(installedExtent(folder), undefined);
    assert.equal(missingExtent(folder, 'start'), 'test');
  });

  const byHand = (context: TestContext, installed: object): string =>
    project(context, { 'node_modules/.package-lock.json': lock(installed), 'node_modules/node/bin/node': '' });
  const fastify = { 'node_modules/fastify': { version: '5.0.0' } };
  const biome = { 'node_modules/biome': { version: '2.0.0', dev: true } };

  test('installed by hand: told from npm’s own list', (context) => {
    assert.equal(installedExtent(byHand(context, { ...fastify, ...biome })), 'test');
    assert.equal(installedExtent(byHand(context, fastify)), 'start');
  });

  test('installed by hand: a missing package, another version or no Node is not enough', (context) => {
    assert.equal(installedExtent(byHand(context, biome)), undefined);
    assert.equal(
      installedExtent(byHand(context, { 'node_modules/fastify': { version: '4.0.0' }, ...biome })),
      undefined,
    );
    const withoutNode = project(context, { 'node_modules/.package-lock.json': lock({ ...fastify, ...biome }) });
    assert.equal(installedExtent(withoutNode), undefined);
  });
});

describe('words', () => {
  test('what will be downloaded: packages, size on the way and on disk, the largest', () => {
    const words = downloadInWords(download, 'start');
    assert.match(words, /2 packages/);
    assert.match(words, /76 MB to download, 297 MB in node_modules/);
    assert.match(words, /node@26 57.3 MB/);
  });

  for (const [code, means] of [
    ['ENOTFOUND', /registry was not reached/],
    ['ECONNREFUSED', /registry was not reached/],
    ['EACCES', /could not be written/],
    ['EROFS', /could not be written/],
    ['ENOSPC', /disk is full/],
    ['EINTEGRITY', /not the one that package-lock.json names/],
    ['E404', /no such package/],
    ['EUSAGE', /do not agree/],
  ] as const) {
    test(`a failure with ${code}: cause and next step`, () => {
      const words = failureInWords(`npm error code ${code}\nnpm error path …`, 1);
      assert.match(words, means);
      assert.match(words, /Next: /);
    });
  }

  test('a failure that nobody foresaw: npm’s own words are pointed at', () => {
    assert.match(failureInWords('npm error code EODD', 7), /exit code 7; its own words stand above/);
  });

  test('install scripts are off: not said where the machine’s own Node is new enough', () => {
    assert.equal(missingNodeInWords(projectFolder), undefined);
  });
});

describe('install', () => {
  /** Puts a program called npm first in PATH, which does what the script says. */
  const withNpm = (context: TestContext, folder: string, script: string): void => {
    writeFiles(folder, { 'bin/npm': `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, 'bin/npm'), 0o755);
    const { PATH, npm_execpath } = process.env;
    context.after(() => Object.assign(process.env, { PATH }, npm_execpath === undefined ? {} : { npm_execpath }));
    process.env.PATH = `${join(folder, 'bin')}${delimiter}${PATH}`;
    delete process.env.npm_execpath;
  };

  test('says first what it downloads, leaves the tests’ packages out, stamps at the end', async (context) => {
    const folder = project(context);
    withNpm(context, folder, 'mkdir -p node_modules; echo "$@" > node_modules/called-with');
    const said: string[] = [];
    const say = (words: string): void => {
      said.push(`${words}${existsSync(join(folder, 'node_modules')) ? '' : ' (nothing is there yet)'}`);
    };
    await install({ folder, extent: 'start', say });
    assert.match(said[0] ?? '', /76 MB to download[\s\S]*\(nothing is there yet\)$/);
    assert.match(readFileSync(join(folder, 'node_modules/called-with'), 'utf8'), /^ci .*--omit=dev/);
    assert.equal(missingExtent(folder, 'start'), undefined);
  });

  test('a failure is told with its cause, and nothing counts as installed', async (context) => {
    const folder = project(context);
    withNpm(context, folder, 'mkdir -p node_modules; echo "npm error code ENOTFOUND" >&2; exit 1');
    await assert.rejects(install({ folder, extent: 'test', say: () => {} }), /registry was not reached/);
    assert.equal(missingExtent(folder, 'test'), 'test');
  });
});

test('tools/download.json: measured for the lock file as it is (else run `node tools/measure-download.ts`)', () => {
  const { lock: measured } = JSON.parse(readFileSync(join(projectFolder, 'tools/download.json'), 'utf8'));
  assert.equal(measured, lockHash(projectFolder));
});
