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

/** A question to the source, and its answer once it is there. */
interface Question {
  result?: IteratorResult<ServerSentEvent>;
  failure?: { readonly error: unknown };
}

const ask = (source: AsyncIterator<ServerSentEvent>, onAnswer: () => void): Question => {
  const question: Question = {};
  source.next().then(
    (result) => {
      question.result = result;
      onAnswer();
    },
    (error: unknown) => {
      question.failure = { error };
      onAnswer();
    },
  );
  return question;
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
  // A fresh promise for every wait: `Promise.race` over a promise that lives as long as the stream would leave a reaction
  // behind on each turn, and streams are open for days.
  let wake = (): void => undefined;
  const onAnswer = (): void => wake();
  signal.addEventListener('abort', onAnswer, { once: true });
  try {
    yield `retry: ${retryMs}\n\n`;
    let question = ask(source, onAnswer);
    while (!signal.aborted) {
      if (question.failure !== undefined) throw question.failure.error;
      if (question.result?.done === true) return;
      if (question.result !== undefined) {
        yield eventText(question.result.value);
        question = ask(source, onAnswer);
        continue;
      }
      const waiting = Promise.withResolvers<'woken' | 'beat'>();
      wake = () => waiting.resolve('woken');
      const cancel = clock.after(heartbeatMs, () => waiting.resolve('beat'));
      if ((await waiting.promise) === 'beat') yield ':\n\n';
      cancel();
    }
  } finally {
    signal.removeEventListener('abort', onAnswer);
    // Not awaited: a source that is itself waiting ends when it next looks at its own signal. Its late failure is of no use.
    source.return?.().catch(() => undefined);
  }
}
