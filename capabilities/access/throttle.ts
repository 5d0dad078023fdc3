import { hour, type Millis, minute, second } from '../../kernel/time.ts';

export interface ThrottleOptions {
  /** Failures before anybody has to wait. */
  readonly freeFailures: number;
  /** The first wait; it doubles with every further failure. */
  readonly waitMs: Millis;
  readonly waitMsMax: Millis;
  /** After so long without a failure, all is forgotten. */
  readonly forgetMs: Millis;
  /** Keys held; the one that failed longest ago makes room. */
  readonly keyCountMax: number;
}

export const accountThrottle: ThrottleOptions = {
  freeFailures: 5,
  waitMs: second,
  waitMsMax: 15 * minute,
  forgetMs: hour,
  keyCountMax: 10_000,
};

/** An address may stand for a whole office behind one router, so it has more failures free. */
export const addressThrottle: ThrottleOptions = { ...accountThrottle, freeFailures: 20 };

interface Failures {
  readonly count: number;
  readonly lastAt: Millis;
}

export interface Throttle {
  /** How long this key still has to wait; 0 when it may try. */
  waitMs(key: string, now: Millis): Millis;
  /** Counts a try as failed, before it is looked at: tries sent all at once must not all be free. */
  count(key: string, now: Millis): void;
  /** The try was good: all is forgotten. */
  clear(key: string): void;
  /** The try was good, but others under this key may not have been: only this one is taken back. */
  takeBack(key: string): void;
}

/**
 * Slows down guessing: exponential waits for each key, in memory. A restart forgets, which costs a guesser nothing that the
 * start-up does not. Evicting takes a flood of keys, which the request limit of `platform/http` slows down in turn.
 */
export function makeThrottle(options: ThrottleOptions): Throttle {
  // A Map keeps the order of insertion; each failure moves its key to the end, so the first is the oldest.
  const failuresByKey = new Map<string, Failures>();

  const remembered = (key: string, now: Millis): Failures | undefined => {
    const failures = failuresByKey.get(key);
    if (failures === undefined || now < failures.lastAt + options.forgetMs) return failures;
    failuresByKey.delete(key);
    return undefined;
  };
  const keep = (key: string, failures: Failures): void => {
    failuresByKey.delete(key);
    failuresByKey.set(key, failures);
    if (failuresByKey.size <= options.keyCountMax) return;
    const [oldest] = failuresByKey.keys();
    if (oldest !== undefined) failuresByKey.delete(oldest);
  };

  return {
    waitMs(key, now) {
      const failures = remembered(key, now);
      if (failures === undefined || failures.count < options.freeFailures) return 0;
      const wait = Math.min(options.waitMs * 2 ** (failures.count - options.freeFailures), options.waitMsMax);
      return Math.max(0, failures.lastAt + wait - now);
    },
    count(key, now) {
      keep(key, { count: (remembered(key, now)?.count ?? 0) + 1, lastAt: now });
    },
    clear(key) {
      failuresByKey.delete(key);
    },
    takeBack(key) {
      const failures = failuresByKey.get(key);
      if (failures === undefined) return;
      if (failures.count <= 1) failuresByKey.delete(key);
      else failuresByKey.set(key, { ...failures, count: failures.count - 1 });
    },
  };
}
