import type { Fact } from '../kernel/fact.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { Journal, Snapshot } from '../platform/journal/journal.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { MemoryStore } from '../platform/journal/memory-store.ts';
import { createJournalBook, type JournalBook } from './journal-book.ts';
import { LawBroken } from './law-broken.ts';
import type { SimChance } from './sim-chance.ts';
import { createSimDisk, type DiskConditions, perfectDisk, type SimDisk } from './sim-disk.ts';
import { createSimRecords, type SimRecords } from './sim-records.ts';

/** What outlives server processes: the disk with the journal on it, the records, and the book on what was acknowledged. */
export class Machine {
  readonly book: JournalBook = createJournalBook();
  readonly records: SimRecords;
  readonly #disk: SimDisk;
  readonly #chance: SimChance;
  #conditions = perfectDisk;
  #snapshots: ReadonlyMap<string, Snapshot> = new Map();

  constructor(chance: SimChance) {
    this.#chance = chance;
    this.#disk = createSimDisk({ chance: chance.fork('disk'), conditions: perfectDisk });
    this.records = createSimRecords({ chance: chance.fork('records'), conditions: perfectDisk });
  }

  get conditions(): DiskConditions {
    return this.#conditions;
  }

  get blockCount(): number {
    return this.#disk.disk.blocks.length;
  }

  setConditions(conditions: DiskConditions): void {
    this.#conditions = conditions;
    this.#disk.setConditions(conditions);
    this.records.setConditions(conditions);
  }

  /** Opens the journal for a process, and holds it against the book. Null when the disk cannot be synced. */
  async openJournal(clock: Clock): Promise<Journal | null> {
    this.#disk.attach(clock);
    try {
      // What the last process wrote and could not sync is about to be shown: it must be safe before.
      await this.#disk.disk.sync();
    } catch {
      return null;
    }
    const journal = openMemoryJournal({ store: this.#openStore() });
    const faults = await this.book.faultsOf(journal);
    if (faults.length > 0) throw new LawBroken(`the journal, opened again: ${faults.join('; ')}`);
    return journal;
  }

  /** All facts on the disk, for looking. Ask while nothing is under way. */
  async readFacts(): Promise<readonly Fact[]> {
    const journal = openMemoryJournal({ store: new MemoryStore(this.#disk.disk) });
    const facts: Fact[] = [];
    for await (const page of journal.read({ after: 0 })) facts.push(...page);
    return facts;
  }

  /** The power goes, at once. */
  crash(): void {
    this.#disk.crash();
    this.records.crash();
  }

  /** Snapshots are a shortcut that may be lost, so at some starts they are. */
  #openStore(): MemoryStore {
    const store = new MemoryStore(this.#disk.disk);
    const kept = this.#chance.happens(0.5) ? this.#snapshots : [];
    for (const [name, snapshot] of kept) store.snapshots.set(name, snapshot);
    this.#snapshots = store.snapshots;
    return store;
  }
}
