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

/**
 * Makes a world whose server has not started. Nothing in it draws on the machine's clock, chance, disk or network, so the
 * same seed gives the same history.
 */
export function createWorld(options: { readonly seed: string; readonly boot: Boot }): World {
  const time = createSimTime(worldStartAt);
  const chance = createSimChance(options.seed);
  const clock = time.process();
  const { note, history } = createHistory(time);
  let failure: { readonly reason: unknown } | null = null;
  let underWay = 0;
  const fail = (reason: unknown): void => {
    failure ??= { reason };
  };
  const host = createServerHost({ time, chance: chance.fork('host'), boot: options.boot, note, fail });

  const step = async (): Promise<void> => {
    await drain();
    if (failure !== null) throw failure.reason;
  };

  return {
    time,
    clock,
    chance,
    host,
    network: createSimNetwork({
      clock,
      chance: chance.fork('network'),
      conditions: perfectNetwork,
      serve: host.serve,
    }),
    spawn(work) {
      underWay += 1;
      work()
        .catch(fail)
        .finally(() => {
          underWay -= 1;
        });
    },
    accompany(work) {
      work().catch(fail);
    },
    async runUntil(elapsedMs) {
      await step();
      for (let due = time.nextDueAt(); due !== null && due <= elapsedMs; due = time.nextDueAt()) {
        time.runNext();
        await step();
      }
      time.passTo(elapsedMs);
    },
    async settle(withinMs = settleMsMax) {
      const limit = time.elapsed() + withinMs;
      await step();
      while (underWay > 0) {
        const due = time.nextDueAt();
        if (due === null || due > limit) throw new LawBroken(`${underWay} things under way do not end`);
        time.runNext();
        await step();
      }
    },
    note,
    history,
  };
}
