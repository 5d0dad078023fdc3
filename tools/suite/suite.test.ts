import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { temporaryFolder } from '../testing.ts';
import { testFiles } from './files.ts';
import { sizesIn } from './system-packages.ts';
import { emptyTally, type RunnerEvent, type Tally, tallyOf } from './tally.ts';
import { closingLine, failureLines, leftOutLines, slowestLines, verdictOf } from './words.ts';

const file = '/project/kernel/id.test.ts';
const event = (type: string, data: Partial<RunnerEvent['data']>): RunnerEvent => ({ type, data: { file, ...data } });
const tally = (...events: readonly RunnerEvent[]): Tally => tallyOf(events, '/project/');

describe('tally', () => {
  test('a test that passes counts; the suite and the file around it do not', () => {
    const { passed, failures } = tally(
      event('test:pass', { name: 'inner', line: 3 }),
      event('test:pass', { name: 'group', line: 2, details: { type: 'suite' } }),
      event('test:pass', { name: file }),
    );
    assert.deepEqual([passed, failures], [1, []]);
  });

  test('a test that fails is told with its place and words; its parent is not told again', () => {
    const wrapped = Object.assign(new Error('test failed'), { cause: new Error('1 is not 2') });
    const around = Object.assign(new Error('1 subtest failed'), { failureType: 'subtestsFailed' });
    const { failures } = tally(
      event('test:fail', { name: 'inner', line: 3, details: { error: wrapped } }),
      event('test:fail', { name: 'group', line: 2, details: { error: around, type: 'suite' } }),
    );
    assert.equal(failures.length, 1);
    assert.equal(failures[0]?.place, 'kernel/id.test.ts:3');
    assert.match(failures[0]?.words ?? '', /1 is not 2/);
  });

  test('a file that breaks is told with what it printed', () => {
    const { failures } = tally(
      event('test:stderr', { message: 'SyntaxError: unexpected' }),
      event('test:fail', { name: file, details: { error: new Error('test failed') } }),
    );
    assert.match(failures[0]?.words ?? '', /SyntaxError: unexpected/);
  });

  test('a file without a test is a failure', () => {
    assert.equal(tally(event('test:pass', { name: file })).failures[0]?.words, 'it holds no test');
  });

  test('a test that was left out is neither passed nor failed, and keeps its reason', () => {
    const { passed, failures, leftOut } = tally(event('test:pass', { name: 'shot', line: 9, skip: 'no browser' }));
    assert.deepEqual([passed, failures], [0, []]);
    assert.deepEqual(leftOut, [{ place: 'kernel/id.test.ts:9', name: 'shot', reason: 'no browser' }]);
  });
});

describe('words', () => {
  const left: Tally = { ...emptyTally, passed: 4, leftOut: [{ place: 'a:1', name: 'shot', reason: 'no browser' }] };

  test('the closing line is what tools read', () => {
    assert.equal(closingLine({ ...emptyTally, passed: 7 }), '7 passed, 0 failed');
    assert.equal(closingLine(left), '4 passed, 0 failed, 1 skipped');
  });

  test('where all must run, a test that was left out is a failure with its reason', () => {
    assert.equal(verdictOf(left, false), left);
    const verdict = verdictOf(left, true);
    assert.equal(closingLine(verdict), '4 passed, 1 failed');
    assert.match(failureLines(verdict).join('\n'), /FAILED a:1 · shot\n {4}left out.*no browser/);
  });

  test('left-out tests stand under their reason, once', () => {
    const two: Tally = { ...left, leftOut: [...left.leftOut, { place: 'b:2', name: 'axe', reason: 'no browser' }] };
    const lines = ['', 'LEFT OUT, 2: no browser', '    a:1 · shot', '    b:2 · axe'];
    assert.deepEqual(leftOutLines(two), lines);
  });

  test('only slow files are listed, the slowest first', () => {
    const files = [
      { path: 'fast', ms: 900 },
      { path: 'slow', ms: 1500 },
      { path: 'slower', ms: 4000 },
    ];
    assert.deepEqual(slowestLines({ ...emptyTally, files }).slice(2), ['    4.0 s  slower', '    1.5 s  slow']);
  });
});

describe('files', () => {
  test('test files of the project, browser tests apart; nothing from node_modules and dist', (context) => {
    const folder = temporaryFolder(context, {
      'kernel/id.test.ts': '',
      'kernel/id.ts': '',
      'web/browser/sign-in.test.ts': '',
      'web/dist/old.test.ts': '',
      'node_modules/other/own.test.ts': '',
    });
    const all = { plain: ['kernel/id.test.ts'], browser: ['web/browser/sign-in.test.ts'] };
    assert.deepEqual(testFiles(folder, []), all);
    assert.deepEqual(testFiles(folder, ['sign']), { plain: [], browser: all.browser });
    assert.deepEqual(testFiles(folder, ['nothing']), { plain: [], browser: [] });
  });
});

test('apt: its words of the size are told, and nothing where it says none', () => {
  const words = 'Reading…\nNeed to get 98 MB of archives.\nAfter this operation, 300 MB will be used.\nAbort.';
  assert.equal(sizesIn(words), 'Need to get 98 MB of archives. After this operation, 300 MB will be used.');
  assert.equal(sizesIn('E: Unable to locate package chromium'), '');
});
