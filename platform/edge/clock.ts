import type { Millis } from '../../kernel/time.ts';

/** The time and the only timers of the program; the simulation has its own. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock. It may jump: never measure a duration with it. */
  now(): Millis;
  /** Milliseconds since some fixed moment; never goes back. For durations and timeouts. */
  monotonic(): Millis;
  /** Calls back once after a delay. The returned function cancels; calling it late does nothing. */
  after(delayMs: Millis, call: () => void): () => void;
}

/** Resolves after a delay, or as soon as the signal aborts. */
export const sleep = (clock: Clock, delayMs: Millis, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    const stop = (): void => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', stop, { once: true });
  });

/** The longest delay that `setTimeout` takes: 2^31 - 1 ms, 24.8 days. A longer one it would run at once. */
const timerDelayMsMax = 2_147_483_647;

/** The machine's clock. Timers do not keep the process alive: the listeners do. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, call) => {
    const step = Math.min(Math.max(0, delayMs), timerDelayMsMax);
    let cancel: () => void = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      if (delayMs > step) cancel = realClock.after(delayMs - step, call);
      else call();
    }, step);
    timer.unref();
    return () => cancel();
  },
};
