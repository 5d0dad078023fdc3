import { day, hour, type Millis, minute, second } from '../kernel/time.ts';
import { sleep } from '../platform/edge/clock.ts';
import type { SimChance } from './sim-chance.ts';
import { type DiskConditions, perfectDisk } from './sim-disk.ts';
import { type NetworkConditions, perfectNetwork } from './sim-network.ts';
import type { World } from './world.ts';

/** A good day: requests and syncs take a little while, so that they meet on their way. */
export const goodDisk: DiskConditions = { ...perfectDisk, syncMsMax: 5 };
export const goodNetwork: NetworkConditions = { ...perfectNetwork, delayMsMax: 20 };

/** Something that goes wrong, and is put right again before the next thing does. */
interface Fault {
  readonly name: string;
  run(world: World, chance: SimChance): Promise<void>;
}

/** Starts the server, again and again until it does: what a supervisor does. */
export async function startUntilUp(world: World): Promise<void> {
  while ((await world.host.start()) === 'failed') await sleep(world.clock, second);
}

const someTime = (world: World, chance: SimChance): Promise<void> =>
  sleep(world.clock, chance.integer(second, 2 * minute));

const shaky = (chance: SimChance): NetworkConditions => ({
  delayMsMax: chance.pick([10, 200, 5_000]),
  requestLostShare: chance.pick([0, 0.2]),
  answerLostShare: chance.pick([0, 0.2]),
  duplicateShare: chance.pick([0, 0.3]),
});

/** Most jumps are those of a clock that is set right; some skip a night, or a week. */
const jumpMs = (chance: SimChance): Millis =>
  chance.happens(0.7)
    ? chance.integer(-5 * minute, 5 * minute)
    : chance.pick([-hour, hour, 13 * hour, 3 * day, 8 * day]);

const faults: readonly Fault[] = [
  {
    name: 'the power goes',
    async run(world, chance) {
      // Slow for a moment before, so that it goes over something.
      world.host.setDisk({ ...perfectDisk, syncMsMax: 500 });
      await sleep(world.clock, chance.integer(0, 5 * second));
      world.host.crash();
      world.host.setDisk(goodDisk);
      await sleep(world.clock, chance.integer(0, 10 * second));
      await startUntilUp(world);
    },
  },
  {
    name: 'an operator restarts the server',
    async run(world) {
      await world.host.stop();
      await startUntilUp(world);
    },
  },
  {
    name: 'the disk is slow',
    async run(world, chance) {
      world.host.setDisk({ ...perfectDisk, syncMsMax: chance.pick([20, 300, 2_000]) });
      await someTime(world, chance);
      if (chance.happens(0.3)) world.host.crash();
      world.host.setDisk(goodDisk);
      if (!world.host.isUp()) await startUntilUp(world);
    },
  },
  {
    name: 'the disk is full',
    async run(world, chance) {
      world.host.setDisk({ ...perfectDisk, isFull: true });
      await someTime(world, chance);
      if (chance.happens(0.3)) world.host.crash();
      world.host.setDisk(goodDisk);
      if (!world.host.isUp()) await startUntilUp(world);
    },
  },
  {
    name: 'the disk fails',
    async run(world, chance) {
      world.host.setDisk({ ...perfectDisk, syncMsMax: 20, syncFailedShare: 0.3 });
      await someTime(world, chance);
      world.host.setDisk(goodDisk);
      // A journal that could not sync has to be opened again.
      if (chance.happens(0.5)) world.host.crash();
      else await world.host.stop();
      await startUntilUp(world);
    },
  },
  {
    name: 'the network is shaky',
    async run(world, chance) {
      world.network.setConditions('*', shaky(chance));
      await someTime(world, chance);
      world.network.setConditions('*', goodNetwork);
    },
  },
  {
    name: 'the clock jumps',
    async run(world, chance) {
      const byMs = jumpMs(chance);
      world.note(`the wall clock jumps by ${byMs} ms`);
      world.time.jump(byMs);
    },
  },
];

/** Lets so many things go wrong, one after the other, with pauses between them. */
export async function letNatureRun(world: World, chance: SimChance, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await someTime(world, chance);
    const fault = chance.pick(faults);
    world.note(`nature: ${fault.name}`);
    await fault.run(world, chance);
  }
}
