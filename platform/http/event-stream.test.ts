import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { eventStreamText, eventText, heartbeatMsDefault } from './event-stream.ts';
import type { ServerSentEvent } from './route.ts';
import { createManualClock } from './testing/sample.ts';

describe('event stream', () => {
  test('event: every line of the data has its field', () => {
    const event = { id: '7', event: 'fact', data: '{"a":1}\nb\r\nc\rd' };
    assert.equal(eventText(event), 'id: 7\nevent: fact\ndata: {"a":1}\ndata: b\ndata: c\ndata: d\n\n');
    assert.equal(eventText({ data: '' }), 'data: \n\n');
  });

  test('event: refuses to let an id or a name begin another field', () => {
    assert.equal(
      eventText({ id: '1\ndata: forged', event: 'a\r\0b', data: 'x' }),
      'id: 1 data: forged\nevent: a  b\ndata: x\n\n',
    );
  });

  test('stream: heartbeats in silence, the end with the signal; the source is told', async () => {
    const clock = createManualClock();
    const gone = new AbortController();
    let isTold = false;
    async function* source(): AsyncIterable<ServerSentEvent> {
      try {
        yield { data: 'one' };
        await new Promise((resolve) => gone.signal.addEventListener('abort', resolve));
      } finally {
        isTold = true;
      }
    }
    const stream = eventStreamText(source(), { clock, signal: gone.signal });
    assert.equal((await stream.next()).value, 'retry: 1000\n\n');
    assert.equal((await stream.next()).value, 'data: one\n\n');
    const beat = stream.next();
    await turn();
    clock.move(heartbeatMsDefault);
    assert.equal((await beat).value, ':\n\n');
    const last = stream.next();
    gone.abort();
    assert.equal((await last).done, true);
    await turn();
    assert.equal(isTold, true);
  });

  test('stream: asks for the next event only when the last was taken', async () => {
    let made = 0;
    async function* source(): AsyncIterable<ServerSentEvent> {
      for (;;) {
        made += 1;
        yield { data: String(made) };
      }
    }
    const stream = eventStreamText(source(), { clock: createManualClock(), signal: new AbortController().signal });
    await stream.next();
    await stream.next();
    await turn();
    assert.equal(made, 1);
    await stream.return(undefined);
  });

  test('stream: ends with its events, and fails when they fail', async () => {
    const options = { clock: createManualClock(), signal: new AbortController().signal };
    const texts: string[] = [];
    async function* two(): AsyncIterable<ServerSentEvent> {
      yield { data: 'a' };
      yield { data: 'b' };
    }
    for await (const text of eventStreamText(two(), options)) texts.push(text);
    assert.deepEqual(texts, ['retry: 1000\n\n', 'data: a\n\n', 'data: b\n\n']);
    async function* broken(): AsyncIterable<ServerSentEvent> {
      yield { data: 'a' };
      throw new Error('source broke');
    }
    await assert.rejects(Array.fromAsync(eventStreamText(broken(), options)), /source broke/);
  });
});
