import { startUntilUp } from './nature.ts';
import { type Verb, verb } from './script.ts';
import { perfectDisk } from './sim-disk.ts';
import { perfectNetwork } from './sim-network.ts';
import type { Stage } from './stage.ts';

/** What happens to the server, its disk, its clock and the network. */
export const machineVerbs: readonly Verb<Stage>[] = [
  verb('server starts', ({ world }: Stage) => world.spawn(() => startUntilUp(world))),
  verb('server stops', ({ world }: Stage) => world.spawn(() => world.host.stop())),
  verb('server crashes', ({ world }: Stage) => world.host.crash()),
  verb('disk fills up', ({ world }: Stage) => world.host.setDisk({ ...perfectDisk, isFull: true })),
  verb('disk fails', ({ world }: Stage) => world.host.setDisk({ ...perfectDisk, syncFailedShare: 1 })),
  verb('disk works', ({ world }: Stage) => world.host.setDisk(perfectDisk)),
  verb('clock jumps DURATION WAY', ({ world }: Stage, { DURATION, WAY }) =>
    world.time.jump(WAY === 'forward' ? DURATION : -DURATION),
  ),
  verb('network loses requests of WHO', ({ world }: Stage, { WHO }) =>
    world.network.setConditions(WHO, { ...perfectNetwork, requestLostShare: 1 }),
  ),
  verb('network loses answers to WHO', ({ world }: Stage, { WHO }) =>
    world.network.setConditions(WHO, { ...perfectNetwork, answerLostShare: 1 }),
  ),
  verb('network doubles requests of WHO', ({ world }: Stage, { WHO }) =>
    world.network.setConditions(WHO, { ...perfectNetwork, duplicateShare: 1 }),
  ),
  verb('network works for WHO', ({ world }: Stage, { WHO }) => world.network.setConditions(WHO, perfectNetwork)),
];
