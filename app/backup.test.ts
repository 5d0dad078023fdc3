import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { restoreBackup } from './backup.ts';
import { lockDataFolder } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';
import {
  exampleOps,
  plimsoll,
  startServerHere,
  startServerProcess,
  type TestContext,
  temporaryFolder,
} from './testing.ts';

/** A data folder with a revision applied, whose server has stopped. */
async function restedData(t: TestContext): Promise<string> {
  const server = await startServerProcess(t);
  const applied = await plimsoll(['apply', exampleOps, '--data', server.data]);
  assert.equal(applied.code, exitCodes.done, applied.error);
  await server.end('SIGTERM');
  return server.data;
}

const isRestoring = (folder: string): boolean =>
  readdirSync(dirname(folder)).some((name) => name.startsWith(`${basename(folder)}.restoring-`));

const headOf = (text: string): unknown => JSON.parse(text).head;

describe('backup and restore', () => {
  test('a backup of a running server is consistent: every batch is whole in it, and it verifies', async (t) => {
    const server = await startServerHere(t);
    const target = join(temporaryFolder(t), 'backup');
    const applying = plimsoll(['apply', exampleOps, '--data', server.data]);
    const made = await plimsoll(['backup', target, '--data', server.data, '--json']);
    await applying;
    assert.equal(made.code, exitCodes.done, made.error);
    assert.deepEqual(readdirSync(target).sort(), ['journal.db', 'manifest.json', 'records.db']);
    const data = join(temporaryFolder(t), 'data');
    const restored = await plimsoll(['restore', target, '--data', data, '--json']);
    assert.equal(restored.code, exitCodes.done, restored.error);
    assert.deepEqual(headOf(restored.out), headOf(made.out));
  });

  test('restored, the server is the one that was backed up; what stood there is moved aside', async (t) => {
    const data = await restedData(t);
    const target = join(temporaryFolder(t), 'backup');
    assert.equal((await plimsoll(['backup', target, '--data', data])).code, exitCodes.done);
    const restored = await plimsoll(['restore', target, '--data', data, '--json']);
    const { movedAside } = JSON.parse(restored.out) as { movedAside: string };
    t.after(() => rmSync(movedAside, { recursive: true, force: true }));
    assert.ok(existsSync(join(movedAside, 'journal.db')));
    const server = await startServerProcess(t, { data });
    assert.equal(server.signInLink, null);
    const diff = await plimsoll(['diff', exampleOps, '--data', data, '--json']);
    assert.deepEqual(JSON.parse(diff.out).changes, []);
  });

  test('backup: a target that is not empty, and data that is none, are refused', async (t) => {
    const data = await restedData(t);
    const taken = temporaryFolder(t);
    writeFileSync(join(taken, 'precious'), '');
    const onTop = await plimsoll(['backup', taken, '--data', data]);
    assert.equal(onTop.code, exitCodes.refused);
    assert.match(onTop.error, /not empty; a backup never writes over anything/);
    const nothing = await plimsoll(['backup', join(taken, 'new'), '--data', join(taken, 'nowhere')]);
    assert.equal(nothing.code, exitCodes.unavailable);
  });

  test('backup: a journal that somebody changed is refused, naming the fact', async (t) => {
    const data = await restedData(t);
    const database = new DatabaseSync(join(data, 'journal.db'));
    database.exec("UPDATE facts SET text = replace(text, 'system:', 'user:mallory-') WHERE seq = 2");
    database.close();
    const made = await plimsoll(['backup', join(temporaryFolder(t), 'backup'), '--data', data]);
    assert.equal(made.code, exitCodes.faults);
    assert.match(made.error, /fact 2 \(/);
    const doctor = await plimsoll(['doctor', '--data', data]);
    assert.equal(doctor.code, exitCodes.faults);
    assert.match(doctor.out, /TROUBLE\s+Journal\s+fact 2 /);
  });

  test('restore: while it works, no server starts on the folder; where there was none, none is left behind', async (t) => {
    const data = await restedData(t);
    const target = join(temporaryFolder(t), 'backup');
    assert.equal((await plimsoll(['backup', target, '--data', data])).code, exitCodes.done);
    const fresh = join(temporaryFolder(t), 'fresh');
    for (const folder of [data, fresh]) {
      const working = restoreBackup(target, folder, Date.now());
      while (!isRestoring(folder)) await new Promise(setImmediate);
      assert.throws(() => lockDataFolder(folder), /is in use/);
      const { movedAside } = await working;
      assert.equal(movedAside === null, folder === fresh);
      if (movedAside !== null) t.after(() => rmSync(movedAside, { recursive: true, force: true }));
      lockDataFolder(folder)();
      assert.equal(isRestoring(folder), false);
    }
  });

  test('restore: a changed file, a missing manifest and a running server are refused; the data stays as it was', async (t) => {
    const data = await restedData(t);
    const target = join(temporaryFolder(t), 'backup');
    assert.equal((await plimsoll(['backup', target, '--data', data])).code, exitCodes.done);
    const before = readFileSync(join(data, 'journal.db'));
    const records = join(target, 'records.db');
    const whole = readFileSync(records);
    writeFileSync(records, Buffer.concat([whole, Buffer.from('x')]));
    const changed = await plimsoll(['restore', target, '--data', data]);
    assert.equal(changed.code, exitCodes.faults);
    assert.match(changed.error, /records\.db was changed since the backup was made/);
    writeFileSync(records, whole);
    const manifest = join(target, 'manifest.json');
    const words = readFileSync(manifest);
    rmSync(manifest);
    assert.match((await plimsoll(['restore', target, '--data', data])).error, /has no manifest\.json/);
    writeFileSync(manifest, words);
    assert.deepEqual(readFileSync(join(data, 'journal.db')), before);

    await startServerProcess(t, { data });
    const running = await plimsoll(['restore', target, '--data', data]);
    assert.equal(running.code, exitCodes.refused);
    assert.match(running.error, /a server is running.*Stop it first/);
  });
});
