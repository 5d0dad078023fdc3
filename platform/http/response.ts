import type { JsonValue } from '../../kernel/json.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { HttpResponse } from './exchange.ts';
import type { Answer, Cookie } from './route.ts';

/** Sent with everything: no guessing of types, no address leaked to other sites, no framing, no sharing of the window. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Data is never a page: should a browser show it as one, nothing in it may load or run. */
export const dataHeaders: Readonly<Record<string, string>> = {
  ...commonHeaders,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

const jsonType = 'application/json; charset=utf-8';
const problemType = 'application/problem+json; charset=utf-8';

const bytesOf = (body: string | Uint8Array): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.length;

/** A problem document as a response; `instance` is the id of the request. */
export function problemResponse(
  problem: Problem,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
  cookies: readonly Cookie[] = [],
): HttpResponse {
  return {
    kind: 'whole',
    status: problem.status,
    headers: { ...dataHeaders, 'content-type': problemType, ...headers, 'x-request-id': requestId },
    cookies,
    problem: problem.type.replace('/problems/', ''),
    body: JSON.stringify({ ...problem, instance: requestId }),
  };
}

/** Turns a handler's answer into a response. */
export function responseOf(answer: Answer<JsonValue>, requestId: string, goodStatus: number): HttpResponse {
  const common = { ...dataHeaders, 'x-request-id': requestId };
  switch (answer.kind) {
    case 'problem':
      return problemResponse(answer.problem, requestId, answer.headers, answer.cookies);
    case 'events': {
      const headers = { ...common, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };
      return { kind: 'events', status: 200, headers, cookies: [], events: answer.events };
    }
    case 'text': {
      const headers = { ...common, 'content-type': answer.contentType };
      return { kind: 'whole', status: answer.status ?? goodStatus, headers, cookies: [], body: answer.text };
    }
    case 'reply': {
      const status = answer.status ?? goodStatus;
      const isEmpty = status === 204;
      const headers = { ...common, ...(isEmpty ? {} : { 'content-type': jsonType }), ...answer.headers };
      const body = isEmpty ? '' : JSON.stringify(answer.body);
      return { kind: 'whole', status, headers, cookies: answer.cookies ?? [], body };
    }
  }
}

/** The response to HEAD: the headers of GET, the length of its body, no body. A stream is ended before it begins. */
export async function withoutBody(response: HttpResponse): Promise<HttpResponse> {
  const { status, headers, cookies } = response;
  if (response.kind === 'events') {
    await response.events[Symbol.asyncIterator]().return?.();
    return { kind: 'whole', status, headers, cookies, body: '' };
  }
  const length = { 'content-length': String(bytesOf(response.body)) };
  return { kind: 'whole', status, headers: { ...headers, ...length }, cookies, body: '' };
}
