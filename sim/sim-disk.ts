import type { Millis } from '../kernel/time.ts';
import type { Clock } from '../platform/edge/clock.ts';
import { MemoryDisk } from '../platform/journal/memory-disk.ts';
import type { SimChance } from './sim-chance.ts';

/** How badly the disk behaves. */
export interface DiskConditions {
  /** A sync takes from 0 to this long. */
  readonly syncMsMax: Millis;
  /** Share of syncs that fail: nobody knows then what is on the disk until it is opened again. */
  readonly syncFailedShare: number;
  /** Nothing more fits. */
  readonly isFull: boolean;
}

export const perfectDisk: DiskConditions = { syncMsMax: 0, syncFailedShare: 0, isFull: false };

/** A disk in a simulation: slow, full, failing on demand, and losing what was not synced when the power goes. */
export interface SimDisk {
  readonly disk: MemoryDisk;
  /** Syncs run on the clock of the process that asks for them, so that they end with it. */
  attach(clock: Clock): void;
  setConditions(conditions: DiskConditions): void;
  /** The power goes: of what was not safe, a drawn part stays, the last block perhaps torn. */
  crash(): void;
}

export function createSimDisk(options: { readonly chance: SimChance; readonly conditions: DiskConditions }): SimDisk {
  const { chance } = options;
  let conditions = perfectDisk;
  let attached: Clock | null = null;

  const onSync = async (): Promise<void> => {
    const tookMs = chance.integer(0, conditions.syncMsMax);
    const isFailing = chance.happens(conditions.syncFailedShare);
    await new Promise<void>((resolve) => {
      if (attached === null || tookMs === 0) resolve();
      else attached.after(tookMs, resolve);
    });
    if (isFailing) throw new Error('the disk reported an error while syncing');
  };

  const disk = new MemoryDisk({ onSync });
  const simDisk: SimDisk = {
    disk,
    attach: (clock) => {
      attached = clock;
    },
    setConditions: (next) => {
      conditions = next;
      disk.resize(next.isFull ? 0 : Number.POSITIVE_INFINITY);
    },
    crash: () => disk.crash(chance.integer(0, 3), chance.integer(0, 200)),
  };
  simDisk.setConditions(options.conditions);
  return simDisk;
}
