import type { Fact, Seq } from '../../kernel/fact.ts';
import { type FoldRunner, LedgerStopped } from './fold-runner.ts';
import type { Journal } from './journal.ts';

interface Waiter {
  readonly seq: Seq;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

export interface FollowerOptions {
  readonly journal: Journal;
  readonly runner: FoldRunner;
  /** Called after each page, when all of it is folded. */
  readonly onPage: (facts: readonly Fact[]) => void;
  /** Called once, when following ended by a fault. */
  readonly onStopped: (reason: Error) => void;
}

/**
 * Brings every fact of the journal to the folds, whoever wrote it, by one road: so what this process appends and what others
 * append is folded in the same order everywhere.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #closing = new AbortController();
  readonly #ended: Promise<void>;
  #waiters: Waiter[] = [];
  #stopped: Error | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#ended = this.#follow();
  }

  /** Throws why following ended, when it has. */
  assertFollowing(): void {
    if (this.#stopped !== null) throw this.#stopped;
  }

  /** Resolves when the folds have seen a fact. Rejects when they never will. */
  async until(seq: Seq): Promise<void> {
    this.assertFollowing();
    if (this.#options.runner.position >= seq) return;
    await new Promise<void>((resolve, reject) => this.#waiters.push({ seq, resolve, reject }));
  }

  /** Resolves when the folds have seen all that the journal holds now. */
  async caughtUp(): Promise<void> {
    await this.until((await this.#options.journal.head()).seq);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#ended;
  }

  async #follow(): Promise<void> {
    const { journal, runner } = this.#options;
    try {
      for await (const page of journal.follow(runner.position, this.#closing.signal)) {
        await runner.fold(page);
        this.#wakeWaiters();
        this.#options.onPage(page);
      }
      this.#stop(new LedgerStopped('the ledger is closed'));
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      this.#stop(reason);
      this.#options.onStopped(reason);
    }
  }

  #wakeWaiters(): void {
    const { position } = this.#options.runner;
    const due = this.#waiters.filter((waiter) => waiter.seq <= position);
    if (due.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => waiter.seq > position);
    for (const waiter of due) waiter.resolve();
  }

  #stop(reason: Error): void {
    this.#stopped = reason;
    for (const waiter of this.#waiters) waiter.reject(reason);
    this.#waiters = [];
  }
}
