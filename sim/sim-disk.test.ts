import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSimChance } from './sim-chance.ts';
import { createSimTime } from './sim-clock.ts';
import { createSimDisk, type DiskConditions, perfectDisk } from './sim-disk.ts';

const setUp = (conditions: Partial<DiskConditions> = {}, seed = 'disk') =>
  createSimDisk({ chance: createSimChance(seed), conditions: { ...perfectDisk, ...conditions } });

describe('sim disk', () => {
  test('sim disk: what was synced outlives every crash; what was not may be lost, in part, from its end', async () => {
    const kept = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1) {
      const { disk, crash } = setUp({}, `disk ${seed}`);
      disk.append('safe');
      await disk.sync();
      for (const block of ['first', 'second', 'third']) disk.append(block);
      crash();
      assert.equal(disk.blocks[0], 'safe');
      for (const [place, block] of disk.blocks.slice(1).entries()) {
        const whole = ['first', 'second', 'third'][place] ?? '';
        assert.ok(place === disk.blocks.length - 2 ? whole.startsWith(block) : whole === block);
      }
      kept.add(disk.blocks.length);
    }
    assert.ok(kept.size >= 3, 'crashes differ');
  });

  test('sim disk: a slow sync ends on the clock of its process, and never when that dies', async () => {
    const time = createSimTime(0);
    const process = time.process();
    const { disk, attach } = setUp({ syncMsMax: 1_000 });
    attach(process);
    let ended = 0;
    disk.sync().then(() => {
      ended += 1;
    });
    assert.equal(ended, 0);
    time.runNext();
    await new Promise(setImmediate);
    assert.equal(ended, 1);
    disk.sync().then(() => {
      ended += 1;
    });
    process.end();
    assert.equal(time.nextDueAt(), null);
    await new Promise(setImmediate);
    assert.equal(ended, 1);
  });

  test('sim disk: refuses to sync when failing, and to hold more when full, until it is better', async () => {
    const { disk, setConditions } = setUp({ syncFailedShare: 1 });
    await assert.rejects(disk.sync(), /reported an error/);
    setConditions({ ...perfectDisk, isFull: true });
    assert.throws(() => disk.append('x'), { name: 'DiskFull' });
    setConditions(perfectDisk);
    disk.append('x');
    await disk.sync();
  });
});
