import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { type Journal, JournalFailure } from '../platform/journal/journal.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { MemoryDisk } from '../platform/journal/memory-disk.ts';
import { MemoryStore } from '../platform/journal/memory-store.ts';
import { dataFiles, readLocalServer } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';
import { watchJournal } from './journal-watch.ts';
import { plimsoll, temporaryFolder } from './testing.ts';
import { asRoot, send, startTestApp } from './testing-app.ts';

const token = { title: 'a viewer', role: 'viewer', scope: { kind: 'all' }, expiresInDays: 1 };

describe('a journal that takes no more', () => {
  test('readiness says so and what to do, the owner is told once, and reading goes on', async (t) => {
    let isFailing = false;
    const disk = new MemoryDisk({
      onSync: () => {
        if (isFailing) throw new Error('EIO');
      },
    });
    const reasons: Error[] = [];
    const app = await startTestApp(t, {
      journal: openMemoryJournal({ store: new MemoryStore(disk) }),
      onStopped: (reason) => void reasons.push(reason),
    });
    const readiness = async (): Promise<string> => {
      const answer = await send(app, 'GET /readyz');
      return `${answer.status} ${answer.kind === 'whole' ? answer.body : ''}`;
    };
    assert.match(await readiness(), /^200/);
    isFailing = true;
    for (let count = 0; count < 3; count += 1) {
      assert.equal((await send(app, 'POST /api/v1/tokens', { json: token, headers: asRoot })).status, 503);
    }
    assert.match(await readiness(), /^503.*nothing more is stored until a restart\. What was acknowledged is safe\./);
    assert.deepEqual(
      reasons.map(({ name }) => name),
      ['JournalFailure'],
    );
    assert.match(app.errors.join('\n'), /the journal takes no more/);
    assert.equal((await send(app, 'GET /api/v1/tokens', { headers: asRoot })).status, 200);
  });

  test('a failure that passes stops nothing', async () => {
    const busy: Journal = {
      ...openMemoryJournal(),
      append: () => Promise.reject(new JournalFailure('another process kept writing')),
    };
    const { journal, isStopped } = watchJournal(busy, () => assert.fail('it can go on'));
    await assert.rejects(journal.append({ facts: [], expected: [] }), { name: 'JournalFailure' });
    assert.equal(isStopped(), false);
  });

  test('serve: ends in order, with its own exit code and the next step', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const running = plimsoll(['serve', '--data', data, '--http-port', '0']);
    while (readLocalServer(data) === null) await new Promise((resolve) => setTimeout(resolve, 20));
    const file = join(data, dataFiles.journal);
    const database = new DatabaseSync(file);
    database.exec('CREATE TRIGGER failing BEFORE INSERT ON facts BEGIN INSERT INTO nowhere VALUES (1); END');
    database.close();
    assert.notEqual((await plimsoll(['sign-in', '--data', data])).code, exitCodes.done);
    const { code, out, error } = await running;
    assert.equal(code, exitCodes.unavailable, error);
    assert.ok(error.includes(file), error);
    assert.match(error, /could not be written.*\nWhat was acknowledged is safe\. Look after the disk.*start again/);
    assert.match(out, /Stopped\.$/);
    assert.equal(readLocalServer(data), null);
  });
});
