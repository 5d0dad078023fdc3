import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Subject } from '../../kernel/fact.ts';
import { realClock } from '../edge/clock.ts';
import type { Journal, Snapshot } from './journal.ts';
import type { AnyFold, SubjectFold } from './ledger.ts';
import { openMemoryJournal } from './memory.ts';
import { type OpenLedger, openLedger } from './open-ledger.ts';
import { moves, type Parcel, parcelDelivered, parcelMoved, parcels, testIds } from './testing.ts';

const act = { actor: 'system:test', cause: null } as const;
const one: Subject = 'parcel/one';

const open = (journal: Journal, folds: readonly AnyFold[] = [parcels, moves]): Promise<OpenLedger> =>
  openLedger({ journal, clock: realClock, ids: testIds, folds, snapshotEvery: 10 });

/** A fold that counts how often it is asked. */
function counting(more: Partial<SubjectFold<Parcel>> = {}): { fold: SubjectFold<Parcel>; count: () => number } {
  let count = 0;
  const fold: SubjectFold<Parcel> = {
    ...parcels,
    ...more,
    apply: (state, fact) => {
      count += 1;
      return parcels.apply(state, fact);
    },
  };
  return { fold, count: () => count };
}

async function snapshotOf(journal: Journal, name: string): Promise<Snapshot> {
  for (let waits = 0; waits < 200; waits += 1) {
    const snapshot = await journal.loadSnapshot(name);
    if (snapshot !== null) return snapshot;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return assert.fail(`no snapshot of ${name} was taken`);
}

/** A journal of 25 moves with a snapshot of the first ten, and one delivered parcel. */
async function journalWithSnapshot(): Promise<Journal> {
  const journal = openMemoryJournal();
  const ledger = await open(journal);
  await ledger.record([parcelMoved('parcel/gone', 'Ghent'), parcelDelivered('parcel/gone')], act);
  for (let stop = 0; stop < 8; stop += 1) await ledger.record([parcelMoved(one, `stop ${stop}`)], act);
  assert.equal((await snapshotOf(journal, 'moves')).seq, 10);
  await ledger.record([parcelMoved(one, 'last')], act);
  await ledger.close();
  return journal;
}

test('snapshot: the next start folds only what came after it, to the same states', async () => {
  const journal = await journalWithSnapshot();
  const { fold, count } = counting();
  const ledger = await open(journal, [fold, moves]);
  assert.equal(count(), 1);
  assert.deepEqual([...ledger.statesOf(fold)], [[one, { at: 'last', moves: 9, isDelivered: false }]]);
  assert.deepEqual(ledger.whole(moves), { count: 10 });
  assert.equal((await ledger.stateOf(fold, one)).version, 9);
  assert.equal((await ledger.stateOf(fold, 'parcel/gone')).state.isDelivered, true);
  await ledger.close();
});

test('snapshot: one of another shape is left, and its fold alone starts from the beginning', async () => {
  const journal = await journalWithSnapshot();
  const { fold, count } = counting({ shape: 2 });
  const ledger = await open(journal, [fold, moves]);
  assert.equal(count(), 11);
  assert.equal(ledger.statesOf(fold).get(one)?.moves, 9);
  assert.deepEqual(ledger.whole(moves), { count: 10 });
  await ledger.close();
});

test('snapshot: a damaged one, one of another history and one from the future are left', async () => {
  const journal = await journalWithSnapshot();
  const snapshot = await snapshotOf(journal, 'parcels');
  const text = new TextDecoder().decode(snapshot.body);
  const bad = [
    { ...snapshot, body: snapshot.body.slice(0, -3) },
    { ...snapshot, body: new TextEncoder().encode(text.replace(/"chain":"./, '"chain":"x')) },
    { ...snapshot, seq: 9 },
    { ...snapshot, seq: 99 },
  ];
  for (const wrong of bad) {
    await journal.saveSnapshot(wrong);
    const { fold, count } = counting();
    const ledger = await open(journal, [fold, moves]);
    assert.equal(count(), 11);
    assert.equal(ledger.statesOf(fold).get(one)?.moves, 9);
    await ledger.close();
  }
});

test('snapshot: one that cannot be kept costs nothing but time', async () => {
  const journal = openMemoryJournal();
  const failing: Journal = { ...journal, saveSnapshot: async () => assert.fail('no room') };
  const ledger = await open(failing);
  for (let stop = 0; stop < 25; stop += 1) await ledger.record([parcelMoved(one, `stop ${stop}`)], act);
  assert.equal(ledger.statesOf(parcels).get(one)?.moves, 25);
  await ledger.close();
});
