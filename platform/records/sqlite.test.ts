import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { recordsContract } from './contract.ts';
import { RecordsFailure } from './failure.ts';
import { openSqliteRecords } from './sqlite.ts';

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'plimsoll-records-'));

recordsContract('sqlite', () => {
  const folder = makeFolder();
  return {
    open: () => openSqliteRecords({ path: join(folder, 'records.db') }),
    isDurable: true,
    remove: () => rmSync(folder, { recursive: true }),
  };
});

/** Which of these texts stand in any file of a folder, byte for byte. */
function textsFound(folder: string, texts: readonly string[]): readonly string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)));
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = makeFolder();
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('sqlite records: erased means gone from the files', () => {
  test('one record: its text is in the files before, and in none after, while the store is open', () =>
    inFolder(async (folder) => {
      const records = openSqliteRecords({ path: join(folder, 'records.db') });
      await records.put('people', 'ana@harbour.example', { name: 'Ana Quay' }, 0);
      await records.put('people', 'ben@harbour.example', { name: 'Ben Wharf' }, 0);
      const texts = ['ana@harbour.example', 'Ana Quay'];
      assert.deepEqual(textsFound(folder, texts), texts);
      await records.erase('people', 'ana@harbour.example');
      assert.deepEqual(textsFound(folder, texts), []);
      assert.deepEqual(textsFound(folder, ['Ben Wharf']), ['Ben Wharf']);
      await records.close();
    }));

  test('a body that was replaced before: no older text outlives the erasure', () =>
    inFolder(async (folder) => {
      const records = openSqliteRecords({ path: join(folder, 'records.db') });
      for (let revision = 0; revision < 20; revision += 1) {
        await records.put(
          'people',
          'usr_1',
          { name: `Ana-${revision}-Quay`.repeat(1 + 40 * (revision % 3)) },
          revision,
        );
      }
      await records.erase('people', 'usr_1');
      assert.deepEqual(textsFound(folder, ['-Quay']), []);
      await records.close();
    }));

  test('many records of any size, any of them erased: exactly the others are left', () =>
    inFolder(async (folder) => {
      const plan = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 6_000 }), isErased: fc.boolean() }), {
        minLength: 1,
        maxLength: 60,
      });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(plan, async (steps) => {
          const place = join(folder, String(round++));
          const records = openSqliteRecords({ path: `${place}.db` });
          const markOf = (index: number): string => `mark-${round}-${index}-end`;
          for (const [index, step] of steps.entries()) {
            await records.put('people', `key-${index}`, { mark: markOf(index), fill: 'x'.repeat(step.bytes) }, 0);
          }
          for (const [index, step] of steps.entries()) if (step.isErased) await records.erase('people', `key-${index}`);
          await records.close();
          const left = steps.flatMap((step, index) => (step.isErased ? [] : [markOf(index)]));
          assert.deepEqual(
            textsFound(
              folder,
              steps.map((_, index) => markOf(index)),
            ),
            left,
          );
        }),
        { numRuns: Number(process.env.PLIMSOLL_RECORDS_RUNS ?? 12), seed: 26 },
      );
    }));

  test('a reader in another connection holds the log: the erasure is refused until it has gone, then carried through', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'records.db');
      const records = openSqliteRecords({ path });
      await records.put('people', 'usr_1', { name: 'Ana Quay' }, 0);
      const reader = new DatabaseSync(path);
      reader.exec('BEGIN; SELECT count(*) FROM records');
      await assert.rejects(records.erase('people', 'usr_1'), RecordsFailure);
      assert.equal(await records.get('people', 'usr_1'), null);
      reader.close();
      assert.equal(await records.erase('people', 'usr_1'), false);
      assert.deepEqual(textsFound(folder, ['Ana Quay']), []);
      await records.close();
    }));
});

describe('sqlite records: limits and settings', () => {
  test('no space: a put beyond the limit is refused, what was stored stays readable, and erasing makes room', () =>
    inFolder(async (folder) => {
      const records = openSqliteRecords({ path: join(folder, 'records.db'), bytesMax: 64 * 1024 });
      const fill = 'x'.repeat(8_000);
      let stored = 0;
      let answer = await records.put('people', `key-${stored}`, { fill }, 0);
      while (answer === 'stored') {
        stored += 1;
        answer = await records.put('people', `key-${stored}`, { fill }, 0);
      }
      assert.equal(answer, 'no-space');
      assert.ok(stored > 2);
      assert.equal((await records.list('people')).length, stored);
      await records.erase('people', 'key-0');
      assert.equal(await records.put('people', 'key-0', { fill }, 0), 'stored');
      await records.close();
    }));

  test('a file that is no database is refused', () =>
    inFolder(async (folder) => {
      assert.throws(() => openSqliteRecords({ path: folder }));
    }));
});
