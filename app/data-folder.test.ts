import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CommandFailure } from './command.ts';
import {
  isDataFolderLocked,
  lockDataFolder,
  prepareDataFolder,
  readLocalServer,
  removeLocalServer,
  writeLocalServer,
} from './data-folder.ts';

function temporaryFolder(t: { after: (fn: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-data-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const holdLock = `
  import { lockDataFolder } from ${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)};
  lockDataFolder(process.argv[1]);
  console.log('held');
  setInterval(() => {}, 1000);
`;

describe('data folder', () => {
  test('is made for its owner only', (t) => {
    const folder = join(temporaryFolder(t), 'deep', 'data');
    prepareDataFolder(folder);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  test('a file in its place is refused, naming the flag', (t) => {
    const file = join(temporaryFolder(t), 'data');
    writeFileSync(file, '');
    assert.throws(
      () => prepareDataFolder(file),
      (failure) => failure instanceof CommandFailure && /--data/.test(failure.message),
    );
  });

  test('lock: a second holder is refused, naming the first; free again when let go', (t) => {
    const folder = temporaryFolder(t);
    writeLocalServer(folder, { pid: 4711, url: 'http://127.0.0.1:4400', token: 'secret' });
    const release = lockDataFolder(folder);
    assert.throws(
      () => lockDataFolder(folder),
      (failure) => failure instanceof CommandFailure && /process 4711/.test(failure.message),
    );
    assert.equal(isDataFolderLocked(folder), true);
    release();
    assert.equal(isDataFolderLocked(folder), false);
  });

  test('lock: a killed process never leaves it behind', async (t) => {
    const folder = temporaryFolder(t);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', holdLock, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    assert.equal(isDataFolderLocked(folder), true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(isDataFolderLocked(folder), false);
  });

  test('server.json: readable by its owner only; damaged or absent is null', (t) => {
    const folder = temporaryFolder(t);
    assert.equal(readLocalServer(folder), null);
    writeLocalServer(folder, { pid: 1, url: 'http://127.0.0.1:1', token: 't' });
    assert.equal(statSync(join(folder, 'server.json')).mode & 0o777, 0o600);
    assert.equal(readLocalServer(folder)?.token, 't');
    // One that somebody left readable, or a link to elsewhere, is replaced, not filled.
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, '', { mode: 0o644 });
    rmSync(join(folder, 'server.json'));
    symlinkSync(elsewhere, join(folder, 'server.json'));
    writeLocalServer(folder, { pid: 1, url: 'http://127.0.0.1:1', token: 'u' });
    assert.equal(statSync(join(folder, 'server.json')).mode & 0o777, 0o600);
    assert.equal(readFileSync(elsewhere, 'utf8'), '');
    writeFileSync(join(folder, 'server.json'), '{"pid":');
    assert.equal(readLocalServer(folder), null);
    removeLocalServer(folder);
  });
});
