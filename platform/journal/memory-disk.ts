import { assert } from '../../kernel/assert.ts';

/** There is no room for what was to be written; nothing of it was. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

export interface MemoryDiskOptions {
  /** Room for blocks, in UTF-16 units; without end when left out. */
  readonly capacity?: number;
  /** Runs inside every sync: wait in it to be slow, throw in it to fail. */
  readonly onSync?: () => Promise<void> | void;
}

/**
 * A disk that keeps blocks of text and fails as real ones do: what was added is lost by a crash unless a sync ended after it,
 * and what a failed sync left behind is anybody's guess. For `memory.ts` in tests and in the simulation.
 */
export class MemoryDisk {
  readonly #onSync: () => Promise<void> | void;
  #capacity: number;
  #blocks: string[] = [];
  #used = 0;
  #synced = 0;
  #crashes = 0;

  constructor(options: MemoryDiskOptions = {}) {
    this.#onSync = options.onSync ?? (() => undefined);
    this.#capacity = options.capacity ?? Number.POSITIVE_INFINITY;
  }

  /** How often it crashed: who opened it before the last crash must not write any more. */
  get crashes(): number {
    return this.#crashes;
  }

  /** All blocks, also those that are not safe yet. */
  get blocks(): readonly string[] {
    return this.#blocks;
  }

  /** Adds a block. @throws DiskFull when there is no room for all of it */
  append(block: string): void {
    if (this.#used + block.length > this.#capacity) throw new DiskFull('no space left on the disk');
    this.#blocks.push(block);
    this.#used += block.length;
  }

  /** Resolves when every block added before the call is safe. Rejects when that is not known. */
  async sync(): Promise<void> {
    const upTo = this.#blocks.length;
    const crashes = this.#crashes;
    await this.#onSync();
    if (crashes !== this.#crashes) throw new Error('the power went while the disk was syncing');
    this.#synced = Math.max(this.#synced, upTo);
  }

  /** Takes the last block back: what a recovery does with a torn one. */
  dropLast(): void {
    const block = this.#blocks.pop();
    assert(block !== undefined, 'a block is dropped from a disk that has one');
    this.#used -= block.length;
    this.#synced = Math.min(this.#synced, this.#blocks.length);
  }

  /** Gives room, or takes it. */
  resize(capacity: number): void {
    this.#capacity = capacity;
  }

  /**
   * The power goes. Safe blocks stay; of those that were not, only some were written, the last of them perhaps in part.
   * @param kept how many blocks that were not safe happen to be there all the same
   * @param torn how many characters of the next one are there
   */
  crash(kept = 0, torn = 0): void {
    const whole = this.#blocks.slice(0, this.#synced + kept);
    const next = this.#blocks.at(whole.length)?.slice(0, torn) ?? '';
    this.#blocks = next === '' ? whole : [...whole, next];
    this.#used = this.#blocks.reduce((sum, block) => sum + block.length, 0);
    this.#synced = this.#blocks.length;
    this.#crashes += 1;
  }
}
