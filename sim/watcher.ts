import type { Fact, Seq } from '../kernel/fact.ts';
import { second } from '../kernel/time.ts';
import { sleep } from '../platform/edge/clock.ts';
import type { EventsResponse, HttpRequest } from '../platform/http/exchange.ts';
import type { ServerSentEvent } from '../platform/http/route.ts';
import { rootToken } from './boot-app.ts';
import { LawBroken } from './law-broken.ts';
import type { World } from './world.ts';

/** Somebody who has the live timeline open all the time, and comes back to it where it broke off. */
export interface Watcher {
  /** Watches until `end` is called. */
  watch(): Promise<void>;
  end(): void;
  /** Holds what was shown against all facts: each once, in order, none that is not there. Empty when that is so. */
  breachesOf(facts: readonly Fact[]): readonly string[];
}

/** Without an event for so long, the connection is taken for dead. */
const patienceMs = 40 * second;

const requestFrom = (lastSeen: Seq, signal: AbortSignal): HttpRequest => ({
  method: 'GET',
  path: '/api/v1/journal',
  rawQuery: '',
  headers: {
    host: '127.0.0.1:4400',
    authorization: `Bearer ${rootToken}`,
    accept: 'text/event-stream',
    'last-event-id': String(lastSeen),
  },
  body: new Uint8Array(),
  remoteAddress: '10.3.0.1',
  signal,
});

const factIdOf = ({ data }: ServerSentEvent): string => String((JSON.parse(data) as { id?: unknown }).id);

export function createWatcher(world: World): Watcher {
  const shown: string[] = [];
  const ending = new AbortController();

  const take = (event: ServerSentEvent): void => {
    if (event.id === undefined) return;
    const expected = shown.length + 1;
    if (Number(event.id) !== expected) throw new LawBroken(`the timeline shows fact ${event.id}, not fact ${expected}`);
    shown.push(factIdOf(event));
  };

  /** The next event, or null when there is none for too long. */
  const nextOf = async (events: AsyncIterator<ServerSentEvent>): Promise<ServerSentEvent | null> => {
    const arrived = new AbortController();
    const giveUp = AbortSignal.any([arrived.signal, ending.signal]);
    const next = await Promise.race([events.next(), sleep(world.clock, patienceMs, giveUp)]);
    arrived.abort();
    return next === undefined || next.done === true ? null : next.value;
  };

  const readAll = async ({ events }: EventsResponse): Promise<void> => {
    const iterator = events[Symbol.asyncIterator]();
    for (let event = await nextOf(iterator); event !== null; event = await nextOf(iterator)) take(event);
  };

  return {
    async watch() {
      while (!ending.signal.aborted) {
        const leaving = new AbortController();
        const delivery = await world.network.send('watcher', requestFrom(shown.length, leaving.signal));
        if (delivery.outcome === 'answered' && delivery.answer.kind === 'events') await readAll(delivery.answer);
        leaving.abort();
        await sleep(world.clock, second, ending.signal);
      }
    },
    end: () => ending.abort(),
    breachesOf: (facts) => {
      const wrong = facts.findIndex((fact, place) => fact.id !== shown[place]);
      if (wrong >= 0) return [`the timeline showed ${shown[wrong] ?? 'nothing'} as fact ${wrong + 1}`];
      return shown.length > facts.length ? [`the timeline showed ${shown[facts.length]}, which is lost`] : [];
    },
  };
}
