import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journalContract } from './contract.ts';
import type { Batch } from './journal.ts';
import { openMemoryJournal } from './memory.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryStore } from './memory-store.ts';
import { parcelFact } from './testing.ts';

journalContract('a memory disk', async () => {
  const store = new MemoryStore(new MemoryDisk());
  return {
    open: async () => openMemoryJournal({ store }),
    tamper: async (edit) => {
      store.rows.splice(0, store.rows.length, ...edit(store.rows));
    },
    opener: null,
    dispose: async () => undefined,
  };
});

const batch = (...places: readonly string[]): Batch => ({
  facts: places.map((place) => parcelFact('parcel/one', { place })),
  expected: [],
});

test('memory disk: a crash loses what was not acknowledged, and nothing else', async () => {
  const gate = Promise.withResolvers<void>();
  let isSlow = false;
  const disk = new MemoryDisk({ onSync: () => (isSlow ? gate.promise : undefined) });
  const journal = openMemoryJournal({ store: new MemoryStore(disk) });
  await journal.append(batch('Ghent'));
  isSlow = true;
  const lost = journal.append(batch('Bruges', 'Ypres'));
  await new Promise(setImmediate);
  assert.equal((await journal.head()).seq, 1, 'nobody sees what is not durable');
  disk.crash();
  gate.resolve();
  await assert.rejects(lost, { name: 'JournalFailure' });
  const after = openMemoryJournal({ store: new MemoryStore(disk) });
  assert.deepEqual(await after.verify(), { factsChecked: 1, head: await after.head(), fault: null });
});

test('memory disk: after a crash the batch is there whole or not at all, and asking again doubles nothing', async () => {
  const asked = batch('Bruges', 'Ypres');
  for (const [kept, torn, expected] of [
    [0, 0, 1],
    [0, 80, 1],
    [1, 0, 3],
  ] as const) {
    let isFailing = false;
    const disk = new MemoryDisk({
      onSync: () => {
        if (isFailing) throw new Error('EIO');
      },
    });
    const journal = openMemoryJournal({ store: new MemoryStore(disk) });
    await journal.append(batch('Ghent'));
    isFailing = true;
    await assert.rejects(journal.append(asked), /the disk failed: open the journal again/);
    await assert.rejects(journal.append(batch('Namur')), { name: 'JournalFailure' });
    disk.crash(kept, torn);
    isFailing = false;
    const after = openMemoryJournal({ store: new MemoryStore(disk) });
    assert.equal((await after.head()).seq, expected);
    await after.append(asked);
    assert.equal((await after.head()).seq, 3);
    assert.equal((await after.verify()).fault, null);
    await assert.rejects(
      journal.append(batch('Namur')),
      { name: 'JournalFailure' },
      'who wrote before the crash is out',
    );
  }
});

test('memory disk: a full disk refuses, keeps what it has, and goes on when there is room', async () => {
  const disk = new MemoryDisk({ capacity: 600 });
  const journal = openMemoryJournal({ store: new MemoryStore(disk) });
  const results = await Promise.all([
    journal.append(batch('Ghent')),
    journal.append(batch(...'abcdefgh')),
    journal.append(batch('Ypres')),
  ]);
  assert.deepEqual(
    results.map((result) => result.outcome),
    ['appended', 'no-space', 'appended'],
  );
  assert.equal((await journal.verify()).factsChecked, 2);
  disk.resize(10_000);
  assert.equal((await journal.append(batch(...'abcdefgh'))).outcome, 'appended');
  assert.equal((await openMemoryJournal({ store: new MemoryStore(disk) }).head()).seq, 10);
});

test('memory disk: a damaged block that is not the last one is not passed over', async () => {
  const disk = new MemoryDisk();
  const journal = openMemoryJournal({ store: new MemoryStore(disk) });
  await journal.append(batch('Ghent'));
  await journal.append(batch('Bruges'));
  const damaged = new MemoryDisk();
  for (const [index, block] of disk.blocks.entries())
    damaged.append(index === 0 ? block.replace('Ghent', 'Ghost') : block);
  assert.throws(() => new MemoryStore(damaged), /block 1 of 2 on the disk is unreadable/);
});

test('memory disk: after a sync that failed, nobody is shown what it left behind, however often is asked', async () => {
  let isFailing = false;
  const disk = new MemoryDisk({
    onSync: () => {
      if (isFailing) throw new Error('EIO');
    },
  });
  const journal = openMemoryJournal({ store: new MemoryStore(disk) });
  await journal.append(batch('Ghent'));
  isFailing = true;
  await assert.rejects(journal.append(batch('Bruges')), { name: 'JournalFailure' });
  isFailing = false;
  await assert.rejects(journal.append(batch('Ypres')), { name: 'JournalFailure' });
  assert.equal((await journal.head()).seq, 1);
});
