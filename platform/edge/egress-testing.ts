import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { after } from 'node:test';
import { realClock } from './clock.ts';
import { createEgress, type EgressOptions, type OutboundRequest, type OutboundResult, type Resolve } from './egress.ts';

/** What the tests of the way out share: real servers on loopback, closed when the tests end. */

const loopback = ['127.0.0.0/8'];
export const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

export const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

export async function listen(server: net.Server, address = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A real server that keeps what it was sent. */
export async function serve(handle: (seen: Seen, answer: http.ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = http.createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      handle(one, answer);
    });
  });
  closers.push(() => server.closeAllConnections());
  return { seen, port: await listen(server) };
}

export const redirectTo = (status: number, location: string) =>
  serve((_seen, answer) => answer.writeHead(status, { location }).end());

/** A server that speaks bytes of its own. */
export async function speak(text: string): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.write(text));
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return await listen(server);
}

export const names =
  (table: Readonly<Record<string, readonly string[]>>): Resolve =>
  (hostname) =>
    Promise.resolve(table[hostname] ?? []);

export const egress = (options: Partial<EgressOptions> = {}) =>
  createEgress({ allowPrivate: loopback, resolve: names({}), clock: realClock, ...options });

export const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url,
  ...more,
});

export const textOf = (result: OutboundResult): string => {
  assert.equal(result.outcome, 'answered', JSON.stringify(result));
  return result.outcome === 'answered' ? Buffer.from(result.body).toString() : '';
};

export const codeOf = (result: OutboundResult): string => (result.outcome === 'answered' ? 'answered' : result.code);
