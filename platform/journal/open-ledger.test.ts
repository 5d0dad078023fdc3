import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../kernel/decision.ts';
import type { Fact, Subject } from '../../kernel/fact.ts';
import { realClock } from '../edge/clock.ts';
import type { Journal } from './journal.ts';
import type { Command } from './ledger.ts';
import { openMemoryJournal } from './memory.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryStore } from './memory-store.ts';
import { type LedgerOptions, type OpenLedger, openLedger } from './open-ledger.ts';
import { moves, type Parcel, parcelDelivered, parcelFact, parcelMoved, parcels, testIds } from './testing.ts';

const act = { actor: 'user:usr_ana', cause: 'request:req_1' } as const;
const one: Subject = 'parcel/one';

const open = (journal: Journal, more: Partial<LedgerOptions> = {}): Promise<OpenLedger> =>
  openLedger({ journal, clock: realClock, ids: testIds, folds: [parcels, moves], ...more });

const move = (subject: Subject, to: string): Command<Parcel, ReturnType<typeof parcelMoved>> => ({
  ...act,
  fold: parcels,
  subject,
  decide: (parcel) =>
    parcel.isDelivered ? refuse('parcel-delivered', `${subject} is delivered.`) : accept(parcelMoved(subject, to)),
});

const deliver = (subject: Subject): Command<Parcel, ReturnType<typeof parcelDelivered>> => ({
  ...act,
  fold: parcels,
  subject,
  decide: () => accept(parcelDelivered(subject)),
});

async function factsIn(journal: Journal): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const page of journal.read({ after: 0 })) facts.push(...page);
  return facts;
}

test('ledger: a command is decided, kept and seen by the next read', async () => {
  const journal = openMemoryJournal();
  const ledger = await open(journal);
  const result = await ledger.execute(move(one, 'Ghent'));
  assert.equal(result.outcome, 'accepted');
  assert.deepEqual(ledger.statesOf(parcels).get(one), { at: 'Ghent', moves: 1, isDelivered: false });
  assert.deepEqual(ledger.whole(moves), { count: 1 });
  const [fact] = await factsIn(journal);
  assert.deepEqual([fact?.actor, fact?.cause, fact?.version], ['user:usr_ana', 'request:req_1', 1]);
  await ledger.close();
});

test('ledger: a refusal is an answer and leaves no fact', async () => {
  const journal = openMemoryJournal();
  const ledger = await open(journal);
  await ledger.execute(deliver(one));
  const result = await ledger.execute(move(one, 'Ghent'));
  assert.deepEqual(result, { outcome: 'refused', code: 'parcel-delivered', detail: 'parcel/one is delivered.' });
  assert.equal(ledger.position(), 1);
  await ledger.close();
});

test('ledger: commands of one moment on one subject are decided one after the other', async () => {
  const ledger = await open(openMemoryJournal());
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) => ledger.execute(move(one, `stop ${index}`))),
  );
  assert.ok(results.every((result) => result.outcome === 'accepted'));
  assert.deepEqual(ledger.statesOf(parcels).get(one), { at: 'stop 49', moves: 50, isDelivered: false });
  await ledger.close();
});

test('ledger: two ledgers on one journal decide on what the other has done', async () => {
  const store = new MemoryStore(new MemoryDisk());
  const ledgers = await Promise.all([1, 2].map(() => open(openMemoryJournal({ store }))));
  const onlyTwice = (ledger: OpenLedger) =>
    ledger.execute({
      ...act,
      fold: parcels,
      subject: one,
      decide: (parcel) =>
        parcel.moves < 2 ? accept(parcelMoved(one, 'Ghent')) : refuse('moved-twice', 'It moved twice.'),
    });
  const results = await Promise.all([0, 1, 0, 1, 0, 1].map((index) => onlyTwice(ledgers[index] as OpenLedger)));
  assert.equal(results.filter((result) => result.outcome === 'accepted').length, 2);
  for (const ledger of ledgers) {
    await ledger.stateOf(parcels, one);
    await ledger.close();
  }
});

test('ledger: a further guarded subject that changed meanwhile has the command decided again', async () => {
  const store = new MemoryStore(new MemoryDisk());
  const other = openMemoryJournal({ store });
  const ledger = await open(openMemoryJournal({ store }));
  const two: Subject = 'parcel/two';
  let attempts = 0;
  await ledger.execute({
    ...act,
    fold: parcels,
    subject: one,
    alsoGuard: [two],
    decide: () => {
      attempts += 1;
      if (attempts === 1) void other.append({ facts: [parcelFact(two, { to: 'Bruges' })], expected: [] });
      return accept(parcelMoved(one, 'Ghent'), parcelMoved(two, 'Ghent'));
    },
  });
  assert.equal(attempts, 2);
  assert.equal(ledger.statesOf(parcels).get(two)?.moves, 2);
  await ledger.close();
});

