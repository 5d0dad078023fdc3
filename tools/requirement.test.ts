import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { chromiumPath, leftOutWithout, sharedFolder, stracePath } from './requirement.ts';
import { temporaryFolder } from './testing.ts';

function withEnvironment(context: TestContext, changes: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  context.after(() => {
    for (const name of Object.keys(changes)) delete process.env[name];
    Object.assign(process.env, before);
  });
  Object.assign(process.env, changes);
}

test('leftOutWithout: a test that needs nothing runs', () => {
  assert.equal(leftOutWithout(), false);
});

test('leftOutWithout: names all that is missing and how to get it', (context) => {
  withEnvironment(context, { PATH: temporaryFolder(context), PLIMSOLL_SHARED: 'no/such/folder' });
  assert.deepEqual([chromiumPath(), stracePath(), sharedFolder()], [undefined, undefined, undefined]);
  const reason = leftOutWithout('chromium', 'strace', 'shared');
  assert.match(String(reason), /apt-get install chromium.*apt-get install strace.*PLIMSOLL_SHARED/);
});

test('requirements: found in PATH, and where PLIMSOLL_SHARED says', (context) => {
  const folder = temporaryFolder(context, { chromium: '', strace: '' });
  withEnvironment(context, { PATH: folder, PLIMSOLL_SHARED: folder });
  assert.equal(chromiumPath(), `${folder}/chromium`);
  assert.equal(sharedFolder(), folder);
  assert.equal(leftOutWithout('chromium', 'strace', 'shared'), false);
});
