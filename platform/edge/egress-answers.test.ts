import assert from 'node:assert/strict';
import https from 'node:https';
import net from 'node:net';
import { describe, test } from 'node:test';
import { realClock } from './clock.ts';
import type { Resolve } from './egress.ts';
import {
  closers,
  codeOf,
  egress,
  fixture,
  get,
  listen,
  names,
  redirectTo,
  serve,
  speak,
  textOf,
} from './egress-testing.ts';

describe('egress: redirects', () => {
  test('egress: a redirect into a closed range is refused', async () => {
    for (const location of [
      'http://169.254.169.254/',
      'http://[::ffff:127.0.0.1]/',
      'http://10.0.0.1/',
      '//0.0.0.0/',
    ]) {
      const { port } = await redirectTo(302, location);
      assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`))), 'address-not-allowed', location);
    }
  });

  test('egress: a redirect to another scheme, or with credentials, is refused', async () => {
    for (const location of ['file:///etc/passwd', 'ftp://example.org/', 'http://ana:pw@example.org/', 'http://']) {
      const { port } = await redirectTo(302, location);
      assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`))), 'redirect-not-allowed', location);
    }
  });

  test('egress: keys and bodies do not go along to another origin', async () => {
    const other = await serve((_seen, answer) => answer.end('other'));
    const headers = { Authorization: 'Bearer secret', 'x-api-key': 'secret', Accept: 'text/plain' };
    const { port } = await redirectTo(302, `http://127.0.0.1:${other.port}/`);
    assert.equal(textOf(await egress()(get(`http://127.0.0.1:${port}/`, { headers }))), 'other');
    assert.equal(other.seen[0]?.headers.accept, 'text/plain');
    assert.ok(!JSON.stringify(other.seen[0]?.headers).includes('secret'));
    const kept = await redirectTo(307, `http://127.0.0.1:${other.port}/`);
    const post = { method: 'POST', url: `http://127.0.0.1:${kept.port}/`, body: 'secret' };
    assert.equal(codeOf(await egress()(post)), 'redirect-not-allowed');
    assert.equal(other.seen.length, 1);
  });

  for (const [status, method, body] of [
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'order'],
    [308, 'POST', 'order'],
  ] as const) {
    test(`egress: a POST redirected with ${status} within its origin becomes ${method}`, async () => {
      const { seen, port } = await serve((one, answer) =>
        one.url === '/' ? answer.writeHead(status, { location: '/next' }).end() : answer.end('arrived'),
      );
      const headers = { 'content-type': 'text/plain', authorization: 'Bearer kept' };
      const result = await egress()({ method: 'POST', url: `http://127.0.0.1:${port}/`, headers, body: 'order' });
      assert.equal(textOf(result), 'arrived');
      assert.deepEqual([seen[1]?.method, seen[1]?.body], [method, body]);
      assert.equal(seen[1]?.headers.authorization, 'Bearer kept');
      assert.equal(seen[1]?.headers['content-type'], method === 'GET' ? undefined : 'text/plain');
    });
  }

  test('egress: an endless chain ends at the limit; with a limit of 0 the redirect is the answer', async () => {
    const { seen, port } = await redirectTo(302, '/');
    assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`, { redirectsMax: 2 }))), 'too-many-redirects');
    assert.equal(seen.length, 3);
    const result = await egress()(get(`http://127.0.0.1:${port}/`, { redirectsMax: 0 }));
    assert.equal(result.outcome === 'answered' && result.status, 302);
  });

  test('egress: https is not left for http', async () => {
    const server = https.createServer({ key: fixture('shop.test.key.pem'), cert: fixture('shop.test.cert.pem') });
    server.on('request', (_request, answer) => answer.writeHead(302, { location: 'http://127.0.0.1/' }).end());
    closers.push(() => server.closeAllConnections());
    const port = await listen(server);
    const resolve = names({ 'shop.test': ['127.0.0.1'] });
    const fetchOut = egress({ resolve, certificateAuthorities: [fixture('shop.test.cert.pem')] });
    assert.equal(codeOf(await fetchOut(get(`https://shop.test:${port}/`))), 'redirect-not-allowed');
  });
});

describe('egress: answers that do not behave', () => {
  test('egress: a body over the limit is cut off, announced or not', async () => {
    const announced = await serve((_seen, answer) => answer.end('x'.repeat(2_000)));
    const endless = await serve((_seen, answer) => {
      const pour = (): void => {
        while (answer.write('x'.repeat(1_000)));
        answer.once('drain', pour);
      };
      pour();
    });
    for (const { port } of [announced, endless]) {
      const result = await egress()(get(`http://127.0.0.1:${port}/`, { responseBytesMax: 1_999 }));
      assert.equal(codeOf(result), 'response-too-large');
    }
    assert.equal(
      textOf(await egress()(get(`http://127.0.0.1:${announced.port}/`, { responseBytesMax: 2_000 }))).length,
      2_000,
    );
  });

  test('egress: the time limit holds over resolving, connecting and a body that drips', async () => {
    const drip = await speak('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx');
    const silent = await speak('');
    const timeoutMs = 60;
    for (const port of [drip, silent]) {
      assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`, { timeoutMs }))), 'timed-out');
    }
    const resolve: Resolve = () => new Promise(() => undefined);
    assert.equal(codeOf(await egress({ resolve })(get('http://slow.test/', { timeoutMs }))), 'timed-out');
  });

  test('egress: the time limit is one for a whole chain of redirects', async () => {
    const { seen, port } = await serve((_seen, answer) => {
      realClock.after(40, () => answer.writeHead(302, { location: '/' }).end());
    });
    const result = await egress()(get(`http://127.0.0.1:${port}/`, { timeoutMs: 100, redirectsMax: 50 }));
    assert.equal(codeOf(result), 'timed-out');
    assert.ok(seen.length <= 3);
  });

  test('egress: the caller may give up', async () => {
    const port = await speak('');
    const controller = new AbortController();
    const pending = egress()(get(`http://127.0.0.1:${port}/`, { signal: controller.signal }));
    controller.abort();
    assert.equal(codeOf(await pending), 'aborted');
    assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort() }))), 'aborted');
  });

  for (const [what, text] of [
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(10_000)}`],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
  ] as const) {
    test(`egress: an answer with ${what} is a failure, not a crash`, async () => {
      const port = await speak(text);
      assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`, { timeoutMs: 5_000 }))), 'connection-failed');
    });
  }

  test('egress: a body shorter than announced is a failure', async () => {
    const server = net.createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
    });
    const port = await listen(server);
    assert.equal(codeOf(await egress()(get(`http://127.0.0.1:${port}/`))), 'connection-failed');
  });

  test('egress: an unknown name and a closed port are told apart', async () => {
    const failing: Resolve = () => Promise.reject(new Error('ENOTFOUND'));
    assert.equal(codeOf(await egress()(get('http://nowhere.test/'))), 'name-not-found');
    assert.equal(codeOf(await egress({ resolve: failing })(get('http://nowhere.test/'))), 'name-not-found');
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const result = await egress()(get(`http://127.0.0.1:${port}/hooks/secret`));
    assert.equal(codeOf(result), 'connection-failed');
    assert.match(JSON.stringify(result), /ECONNREFUSED/);
    assert.ok(!JSON.stringify(result).includes('secret'), 'paths of webhooks are secrets');
  });
});
