import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backoffOf, type FollowOptions, follow, type LiveState } from './live.ts';

const streamOf = (text: string): Response => new Response(text);

interface Voyage {
  readonly states: LiveState[];
  readonly heard: string[];
  readonly waits: number[];
  signedOut: boolean;
}

/** Follows through a list of connections, each an answer or a failure; ends after the last. No real time passes. */
async function through(connections: readonly (() => Response | Promise<Response>)[]): Promise<Voyage> {
  const voyage: Voyage = { states: [], heard: [], waits: [], signedOut: false };
  const ending = new AbortController();
  let opened = 0;
  const options: FollowOptions = {
    open: async () => {
      const connection = connections[opened];
      opened += 1;
      if (connection === undefined) {
        ending.abort();
        throw new Error('ended');
      }
      return connection();
    },
    onEvent: (event) => voyage.heard.push(event.data),
    onState: (state) => voyage.states.push(state),
    onSessionEnd: () => {
      voyage.signedOut = true;
    },
    now: () => 1_000,
    wait: (_delayMs, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    waitToRetry: (delayMs) => {
      voyage.waits.push(delayMs);
      return Promise.resolve();
    },
    chance: () => 1,
    signal: ending.signal,
  };
  await follow(options);
  return voyage;
}

describe('live', () => {
  test('a break: is told as stale with its age, then followed again', async () => {
    const failing = (): Promise<Response> => Promise.reject(new Error('refused'));
    const voyage = await through([() => streamOf('data: a\n\n'), failing, () => streamOf('data: b\n\n')]);
    assert.deepEqual(voyage.heard, ['a', 'b']);
    assert.deepEqual(
      voyage.states.map(({ state }) => state),
      ['connecting', 'live', 'stale', 'live'],
    );
    assert.deepEqual(voyage.states[2], { state: 'stale', since: 1_000 });
  });

  test('a stream that the server ends: is followed again at once, without a word', async () => {
    const voyage = await through([() => streamOf('data: a\n\n'), () => streamOf('data: b\n\n')]);
    assert.deepEqual(
      voyage.states.map(({ state }) => state),
      ['connecting', 'live', 'live'],
    );
    assert.ok(voyage.waits.every((waitMs) => waitMs <= 500));
  });

  test('a server that does not answer: is asked less and less often', async () => {
    const failing = (): Promise<Response> => Promise.reject(new Error('refused'));
    const busy = (): Response => new Response(null, { status: 503 });
    const voyage = await through([failing, busy, failing]);
    assert.deepEqual(voyage.waits, [1_000, 2_000, 4_000]);
  });

  test('a session that has ended: is told, and nothing is tried again', async () => {
    const voyage = await through([() => new Response(null, { status: 401 }), () => streamOf('data: a\n\n')]);
    assert.equal(voyage.signedOut, true);
    assert.deepEqual(voyage.heard, []);
  });

  test('a connection that falls silent: is given up and made anew', async () => {
    const opened: number[] = [];
    const ending = new AbortController();
    await follow({
      open: async (signal) => {
        opened.push(opened.length);
        if (opened.length === 2) ending.abort();
        const hanging = new ReadableStream<Uint8Array>({
          start: (stream) => signal.addEventListener('abort', () => stream.error(new Error('aborted'))),
        });
        return new Response(hanging);
      },
      onEvent: () => assert.fail('nothing was sent'),
      onState: () => {},
      onSessionEnd: () => {},
      now: () => 0,
      wait: () => Promise.resolve(),
      waitToRetry: () => Promise.resolve(),
      chance: () => 0,
      signal: ending.signal,
    });
    assert.equal(opened.length, 2);
  });

  test('the wait between tries: has a bound and varies by half', () => {
    assert.equal(backoffOf(0, 0), 250);
    assert.equal(backoffOf(0, 1), 500);
    assert.equal(backoffOf(99, 1), 30_000);
  });
});
