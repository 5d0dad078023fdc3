import type { JsonObject } from '../kernel/json.ts';
import type { Clock } from '../platform/edge/clock.ts';
import { RecordsFailure } from '../platform/records/failure.ts';
import { openMemoryRecords } from '../platform/records/memory.ts';
import type { PutResult, Records, Stored } from '../platform/records/records.ts';
import type { SimChance } from './sim-chance.ts';
import type { DiskConditions } from './sim-disk.ts';

/** Records that outlive the processes which open them. */
export interface SimRecords {
  /** Opens them for a process. Its calls end with it, and are refused from the next crash on. */
  open(clock: Clock): Records;
  setConditions(conditions: DiskConditions): void;
  /** All that stands on the disk, as text: what must be gone is looked for in it. */
  dump(): Promise<string>;
  /** The power goes: of the writes under way some were carried out, some were not; those answered all were. */
  crash(): void;
}

/** What stands on the disk, and the writes that were asked for and not yet carried out. */
class RecordsDisk {
  readonly kept = openMemoryRecords();
  readonly collections = new Set<string>();
  readonly underWay = new Set<() => void>();
  readonly chance: SimChance;
  conditions: DiskConditions;
  crashes = 0;

  constructor(chance: SimChance, conditions: DiskConditions) {
    this.chance = chance;
    this.conditions = conditions;
  }

  /** Carries a write out at one moment between the asking and the answer. */
  write<Result>(clock: Clock, carryOut: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const isFailing = this.chance.happens(this.conditions.syncFailedShare);
      const run = (): void => {
        this.underWay.delete(run);
        const result = carryOut();
        // A failure after the write: the caller cannot know that it was carried out.
        if (isFailing) result.then(() => reject(new RecordsFailure('the disk reported an error')), reject);
        else result.then(resolve, reject);
      };
      this.underWay.add(run);
      clock.after(this.chance.integer(0, this.conditions.syncMsMax), run);
    });
  }

  crash(): void {
    for (const run of [...this.underWay]) {
      if (this.chance.happens(0.5)) run();
    }
    this.underWay.clear();
    this.crashes += 1;
  }
}

/** The records as one process has them open. */
function openHandle(disk: RecordsDisk, clock: Clock): Records {
  const openedAfter = disk.crashes;
  let isOpen = true;
  const assertUsable = (): void => {
    if (!isOpen || openedAfter !== disk.crashes) throw new RecordsFailure('the records are closed');
  };
  return {
    async get<Body extends JsonObject>(collection: string, key: string): Promise<Stored<Body> | null> {
      assertUsable();
      return await disk.kept.get<Body>(collection, key);
    },
    async list<Body extends JsonObject>(collection: string): Promise<readonly Stored<Body>[]> {
      assertUsable();
      return await disk.kept.list<Body>(collection);
    },
    async put(collection, key, body, revision): Promise<PutResult> {
      assertUsable();
      if (disk.conditions.isFull) return 'no-space';
      disk.collections.add(collection);
      return await disk.write(clock, () => disk.kept.put(collection, key, body, revision));
    },
    async erase(collection, key) {
      assertUsable();
      return await disk.write(clock, () => disk.kept.erase(collection, key));
    },
    async close() {
      isOpen = false;
    },
  };
}

/**
 * Records on a simulated disk. A write is carried out at one moment between the asking and the answer, and is then durable:
 * what a transaction of SQLite with `synchronous=FULL` gives.
 */
export function createSimRecords(options: {
  readonly chance: SimChance;
  readonly conditions: DiskConditions;
}): SimRecords {
  const disk = new RecordsDisk(options.chance, options.conditions);
  return {
    open: (clock) => openHandle(disk, clock),
    setConditions: (conditions) => {
      disk.conditions = conditions;
    },
    async dump() {
      const lists = await Promise.all([...disk.collections].map((collection) => disk.kept.list(collection)));
      return JSON.stringify(lists);
    },
    crash: () => disk.crash(),
  };
}
