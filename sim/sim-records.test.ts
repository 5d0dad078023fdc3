import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '../platform/edge/clock.ts';
import { recordsContract } from '../platform/records/contract.ts';
import { createSimChance } from './sim-chance.ts';
import { perfectDisk } from './sim-disk.ts';
import { createSimRecords } from './sim-records.ts';

/** A clock whose timers run as soon as the code before them has ended. */
const promptClock: Clock = {
  now: () => 0,
  monotonic: () => 0,
  after: (_delayMs, call) => {
    queueMicrotask(call);
    return () => undefined;
  },
};

const setUp = (conditions = perfectDisk, seed = 'records') =>
  createSimRecords({ chance: createSimChance(seed), conditions });

recordsContract('simulated', () => {
  const records = setUp();
  return { open: () => records.open(promptClock), isDurable: true, remove: () => undefined };
});

describe('sim records', () => {
  test('sim records: what was answered outlives a crash; what was under way is there whole or not at all', async () => {
    const outcomes = new Set<boolean>();
    for (let seed = 0; seed < 20; seed += 1) {
      const records = setUp(perfectDisk, `records ${seed}`);
      const before = records.open(promptClock);
      assert.equal(await before.put('people', 'safe', { name: 'Ana' }, 0), 'stored');
      const never: Clock = { ...promptClock, after: () => () => undefined };
      void records.open(never).put('people', 'perhaps', { name: 'Ben' }, 0);
      records.crash();
      const after = records.open(promptClock);
      assert.deepEqual((await after.get('people', 'safe'))?.body, { name: 'Ana' });
      outcomes.add((await after.get('people', 'perhaps')) !== null);
    }
    assert.deepEqual([...outcomes].sort(), [false, true]);
  });

  test('sim records: refuses a process from before the crash, and new text while full', async () => {
    const records = setUp();
    const before = records.open(promptClock);
    records.crash();
    await assert.rejects(before.get('people', 'x'), { name: 'RecordsFailure' });
    await assert.rejects(before.put('people', 'x', {}, 0), { name: 'RecordsFailure' });
    records.setConditions({ ...perfectDisk, isFull: true });
    assert.equal(await records.open(promptClock).put('people', 'x', {}, 0), 'no-space');
  });
});
