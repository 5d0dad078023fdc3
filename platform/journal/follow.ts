import type { Fact, Seq } from '../../kernel/fact.ts';

/** What following a journal takes. */
export interface Following {
  readonly after: Seq;
  readonly signal: AbortSignal;
  /** The facts after a position, at most a page of them; empty when there are none yet. */
  page(after: Seq): readonly Fact[];
  /** Resolves when there may be more, or when the signal aborts. It is called in the same turn as the `page` that came back empty. */
  news(signal: AbortSignal): Promise<void>;
  /** Lets other work go first, between two pages. */
  breathe?(): Promise<void>;
}

/** All facts after a position, then those that come, until the signal aborts. */
export async function* followPages(following: Following): AsyncGenerator<readonly Fact[]> {
  let position = following.after;
  while (!following.signal.aborted) {
    const facts = following.page(position);
    const last = facts.at(-1);
    if (last === undefined) {
      await following.news(following.signal);
      continue;
    }
    position = last.seq;
    yield facts;
    await following.breathe?.();
  }
}
