import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import Type from 'typebox';
import { realClock } from '../edge/clock.ts';
import { ListenError } from './listen-error.ts';
import type { AnyRoute, Call, Shape } from './route.ts';
import type { ServerLimits } from './serve.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';
import { createSample, sampleDispatcher } from './testing/sample.ts';

const writer = { authorization: 'Bearer writer' };
const json = { 'content-type': 'application/json' };
const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop(100);
});

/** A route whose handler is released by the test. */
const slowRoute = (handle: (call: Call<Shape>) => Promise<void>): AnyRoute => ({
  name: 'sample.slow',
  method: 'POST',
  path: '/api/v1/slow',
  summary: 'Answers when it is let.',
  permission: 'open',
  shape: { reply: Type.Null() },
  handle: async (call) => {
    await handle(call);
    return { kind: 'reply', body: null };
  },
});

const start = async (
  more: Partial<ServerOptions> & { routes?: readonly AnyRoute[]; limits?: Partial<ServerLimits> } = {},
) => {
  const sample = createSample();
  const routes = [...sample.routes, ...(more.routes ?? [])];
  const { dispatch, lines } = sampleDispatcher({ routes, clock: realClock });
  const server = await startServer({
    dispatch,
    clock: realClock,
    log: (level, fields, message) => lines.push({ level, fields, message }),
    isSecure: true,
    listeners: [{ name: 'console and API', bind: '127.0.0.1', port: 0, flag: '--http-port', isRequired: true }],
    ...more,
  });
  running.push(server);
  const [listener] = server.listeners;
  assert.ok(listener?.outcome === 'open');
  return { sample, server, lines, port: listener.port, url: `http://127.0.0.1:${listener.port}` };
};

/** Sends bytes as they are, and reads all that comes back until the connection ends. */
const exchangeRaw = async (port: number, text: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
};

describe('server', () => {
  test('exchange: body, cookies with every flag, headers', async () => {
    const { url, sample } = await start();
    const body = JSON.stringify({ title: 'Häfen 🚢', tier: 'gold' });
    const response = await fetch(`${url}/api/v1/notes/n1`, { method: 'PUT', headers: { ...writer, ...json }, body });
    assert.equal(response.status, 201);
    assert.equal(await response.text(), body);
    assert.equal(sample.notes.get('n1')?.title, 'Häfen 🚢');
    const cookie = 'last=x; Path=/; Max-Age=60; SameSite=Strict; HttpOnly; Secure';
    assert.deepEqual(response.headers.getSetCookie(), [cookie]);
    const erased = await fetch(`${url}/api/v1/notes/n1`, { method: 'DELETE', headers: writer });
    assert.equal(erased.status, 204);
    assert.equal(erased.headers.get('content-type'), null);
  });

  test('exchange: HEAD says the length and sends nothing', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/api/v1/notes`, { method: 'HEAD', headers: writer });
    assert.equal(response.headers.get('content-length'), '23');
    assert.equal(await response.text(), '');
  });

  test('exchange: a refusal erases the cookie that was no good', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/api/v1/notes`, { headers: { authorization: 'Bearer stale' } });
    assert.deepEqual(response.headers.getSetCookie(), [
      'plimsoll_session=; Path=/; Max-Age=0; SameSite=Strict; HttpOnly; Secure',
    ]);
  });
});

