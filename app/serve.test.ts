import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './exit-codes.ts';
import { exampleOps, plimsoll, startServerProcess, temporaryFolder } from './testing.ts';

const get = async (url: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  await fetch(new URL(path, url), { headers });

/** Asks again until the answer is as wanted; the test's own end is the limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

const fixtures = new URL('../platform/edge/fixtures/', import.meta.url);
const certificate = fileURLToPath(new URL('shop.test.cert.pem', fixtures));
const privateKey = fileURLToPath(new URL('shop.test.key.pem', fixtures));

/** Asks over TLS, trusting the certificate of the tests whatever name it is for. */
async function getTrusting(
  url: string,
  path: string,
  sent: { readonly method?: string; readonly body?: string } = {},
): Promise<{ status: number; cookie: string }> {
  const headers = { origin: url, 'content-type': 'application/json' };
  const trust = { ca: readFileSync(certificate), checkServerIdentity: () => undefined };
  const asked = request(new URL(path, url), { method: sent.method ?? 'GET', headers, ...trust });
  asked.end(sent.body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return { status: answer.statusCode ?? 0, cookie: String(answer.headers['set-cookie'] ?? '') };
}

/** Sends bytes as they are, for what no client would send. */
async function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

describe('serve', () => {
  test('first start: a sign-in link; later starts: none; the journal goes on', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const first = await startServerProcess(t, { data });
    assert.match(first.signInLink ?? '', /\/sign-in#code=/);
    assert.equal(await first.end('SIGTERM'), exitCodes.done);
    assert.equal(existsSync(join(data, 'server.json')), false);
    const second = await startServerProcess(t, { data });
    assert.equal(second.signInLink, null);
    assert.equal((await get(second.url, '/readyz')).status, 200);
  });

  test('a killed server starts again, and what was acknowledged is there', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const first = await startServerProcess(t, { data });
    assert.equal((await plimsoll(['apply', exampleOps, '--data', data])).code, exitCodes.done);
    await first.end('SIGKILL');
    await startServerProcess(t, { data });
    const ran = await plimsoll(['diff', exampleOps, '--data', data, '--json']);
    assert.deepEqual(JSON.parse(ran.out).changes, []);
  });

  test('a second server on the same data is refused, naming the first', async (t) => {
    const server = await startServerProcess(t);
    const ran = await plimsoll(['serve', '--data', server.data, '--http-port', '0']);
    assert.equal(ran.code, exitCodes.unavailable);
    assert.match(ran.error, new RegExp(`in use by process ${server.child.pid}`));
  });

  test('a taken port is refused with its holder and the flag that moves it; nothing is left behind', async (t) => {
    const server = await startServerProcess(t);
    const data = join(temporaryFolder(t), 'other');
    const ran = await plimsoll(['serve', '--data', data, '--http-port', new URL(server.url).port]);
    assert.equal(ran.code, exitCodes.unavailable);
    assert.match(ran.error, new RegExp(`held by process ${server.child.pid}.*--http-port`));
    assert.equal(existsSync(join(data, 'server.json')), false);
  });

  test('settings: what cannot be used is refused before anything is opened', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const refusals: readonly (readonly [readonly string[], Record<string, string>, RegExp])[] = [
      [['--bind', '0.0.0.0'], {}, /--external-url/],
      [['--bind', 'everywhere'], {}, /expected an IP address/],
      [[], { PLIMSOLL_BOOTSTRAP_TOKEN: 'short' }, /expected 32 or more/],
      [[], { PLIMSOLL_HTTP_PROT: '1' }, /Did you mean "PLIMSOLL_HTTP_PORT"/],
      [['--tls-cert', 'nothing.pem', '--tls-key', 'nothing.pem'], {}, /cannot be read/],
    ];
    for (const [flags, environment, message] of refusals) {
      const ran = await plimsoll(['serve', '--data', data, '--http-port', '0', ...flags], environment);
      assert.equal(ran.code, exitCodes.config, ran.error);
      assert.match(ran.error, message);
    }
  });

  test('TLS: speaks it on the same port, with cookies that never go in the clear', async (t) => {
    const server = await startServerProcess(t, { flags: ['--tls-cert', certificate, '--tls-key', privateKey] });
    assert.match(server.url, /^https:/);
    const answer = await getTrusting(server.url, '/healthz');
    assert.equal(answer.status, 200);
    const code = new URL(server.signInLink ?? '').hash.replace('#code=', '');
    const body = JSON.stringify({ code });
    const signedIn = await getTrusting(server.url, '/api/v1/session/link', { method: 'POST', body });
    assert.match(signedIn.cookie, /; Secure/);
    await assert.rejects(fetch(server.url.replace('https:', 'http:')));
  });

  test('bootstrap token: an administrator from the first start', async (t) => {
    const token = 'automation-automation-automation-42';
    const server = await startServerProcess(t, { environment: { PLIMSOLL_BOOTSTRAP_TOKEN: token } });
    assert.equal((await get(server.url, '/api/v1/people', { authorization: `Bearer ${token}` })).status, 200);
    assert.equal((await get(server.url, '/api/v1/people', { authorization: `Bearer ${token}x` })).status, 401);
  });

  test('definitions folder: in force at the start, followed while it runs, kept when it becomes bad', async (t) => {
    const ops = join(temporaryFolder(t), 'ops');
    cpSync(exampleOps, ops, { recursive: true });
    const token = 'automation-automation-automation-42';
    const server = await startServerProcess(t, {
      flags: ['--ops', ops],
      environment: { PLIMSOLL_BOOTSTRAP_TOKEN: token },
    });
    const services = async (): Promise<string[]> => {
      const answer = await get(server.url, '/api/v1/services', { authorization: `Bearer ${token}` });
      return ((await answer.json()) as { services: { name: string }[] }).services.map((one) => one.name);
    };
    assert.deepEqual(await services(), ['checkout', 'payments', 'recommendations']);
    const harbour =
      'apiVersion: plimsoll/v1\nkind: Service\nmetadata: { name: harbour }\nspec: { owner: payments, tier: 4 }\n';
    writeFileSync(join(ops, 'catalog', 'more.yaml'), harbour);
    await until(async () => (await services()).includes('harbour'));
    writeFileSync(join(ops, 'catalog', 'more.yaml'), `${harbour}  tier: [`);
    const faults = async (): Promise<number> => {
      const answer = await get(server.url, '/api/v1/definitions', { authorization: `Bearer ${token}` });
      return ((await answer.json()) as { faults: unknown[] }).faults.length;
    };
    await until(async () => (await faults()) > 0);
    assert.ok((await services()).includes('harbour'));
  });

  test('stop: an event stream is ended, and the process is gone within the deadline', async (t) => {
    const token = 'automation-automation-automation-42';
    const server = await startServerProcess(t, { environment: { PLIMSOLL_BOOTSTRAP_TOKEN: token } });
    const stream = await get(server.url, '/api/v1/journal', {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
    });
    assert.equal(stream.headers.get('content-type')?.split(';')[0], 'text/event-stream');
    const reading = stream.text().catch(() => '');
    const startedAt = performance.now();
    assert.equal(await server.end('SIGTERM'), exitCodes.done);
    assert.ok(performance.now() - startedAt < 10_000);
    await reading;
  });

  test('a request for another host is refused on loopback too', async (t) => {
    const server = await startServerProcess(t);
    const answer = await raw(server.url, 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 (400|403|421)/);
    assert.match(answer, /application\/problem\+json/);
  });
});
