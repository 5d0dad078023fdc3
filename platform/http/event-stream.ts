import { type Millis, second } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import type { ServerSentEvent } from './route.ts';

/** Silence longer than this makes proxies cut the connection, so a comment is sent. */
export const heartbeatMsDefault: Millis = 15 * second;

/** How long a browser waits before it comes back, told once at the start. */
const retryMs: Millis = 1_000;

/** A line break in an id or a name would begin another field. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, ' ');

/** One event as text. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export function eventText({ id, event, data }: ServerSentEvent): string {
  const head = [
    id === undefined ? '' : `id: ${oneLine(id)}\n`,
    event === undefined ? '' : `event: ${oneLine(event)}\n`,
  ].join('');
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${head}${lines.join('')}\n`;
}

/** Resolves with "beat" after a delay; `cancel` lets go of the timer. */
const beatAfter = (clock: Clock, delayMs: Millis): { readonly beat: Promise<'beat'>; readonly cancel: () => void } => {
  const { promise, resolve } = Promise.withResolvers<'beat'>();
  return { beat: promise, cancel: clock.after(delayMs, () => resolve('beat')) };
};

export interface EventStreamOptions {
  readonly clock: Clock;
  /** Ends the stream: the caller has gone, or the server stops. */
  readonly signal: AbortSignal;
  readonly heartbeatMs?: Millis;
}

/**
 * The text of an event stream, with heartbeats while nothing happens. The next event is only asked for when the last has
 * been taken, so a slow reader slows its source and no queue grows. Ends with the events or with the signal; the source is
 * told in both cases.
 */
export async function* eventStreamText(
  events: AsyncIterable<ServerSentEvent>,
  { clock, signal, heartbeatMs = heartbeatMsDefault }: EventStreamOptions,
): AsyncGenerator<string> {
  const source = events[Symbol.asyncIterator]();
  const ended = Promise.withResolvers<'ended'>();
  const end = (): void => ended.resolve('ended');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    yield `retry: ${retryMs}\n\n`;
    let next = source.next();
    for (;;) {
      const { beat, cancel } = beatAfter(clock, heartbeatMs);
      const happened = await Promise.race([next, beat, ended.promise]).finally(cancel);
      if (happened === 'ended') return;
      if (happened === 'beat') {
        yield ':\n\n';
        continue;
      }
      if (happened.done === true) return;
      yield eventText(happened.value);
      next = source.next();
    }
  } finally {
    signal.removeEventListener('abort', end);
    // Not awaited: a source that is itself waiting ends when it next looks at its own signal. Its late failure is of no use.
    source.return?.().catch(() => undefined);
  }
}