describe('server refuses', () => {
  const problemOf = async (answer: Response) => {
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    return (await answer.json()) as { type: string; detail: string };
  };

  test('body: too large, with and without its length said; the connection goes on', async () => {
    const { url } = await start();
    const large = '"'.padEnd(300_000, 'x');
    const unsaid = new ReadableStream({
      start: (controller) => {
        for (let count = 0; count < 30; count += 1) controller.enqueue(Buffer.alloc(10_000, 'x'));
        controller.close();
      },
    });
    for (const body of [large, unsaid]) {
      const options = { method: 'PUT', headers: { ...writer, ...json }, body, duplex: 'half' as const };
      const refused = await fetch(`${url}/api/v1/notes/n1`, options);
      assert.equal(refused.status, 413);
      assert.equal((await problemOf(refused)).type, '/problems/body-too-large');
    }
    assert.equal((await fetch(`${url}/api/v1/notes`, { headers: writer })).status, 200);
  });

  test('body: of a stranger is not read before the refusal', async () => {
    const { port } = await start();
    const head =
      'PUT /api/v1/notes/n HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000';
    const socket = connect(port, '127.0.0.1');
    socket.write(`${head}\r\n\r\n{`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    assert.match(String(answer), /^HTTP\/1\.1 401 /);
  });

  test('headers: too large', async () => {
    const { port } = await start({ limits: { headerBytesMax: 2_000 } });
    const answer = await exchangeRaw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(4_000)}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 431 /);
    assert.match(answer, /\/problems\/headers-too-large/);
  });

  test('headers: a slow loris is cut off', async () => {
    const { port } = await start({ limits: { headersMsMax: 100, requestMsMax: 200, checkEveryMs: 50 } });
    const startedAt = performance.now();
    const answer = await exchangeRaw(port, 'GET / HTTP/1.1\r\nHost: local');
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.ok(performance.now() - startedAt < 2_000);
  });

  test('body: a slow one is cut off', async () => {
    const { port } = await start({ limits: { headersMsMax: 100, requestMsMax: 200, checkEveryMs: 50 } });
    const head = `PUT /api/v1/notes/n HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer writer\r\nContent-Type: application/json`;
    const answer = await exchangeRaw(port, `${head}\r\nContent-Length: 10\r\n\r\n{`);
    assert.match(answer, /^HTTP\/1\.1 (408|400) /);
  });

  test('request: no HTTP, no host, a path that is none, a method that is none', async () => {
    const { port } = await start();
    assert.match(await exchangeRaw(port, 'hello\r\n\r\n'), /^HTTP\/1\.1 400 .*request-not-http/s);
    const close = 'Host: localhost\r\nConnection: close\r\n\r\n';
    const broken = await exchangeRaw(port, `DELETE /api/v1/notes/%zz HTTP/1.1\r\n${close}`);
    assert.match(broken, /^HTTP\/1\.1 400 .*path-not-readable/s);
    assert.match(await exchangeRaw(port, `PROPFIND /api/v1/notes HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 405 /);
    assert.match(await exchangeRaw(port, `GET http://evil.example/ HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 404 /);
    const nameless = await exchangeRaw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    assert.match(nameless, /^HTTP\/1\.1 400 .*host-missing/s);
    const twice = await exchangeRaw(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\n${close.replace('localhost', 'evil.example')}`,
    );
    assert.match(twice, /^HTTP\/1\.1 421 /);
    const rebound = await exchangeRaw(port, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    assert.match(rebound, /^HTTP\/1\.1 421 /);
  });

  test('content type: none that a parser of Fastify would refuse in its own words', async () => {
    const { url } = await start();
    for (const type of ['text/plain', 'x', 'multipart/form-data; boundary=x', ';;;']) {
      const headers = { ...writer, 'content-type': type };
      const refused = await fetch(`${url}/api/v1/notes/n1`, { method: 'PUT', headers, body: '{}' });
      assert.equal((await problemOf(refused)).type, '/problems/media-type-not-known');
    }
  });

  test('port: in use, it says who holds it and which flag moves it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const busy = { name: 'OTLP', bind: '127.0.0.1', port, flag: '--otlp-http-port', isRequired: true };
    const held = process.platform === 'linux' ? `process ${process.pid} \\(` : 'another process';
    await assert.rejects(start({ listeners: [busy] }), (error: Error) => {
      assert.ok(error instanceof ListenError);
      assert.match(
        error.message,
        new RegExp(`port ${port} on 127.0.0.1, for OTLP, is held by ${held}.*--otlp-http-port`),
      );
      return true;
    });
    const free = { ...busy, name: 'console', port: 0 };
    const { server } = await start({ listeners: [free, { ...busy, isRequired: false }] });
    assert.deepEqual(
      server.listeners.map((listener) => listener.outcome),
      ['open', 'closed'],
    );
    holder.close();
  });

  test('address: one that this machine does not have', async () => {
    const foreign = { name: 'console', bind: '192.0.2.1', port: 0, flag: '--http-port', isRequired: true };
    await assert.rejects(start({ listeners: [foreign] }), /no such address; choose another with --bind/);
  });
});

describe('server streams', () => {
  test('stream: events arrive as they happen; the source ends when the caller goes', async () => {
    const ended = Promise.withResolvers<void>();
    const { url } = await start({
      routes: [
        {
          ...slowRoute(async () => undefined),
          handle: async ({ signal }) => {
            signal.addEventListener('abort', () => ended.resolve());
            async function* events() {
              yield { data: 'first' };
              await ended.promise;
            }
            return { kind: 'events', events: events() };
          },
        },
      ],
    });
    const gone = new AbortController();
    const response = await fetch(`${url}/api/v1/slow`, { method: 'POST', signal: gone.signal });
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('first')) text += (await reader?.read())?.value ?? '';
    assert.equal(text, 'retry: 1000\n\ndata: first\n\n');
    gone.abort();
    await ended.promise;
  });

  test('stream: a slow reader slows the source, and no queue grows', async () => {
    let made = 0;
    async function* flood() {
      for (;;) {
        made += 1;
        yield { data: 'x'.repeat(100_000) };
        await wait(0);
      }
    }
    const route = {
      ...slowRoute(async () => undefined),
      handle: async () => ({ kind: 'events' as const, events: flood() }),
    };
    const { port } = await start({ routes: [route] });
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write('POST /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
    let before = -1;
    while (made === 0 || made !== before) {
      before = made;
      await wait(200);
    }
    assert.ok(made < 200, `${made} events were made for a reader that takes none`);
    socket.destroy();
  });

  test('stream: one whose source fails is cut, and said in the log', async () => {
    async function* failing() {
      yield { data: 'first' };
      throw new Error('journal lost');
    }
    const route = {
      ...slowRoute(async () => undefined),
      handle: async () => ({ kind: 'events' as const, events: failing() }),
    };
    const { url, lines } = await start({ routes: [route] });
    const response = await fetch(`${url}/api/v1/slow`, { method: 'POST' });
    await assert.rejects(response.text());
    assert.match(String(lines.find((line) => line.message === 'event stream failed')?.fields.err), /journal lost/);
  });

  test('stream: refuses more than the limit', async () => {
    const { url } = await start({ limits: { streamCountMax: 1 } });
    const gone = new AbortController();
    const first = await fetch(`${url}/api/v1/live`, { signal: gone.signal });
    assert.equal(first.status, 200);
    const second = await fetch(`${url}/api/v1/live`);
    assert.equal(second.status, 503);
    assert.match(await second.text(), /too-many-streams/);
    gone.abort();
  });

  test('caller: one that goes away stops its handler', async () => {
    const stopped = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { url } = await start({
      routes: [
        slowRoute(async ({ signal }) => {
          begun.resolve();
          await once(signal, 'abort');
          stopped.resolve();
        }),
      ],
    });
    const gone = new AbortController();
    const asked = fetch(`${url}/api/v1/slow`, { method: 'POST', signal: gone.signal });
    await begun.promise;
    gone.abort();
    await assert.rejects(asked);
    await stopped.promise;
  });
});

describe('server stops', () => {
  test('stop: finishes the request under way, ends streams, takes no more', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const route = slowRoute(async () => {
      begun.resolve();
      await release.promise;
    });
    const { url, server } = await start({ routes: [route] });
    const stream = await fetch(`${url}/api/v1/live`);
    const slow = fetch(`${url}/api/v1/slow`, { method: 'POST' });
    await begun.promise;
    const stopped = server.stop(5_000);
    assert.match(await stream.text(), /event: tick/);
    await assert.rejects(fetch(`${url}/api/v1/notes`, { headers: writer }));
    release.resolve();
    const answer = await slow;
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('connection'), 'close');
    assert.equal(await stopped, 0);
    assert.equal(await server.stop(), 0);
  });

  test('stop: refuses a request on a connection that was kept', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const route = slowRoute(async () => {
      begun.resolve();
      await release.promise;
    });
    const { port, server } = await start({ routes: [route] });
    const line = 'POST /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n';
    // The second request waits on the same connection behind the first.
    const answers = exchangeRaw(port, `${line}${line.replace('slow', 'next')}`);
    await begun.promise;
    const stopped = server.stop(5_000);
    release.resolve();
    assert.equal((await answers).match(/HTTP\/1\.1 /g)?.length, 1);
    assert.equal(await stopped, 0);
  });

  test('stop: cuts what is not done by the deadline, and tells its handler', async () => {
    const begun = Promise.withResolvers<void>();
    let isTold = false;
    const route = slowRoute(async ({ signal }) => {
      signal.addEventListener('abort', () => {
        isTold = true;
      });
      begun.resolve();
      await new Promise(() => undefined);
    });
    const { url, server } = await start({ routes: [route] });
    const slow = fetch(`${url}/api/v1/slow`, { method: 'POST' });
    await begun.promise;
    const startedAt = performance.now();
    const [cut] = await Promise.all([server.stop(200), assert.rejects(slow)]);
    assert.equal(cut, 1);
    assert.ok(isTold);
    assert.ok(performance.now() - startedAt < 2_000);
  });
});
