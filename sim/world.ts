import { createHash } from 'node:crypto';
import { hour, type Millis } from '../kernel/time.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http/exchange.ts';
import { LawBroken } from './law-broken.ts';
import { type Boot, createServerHost, type ServerHost } from './server-host.ts';
import { createSimChance, type SimChance } from './sim-chance.ts';
import { createSimTime, type SimTime } from './sim-clock.ts';
import { createSimNetwork, perfectNetwork, type SimNetwork } from './sim-network.ts';

/** What happened in a run, line by line, and its fingerprint: SHA-256 in hex over all lines. */
export interface History {
  readonly hash: string;
  readonly lines: readonly string[];
}

/** A seeded world: one server with its disk, clients, a network, and time that only moves when nothing else can. */
export interface World {
  readonly time: SimTime;
  /** The clock of everybody but the server. */
  readonly clock: Clock;
  readonly chance: SimChance;
  readonly network: SimNetwork<HttpRequest, HttpResponse>;
  readonly host: ServerHost;
  /** Starts something that goes on beside everything else. When it throws, the run ends with that. */
  spawn(work: () => Promise<void>): void;
  /** Starts something that goes on as long as the world does: nothing waits for its end. */
  accompany(work: () => Promise<void>): void;
  /** Lets time go by up to a moment; all that is due before it happens. */
  runUntil(elapsedMs: Millis): Promise<void>;
  /** Lets time go by until everything spawned has ended. @throws LawBroken when that takes longer, or for ever */
  settle(withinMs?: Millis): Promise<void>;
  /** Writes down what happened. */
  note(line: string): void;
  history(): History;
}

/** What the wall clock says first: midnight of 21 November 2026, UTC. */
export const worldStartAt: Millis = Date.UTC(2026, 10, 21);

/** Whatever was spawned ends within so long of virtual time, if nothing else is said. */
const settleMsMax: Millis = hour;

/** Promises go on until none can: only then may virtual time move. */
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function createHistory(time: SimTime) {
  const lines: string[] = [];
  const hash = createHash('sha256');
  return {
    note: (text: string): void => {
      const line = `${String(time.elapsed()).padStart(9)} ${text}`;
      lines.push(line);
      hash.update(`${line}\n`);
    },
    history: (): History => ({ hash: hash.copy().digest('hex'), lines }),
  };
}

/** Lets things happen, one after the other, in virtual time; ends with the first failure. */
class Course {
  readonly #time: SimTime;
  #failure: { readonly reason: unknown } | null = null;
  #underWay = 0;

  constructor(time: SimTime) {
    this.#time = time;
  }

  readonly fail = (reason: unknown): void => {
    this.#failure ??= { reason };
  };

  spawn(work: () => Promise<void>): void {
    this.#underWay += 1;
    work()
      .catch(this.fail)
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  async runUntil(elapsedMs: Millis): Promise<void> {
    await this.#drained();
    for (let due = this.#time.nextDueAt(); due !== null && due <= elapsedMs; due = this.#time.nextDueAt()) {
      this.#time.runNext();
      await this.#drained();
    }
    this.#time.passTo(elapsedMs);
  }

  async settle(withinMs: Millis): Promise<void> {
    const limit = this.#time.elapsed() + withinMs;
    await this.#drained();
    while (this.#underWay > 0) {
      const due = this.#time.nextDueAt();
      if (due === null || due > limit) throw new LawBroken(`${this.#underWay} things under way do not end`);
      this.#time.runNext();
      await this.#drained();
    }
  }

  async #drained(): Promise<void> {
    await drain();
    if (this.#failure !== null) throw this.#failure.reason;
  }
}

/**
 * Makes a world whose server has not started. Nothing in it draws on the machine's clock, chance, disk or network, so the
 * same seed gives the same history.
 */
export function createWorld(options: { readonly seed: string; readonly boot: Boot }): World {
  const time = createSimTime(worldStartAt);
  const chance = createSimChance(options.seed);
  const clock = time.process();
  const course = new Course(time);
  const { note, history } = createHistory(time);
  const host = createServerHost({ time, chance: chance.fork('host'), boot: options.boot, note, fail: course.fail });
  const conditions = perfectNetwork;
  return {
    time,
    clock,
    chance,
    host,
    network: createSimNetwork({ clock, chance: chance.fork('network'), conditions, serve: host.serve }),
    spawn: (work) => course.spawn(work),
    accompany: (work) => void work().catch(course.fail),
    runUntil: (elapsedMs) => course.runUntil(elapsedMs),
    settle: (withinMs = settleMsMax) => course.settle(withinMs),
    note,
    history,
  };
}
