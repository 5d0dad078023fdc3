import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { prepareBatch } from './admit.ts';
import { journalContract } from './contract.ts';
import type { Row } from './row.ts';
import { openSqliteJournal } from './sqlite.ts';
import { openForContract } from './sqlite-contract.ts';
import { openForWriting } from './sqlite-schema.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import { parcelFact } from './testing.ts';

function tamper(file: string, edit: (rows: readonly Row[]) => readonly Row[]): void {
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT * FROM facts ORDER BY seq').all() as unknown as readonly Row[];
  database.exec('DELETE FROM facts');
  const insert = database.prepare(
    'INSERT INTO facts (seq, id, subject, version, text, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { seq, id, subject, version, text, hash } of edit(rows)) insert.run(seq, id, subject, version, text, hash);
  database.close();
}

journalContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-journal-'));
  const file = join(folder, 'journal.db');
  return {
    open: () => openForContract(file),
    tamper: async (edit) => tamper(file, edit),
    opener: { module: new URL('./sqlite-contract.ts', import.meta.url), argument: file },
    dispose: () => rm(folder, { recursive: true }),
  };
});

async function folderFor(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-journal-'));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('SQLite journal: a file that is no journal is refused with its name', async (context) => {
  const folder = await folderFor(context);
  await writeFile(join(folder, 'text'), 'not a database, but a text that is long enough to be looked at'.repeat(20));
  await assert.rejects(openSqliteJournal({ file: join(folder, 'text') }), /file is not a database/);
});

test('SQLite journal: a row that is no JSON any more is named by whoever reads past it', async (context) => {
  const folder = await folderFor(context);
  const file = join(folder, 'journal.db');
  const journal = await openForContract(file);
  context.after(() => journal.close());
  await journal.append({
    facts: Array.from({ length: 5 }, (_, index) => parcelFact(`parcel/p${index}`)),
    expected: [],
  });
  tamper(file, (rows) => rows.map((row) => (row.seq === 4 ? { ...row, text: row.text.slice(0, -9) } : row)));
  const named = { name: 'JournalFailure', message: /fact 4 of the journal is damaged.*plimsoll doctor/ };
  await assert.rejects(journal.follow(0, new AbortController().signal)[Symbol.asyncIterator]().next(), named);
  await assert.rejects(journal.read({ after: 0 })[Symbol.asyncIterator]().next(), named);
  const { fault } = await journal.verify();
  assert.equal(fault?.seq, 4);
});

test('SQLite journal: a row that swallows its neighbour is named too', async (context) => {
  const folder = await folderFor(context);
  const file = join(folder, 'journal.db');
  const journal = await openForContract(file);
  context.after(() => journal.close());
  await journal.append({
    facts: Array.from({ length: 3 }, (_, index) => parcelFact(`parcel/p${index}`)),
    expected: [],
  });
  tamper(file, (rows) => rows.map((row) => (row.seq === 2 ? { ...row, text: `${row.text},${row.text}` } : row)));
  const following = journal.follow(0, new AbortController().signal)[Symbol.asyncIterator]();
  await assert.rejects(following.next(), { message: /fact 2 of the journal is damaged/ });
});

test('SQLite journal: a file of a newer program is refused', async (context) => {
  const file = join(await folderFor(context), 'journal.db');
  await (await openSqliteJournal({ file })).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 2');
  database.close();
  await assert.rejects(openSqliteJournal({ file }), /journal format 2, this program knows 1: use a newer program/);
});

test('SQLite journal: without a clock it cannot be followed, and says so', async (context) => {
  const journal = await openSqliteJournal({ file: join(await folderFor(context), 'new', 'journal.db') });
  assert.throws(() => journal.follow(0, new AbortController().signal), /opened with a clock/);
  await journal.close();
});

test('SQLite journal: a damaged file of snapshots is thrown away', async (context) => {
  const file = join(await folderFor(context), 'journal.db');
  const snapshot = { name: 'parcels', shape: 1, seq: 1, body: new Uint8Array([1]) };
  const journal = await openSqliteJournal({ file });
  await journal.saveSnapshot(snapshot);
  await journal.close();
  await writeFile(`${file}-snapshots`, 'damaged');
  const again = await openSqliteJournal({ file });
  assert.equal(await again.loadSnapshot('parcels'), null);
  await again.saveSnapshot(snapshot);
  assert.equal((await again.loadSnapshot('parcels'))?.seq, 1);
  await again.close();
});

test('SQLite writer: with no room a large batch is refused, small ones beside it are not, nothing is lost', async (context) => {
  const database = openForWriting(join(await folderFor(context), 'journal.db'));
  const writer = new SqliteWriter(database);
  const batch = (count: number) =>
    prepareBatch({ facts: Array.from({ length: count }, () => parcelFact('parcel/one')), expected: [] });
  writer.commit([batch(10)]);
  database.exec('PRAGMA max_page_count = 30');
  const outcomes = writer.commit([batch(1), batch(2_000), batch(1)]).map((result) => result.outcome);
  assert.deepEqual(outcomes, ['appended', 'no-space', 'appended']);
  assert.deepEqual(
    { ...database.prepare('SELECT count(*) AS count, max(seq) AS last FROM facts').get() },
    { count: 12, last: 12 },
  );
  database.exec('PRAGMA max_page_count = 10000');
  assert.deepEqual(
    writer.commit([batch(2_000)]).map((result) => result.outcome),
    ['appended'],
  );
  database.close();
});

test('SQLite writer: after a write of unknown outcome it writes nothing more', async (context) => {
  const database = openForWriting(join(await folderFor(context), 'journal.db'));
  const writer = new SqliteWriter(database);
  const batch = () => prepareBatch({ facts: [parcelFact('parcel/one')], expected: [] });
  database.function('fail', () => {
    throw new Error('the disk broke');
  });
  database.exec('CREATE TEMP TRIGGER failing BEFORE INSERT ON main.facts BEGIN SELECT fail(); END');
  assert.match(JSON.stringify(writer.commit([batch()])), /could not be written.*the disk broke/);
  database.exec('DROP TRIGGER failing');
  assert.match(JSON.stringify(writer.commit([batch()])), /stopped after a failed write.*start again.*"isFinal":true/);
  database.close();
});
