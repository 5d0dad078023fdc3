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

/** Timers that wait, the earliest last. */
class TimerQueue {
  readonly #timers: Timer[] = [];
  #orders = 0;

  add(dueAt: Millis, call: () => void): Timer {
    const timer: Timer = { dueAt, order: this.#orders, call };
    this.#orders += 1;
    this.#timers.splice(this.#placeOf(timer), 0, timer);
    return timer;
  }

  remove(timer: Timer): void {
    const place = this.#timers.indexOf(timer);
    if (place >= 0) this.#timers.splice(place, 1);
  }

  nextDueAt(): Millis | null {
    return this.#timers.at(-1)?.dueAt ?? null;
  }

  takeNext(): Timer {
    const timer = this.#timers.pop();
    assert(timer !== undefined, 'a timer is waiting');
    return timer;
  }

  #placeOf(timer: Timer): number {
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other !== undefined && isLater(other, timer)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isLater = (left: Timer, right: Timer): boolean =>
  left.dueAt > right.dueAt || (left.dueAt === right.dueAt && left.order > right.order);

class VirtualTime implements SimTime {
  readonly #queue = new TimerQueue();
  readonly #startAt: Millis;
  #elapsed = 0;
  #jumped = 0;

  constructor(startAt: Millis) {
    this.#startAt = startAt;
  }

  process(): ProcessClock {
    const own = new Set<Timer>();
    let isAlive = true;
    return {
      now: () => this.#startAt + this.#elapsed + this.#jumped,
      monotonic: () => this.#elapsed,
      after: (delayMs, call) => (isAlive ? this.#set(delayMs, call, own) : () => undefined),
      end: () => {
        isAlive = false;
        for (const timer of own) this.#queue.remove(timer);
        own.clear();
      },
    };
  }

  elapsed(): Millis {
    return this.#elapsed;
  }

  jump(byMs: Millis): void {
    this.#jumped += byMs;
  }

  nextDueAt(): Millis | null {
    return this.#queue.nextDueAt();
  }

  runNext(): void {
    const timer = this.#queue.takeNext();
    this.#elapsed = timer.dueAt;
    timer.call();
  }

  passTo(elapsedMs: Millis): void {
    assert(elapsedMs >= this.#elapsed, 'time goes forward');
    assert((this.nextDueAt() ?? elapsedMs) >= elapsedMs, 'no timer is passed over');
    this.#elapsed = elapsedMs;
  }

  #set(delayMs: Millis, call: () => void, own: Set<Timer>): () => void {
    assert(!Number.isNaN(delayMs), 'a timer has a delay');
    const timer = this.#queue.add(this.#elapsed + Math.max(0, Math.ceil(delayMs)), () => {
      own.delete(timer);
      call();
    });
    own.add(timer);
    return () => {
      own.delete(timer);
      this.#queue.remove(timer);
    };
  }
}

/** Starts virtual time. @param startAt what the wall clock says first, milliseconds since 1970 */
export const createSimTime = (startAt: Millis): SimTime => new VirtualTime(startAt);
