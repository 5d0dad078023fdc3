import { assert } from '../kernel/assert.ts';
import type { Millis } from '../kernel/time.ts';
import type { Clock } from '../platform/edge/clock.ts';

interface Timer {
  readonly dueAt: Millis;
  /** Timers due at the same moment run in the order in which they were set. */
  readonly order: number;
  readonly call: () => void;
}

/** The clock of one simulated process: when the process dies its timers die with it. */
export interface ProcessClock extends Clock {
  /** Forgets all timers, and takes no more. */
  end(): void;
}

/** Virtual time: it moves only from timer to timer, and only when asked to. */
export interface SimTime {
  /** A clock over this time; each process has its own. */
  process(): ProcessClock;
  /** Milliseconds that have gone by since the simulation began: what `monotonic` of every process says. */
  elapsed(): Millis;
  /** Moves the wall clock, forwards or backwards, as an operator or a time server would. `monotonic` and timers go on. */
  jump(byMs: Millis): void;
  /** When the next timer is due, in elapsed milliseconds; null when there is none. */
  nextDueAt(): Millis | null;
  /** Goes to the next timer and runs it. Asserts that there is one. */
  runNext(): void;
  /** Lets time go by up to a moment, which lies before every timer that is due. */
  passTo(elapsedMs: Millis): void;
}

/** Starts virtual time. @param startAt what the wall clock says first, milliseconds since 1970 */
export function createSimTime(startAt: Millis): SimTime {
  /** The earliest timer stands last. */
  const timers: Timer[] = [];
  let elapsed = 0;
  let jumped = 0;
  let orders = 0;

  const isLater = (left: Timer, right: Timer): boolean =>
    left.dueAt > right.dueAt || (left.dueAt === right.dueAt && left.order > right.order);

  const insert = (timer: Timer): void => {
    let [low, high] = [0, timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = timers[middle];
      if (other !== undefined && isLater(other, timer)) low = middle + 1;
      else high = middle;
    }
    timers.splice(low, 0, timer);
  };

  const remove = (timer: Timer): void => {
    const place = timers.indexOf(timer);
    if (place >= 0) timers.splice(place, 1);
  };

  return {
    process() {
      const own = new Set<Timer>();
      let isAlive = true;
      return {
        now: () => startAt + elapsed + jumped,
        monotonic: () => elapsed,
        after(delayMs, call) {
          if (!isAlive) return () => undefined;
          assert(!Number.isNaN(delayMs), 'a timer has a delay');
          const run = (): void => {
            own.delete(timer);
            call();
          };
          const timer: Timer = { dueAt: elapsed + Math.max(0, Math.ceil(delayMs)), order: orders++, call: run };
          own.add(timer);
          insert(timer);
          return () => {
            own.delete(timer);
            remove(timer);
          };
        },
        end() {
          isAlive = false;
          for (const timer of own) remove(timer);
          own.clear();
        },
      };
    },
    elapsed: () => elapsed,
    jump: (byMs) => {
      jumped += byMs;
    },
    nextDueAt: () => timers.at(-1)?.dueAt ?? null,
    runNext() {
      const timer = timers.pop();
      assert(timer !== undefined, 'a timer is waiting');
      elapsed = timer.dueAt;
      timer.call();
    },
    passTo(elapsedMs) {
      assert(elapsedMs >= elapsed, 'time goes forward');
      assert((timers.at(-1)?.dueAt ?? elapsedMs) >= elapsedMs, 'no timer is passed over');
      elapsed = elapsedMs;
    },
  };
}
