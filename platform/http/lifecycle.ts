import type { Millis } from '../../kernel/time.ts';
import { wordsOf } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';

/** Closes one part. `budgetMs` is the time it has; it may use it to finish what is under way. */
export type Close = (budgetMs: Millis) => Promise<void> | void;

/** A part that did not close, by name and with the reason. */
export interface CloseFault {
  readonly name: string;
  readonly detail: string;
  readonly cause?: unknown;
}

export interface Lifecycle {
  /** Says how to close what was just opened. Parts close in reverse order: the listeners first, the journal last. */
  add(name: string, close: Close): void;
  /**
   * Closes every part, each within what is left of the deadline; a part that fails or hangs does not keep the others open.
   * Asked twice, it closes once.
   * @returns the parts that did not close; empty when all went well
   */
  stop(deadlineMs: Millis): Promise<readonly CloseFault[]>;
}

interface Part {
  readonly name: string;
  readonly close: Close;
}

/** Waits for a part to close, or says why it did not. */
async function closePart({ name, close }: Part, budgetMs: Millis, clock: Clock): Promise<CloseFault | null> {
  const late = Promise.withResolvers<CloseFault>();
  const detail = `did not close within ${wordsOf(budgetMs)}`;
  const cancel = clock.after(budgetMs, () => late.resolve({ name, detail }));
  try {
    const closed = Promise.resolve(close(budgetMs)).then(() => null);
    return await Promise.race([closed, late.promise]);
  } catch (cause) {
    return { name, detail: `failed to close: ${cause instanceof Error ? cause.message : String(cause)}`, cause };
  } finally {
    cancel();
  }
}

/** Makes a stack of things to close. */
export function createLifecycle(clock: Clock): Lifecycle {
  const parts: Part[] = [];
  let stopping: Promise<readonly CloseFault[]> | undefined;

  const closeAll = async (deadlineMs: Millis): Promise<readonly CloseFault[]> => {
    const endsAt = clock.monotonic() + deadlineMs;
    // Half of the time is kept in equal shares: even when the first part hangs, the last (the journal) has time to close.
    const shareMs = deadlineMs / 2 / Math.max(1, parts.length);
    const faults: CloseFault[] = [];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const budgetMs = Math.max(shareMs, endsAt - clock.monotonic() - shareMs * parts.length);
      const fault = await closePart(part, budgetMs, clock);
      if (fault !== null) faults.push(fault);
    }
    return faults;
  };

  return {
    add: (name, close) => {
      parts.push({ name, close });
    },
    stop: (deadlineMs) => {
      stopping ??= closeAll(deadlineMs);
      return stopping;
    },
  };
}
