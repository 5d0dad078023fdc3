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

/**
 * Records on a simulated disk. A write is carried out at one moment between the asking and the answer, and is then durable:
 * what a transaction of SQLite with `synchronous=FULL` gives.
 */
export function createSimRecords(options: {
  readonly chance: SimChance;
  readonly conditions: DiskConditions;
}): SimRecords {
  const { chance } = options;
  const kept = openMemoryRecords();
  let { conditions } = options;
  let crashes = 0;
  const collections = new Set<string>();
  /** Writes that were asked for and not yet carried out. */
  const underWay = new Set<() => void>();

  const handleOf = (clock: Clock): Records => {
    const opened = crashes;
    let isOpen = true;
    const assertUsable = (): void => {
      if (!isOpen || opened !== crashes) throw new RecordsFailure('the records are closed');
    };

    const write = <Result>(carryOut: () => Promise<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        const isFailing = chance.happens(conditions.syncFailedShare);
        const run = (): void => {
          underWay.delete(run);
          const result = carryOut();
          // A failure after the write: the caller cannot know that it was carried out.
          if (isFailing) result.then(() => reject(new RecordsFailure('the disk reported an error')), reject);
          else result.then(resolve, reject);
        };
        underWay.add(run);
        clock.after(chance.integer(0, conditions.syncMsMax), run);
      });

    return {
      async get<Body extends JsonObject>(collection: string, key: string): Promise<Stored<Body> | null> {
        assertUsable();
        return await kept.get<Body>(collection, key);
      },
      async list<Body extends JsonObject>(collection: string): Promise<readonly Stored<Body>[]> {
        assertUsable();
        return await kept.list<Body>(collection);
      },
      async put(collection, key, body, revision): Promise<PutResult> {
        assertUsable();
        if (conditions.isFull) return 'no-space';
        collections.add(collection);
        return await write(() => kept.put(collection, key, body, revision));
      },
      async erase(collection, key) {
        assertUsable();
        return await write(() => kept.erase(collection, key));
      },
      async close() {
        isOpen = false;
      },
    };
  };

  return {
    open: handleOf,
    setConditions: (next) => {
      conditions = next;
    },
    async dump() {
      const lists = await Promise.all([...collections].map((collection) => kept.list(collection)));
      return JSON.stringify(lists);
    },
    crash() {
      for (const run of [...underWay]) {
        if (chance.happens(0.5)) run();
      }
      underWay.clear();
      crashes += 1;
    },
  };
}
