import { createHash } from 'node:crypto';
import type { JsonValue } from '../kernel/json.ts';
import type { HttpRequest, HttpResponse } from '../platform/http/exchange.ts';
import type { Method } from '../platform/http/route.ts';
import type { World } from './world.ts';

/** What a client knows after a request. */
export type Reply =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: JsonValue }
  /** Nothing was done: no server listens. */
  | { readonly outcome: 'unreachable' }
  /** No answer came: it may have been done, once or twice. */
  | { readonly outcome: 'unknown' };

/** A browser or a program: it keeps cookies, or sends a token. */
export interface Client {
  readonly name: string;
  /** Sends a request and waits for its fate. */
  call(method: Method, path: string, body?: JsonValue): Promise<Reply>;
  /** The session's cookie, as it was handed out last; null when there is none. */
  cookie(): string | null;
}

export interface ClientOptions {
  readonly world: World;
  readonly name: string;
  /** Sent as bearer token with every request; null for a browser. */
  readonly token: string | null;
  /** The session's cookie to begin with, as somebody has it who found or stole it. */
  readonly cookie?: string;
  /** The address that the server sees. */
  readonly address: string;
}

const host = '127.0.0.1:4400';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const textOf = (response: HttpResponse): string => {
  if (response.kind === 'events') return '';
  return typeof response.body === 'string' ? response.body : new TextDecoder().decode(response.body);
};

const isJson = (response: HttpResponse): boolean => (response.headers['content-type'] ?? '').includes('json');

const csrfTokenOf = (body: JsonValue): string | null =>
  typeof body === 'object' && body !== null && 'csrfToken' in body ? String(body.csrfToken) : null;

const noteOf = (reply: Reply, text: string): string =>
  reply.outcome === 'answered' ? `${reply.status} ${digestOf(text)}` : reply.outcome;

/** Makes a client. What it sends and gets is written into the history of the world. */
export function createClient({ world, name, token, address, ...options }: ClientOptions): Client {
  let cookie: string | null = options.cookie ?? null;
  let csrfToken: string | null = null;

  const headersOf = (body: JsonValue | undefined): Record<string, string> => ({
    host,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? { origin: `http://${host}` } : { authorization: `Bearer ${token}` }),
    ...(cookie === null ? {} : { cookie: `plimsoll_session=${cookie}` }),
    ...(csrfToken === null ? {} : { 'x-plimsoll-csrf': csrfToken }),
  });

  const keep = (response: HttpResponse, body: JsonValue): void => {
    for (const { name, value } of response.cookies) {
      if (name === 'plimsoll_session') cookie = value === '' ? null : value;
    }
    csrfToken = csrfTokenOf(body) ?? csrfToken;
  };

  const read = (response: HttpResponse): { reply: Reply; text: string } => {
    const text = textOf(response);
    const body = isJson(response) ? (JSON.parse(text) as JsonValue) : text;
    keep(response, body);
    return { reply: { outcome: 'answered', status: response.status, body }, text };
  };

  return {
    name,
    cookie: () => cookie,
    async call(method, path, body) {
      const what = `${name} ${method} ${path}`;
      const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
      const [pathOnly = '', rawQuery = ''] = path.split('?');
      const request: HttpRequest = {
        method,
        path: pathOnly,
        rawQuery,
        headers: { ...headersOf(body), 'content-length': String(bytes.length) },
        body: bytes,
        remoteAddress: address,
        signal: new AbortController().signal,
      };
      const delivery = await world.network.send(name, request);
      const { reply, text } = delivery.outcome === 'answered' ? read(delivery.answer) : { reply: delivery, text: '' };
      world.note(`${what} → ${noteOf(reply, text)}`);
      return reply;
    },
  };
}