test('ledger: closed subjects leave memory and are folded again when asked for', async () => {
  const ledger = await open(openMemoryJournal());
  await ledger.execute(move(one, 'Ghent'));
  await ledger.execute(deliver(one));
  assert.equal(ledger.statesOf(parcels).has(one), false);
  assert.deepEqual(await ledger.stateOf(parcels, one), {
    state: { at: 'Ghent', moves: 1, isDelivered: true },
    version: 2,
  });
  await ledger.close();
});

test('ledger: a closed subject that something happens to after all comes back whole', async () => {
  const journal = openMemoryJournal();
  const ledger = await open(journal);
  await ledger.execute(move(one, 'Ghent'));
  await ledger.execute(deliver(one));
  await ledger.record([parcelMoved(one, 'Bruges')], act);
  assert.deepEqual(ledger.statesOf(parcels).get(one), { at: 'Bruges', moves: 2, isDelivered: false });
  await ledger.close();
  const again = await open(journal);
  assert.deepEqual(again.statesOf(parcels).get(one), { at: 'Bruges', moves: 2, isDelivered: false });
  await again.close();
});

test('ledger: nothing happened to a subject means its initial state and version 0', async () => {
  const ledger = await open(openMemoryJournal());
  assert.deepEqual(await ledger.stateOf(parcels, 'parcel/none'), { state: parcels.initial, version: 0 });
  await ledger.close();
});

test('ledger: a fact that a fold cannot take never reaches the journal', async () => {
  const journal = openMemoryJournal();
  const ledger = await open(journal);
  await assert.rejects(
    ledger.record([{ type: 'parcel.painted', subject: one, data: {} }], act),
    /parcels know no parcel.painted/,
  );
  assert.equal((await journal.head()).seq, 0);
  assert.equal((await ledger.execute(move(one, 'Ghent'))).outcome, 'accepted');
  await ledger.close();
});

test('ledger: a fact of another writer that a fold cannot take stops it, names the fact, loses nothing', async () => {
  const store = new MemoryStore(new MemoryDisk());
  const other = openMemoryJournal({ store });
  const journal = openMemoryJournal({ store });
  const stopped = Promise.withResolvers<Error>();
  const ledger = await open(journal, { onStopped: stopped.resolve });
  await ledger.execute(move(one, 'Ghent'));
  await other.append({ facts: [parcelFact(one, {}, 'parcel.painted')], expected: [] });
  const words = /the fold parcels stopped at fact 2 \(parcel.painted of parcel\/one, version 2\): parcels know no/;
  assert.match((await stopped.promise).message, words);
  await assert.rejects(ledger.execute(move(one, 'Bruges')), words);
  assert.throws(() => ledger.statesOf(parcels), words);
  assert.equal((await factsIn(journal)).length, 2);
  await assert.rejects(open(journal), words);
});

test('ledger: a full disk is an answer, and the state stays as it was', async () => {
  const disk = new MemoryDisk();
  const ledger = await open(openMemoryJournal({ store: new MemoryStore(disk) }));
  await ledger.execute(move(one, 'Ghent'));
  disk.resize(0);
  assert.equal((await ledger.execute(move(one, 'Bruges'))).outcome, 'no-space');
  assert.equal(ledger.statesOf(parcels).get(one)?.at, 'Ghent');
  disk.resize(1_000_000);
  assert.equal((await ledger.execute(move(one, 'Bruges'))).outcome, 'accepted');
  await ledger.close();
});

test('ledger: states are frozen, so that no reader changes them for the others', async () => {
  const ledger = await open(openMemoryJournal());
  await ledger.execute(move(one, 'Ghent'));
  assert.ok(Object.isFrozen(ledger.statesOf(parcels).get(one)));
  assert.ok(Object.isFrozen(ledger.whole(moves)));
  await ledger.close();
});

test('ledger: listeners hear of facts when they are folded, until they leave', async () => {
  const ledger = await open(openMemoryJournal());
  const heard: number[] = [];
  const leave = ledger.onFolded((facts) => {
    assert.equal(ledger.position(), facts.at(-1)?.seq);
    heard.push(...facts.map((fact) => fact.seq));
  });
  await ledger.execute(move(one, 'Ghent'));
  leave();
  await ledger.execute(move(one, 'Bruges'));
  assert.deepEqual(heard, [1]);
  await ledger.close();
});

test('ledger: closed, it answers no command', async () => {
  const ledger = await open(openMemoryJournal());
  await ledger.close();
  await assert.rejects(ledger.execute(move(one, 'Ghent')), /the ledger is closed/);
});
