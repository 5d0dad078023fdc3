import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Api, codeOf, createApi } from './api.ts';

interface Exchange {
  readonly api: Api;
  readonly requests: { path: string; request: RequestInit }[];
  readonly ends: () => number;
}

/** A server that always gives one answer and remembers what it was asked. */
function answering(answer: () => Response | Promise<Response>, csrfToken: string | null = 'proof'): Exchange {
  const requests: Exchange['requests'] = [];
  let ends = 0;
  const api = createApi({
    fetch: async (path, request) => {
      requests.push({ path, request });
      return answer();
    },
    csrfToken: () => csrfToken,
    onSessionEnd: () => {
      ends += 1;
    },
  });
  return { api, requests, ends: () => ends };
}

const headersOf = (exchange: Exchange): Record<string, string> =>
  exchange.requests[0]?.request.headers as Record<string, string>;

const problem = (status: number, document: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(document), { status, headers });

describe('api', () => {
  test('a reading call: carries no proof, a changing one does', async () => {
    const reading = answering(() => Response.json({ count: 1 }));
    assert.deepEqual(await reading.api('GET', '/x'), { outcome: 'replied', value: { count: 1 } });
    assert.equal(headersOf(reading)['x-plimsoll-csrf'], undefined);
    const changing = answering(() => new Response(null, { status: 204 }));
    assert.deepEqual(await changing.api('DELETE', '/x'), { outcome: 'replied', value: {} });
    assert.equal(headersOf(changing)['x-plimsoll-csrf'], 'proof');
  });

  test('a body: is sent as JSON; without one no content type is claimed', async () => {
    const sending = answering(() => Response.json({}));
    await sending.api('POST', '/x', { body: { title: 'ci' } });
    assert.equal(sending.requests[0]?.request.body, '{"title":"ci"}');
    assert.equal(headersOf(sending)['content-type'], 'application/json');
    const empty = answering(() => Response.json({}));
    await empty.api('POST', '/x');
    assert.equal(headersOf(empty)['content-type'], undefined);
  });

  test('a problem: comes back as a value, with the id of the request', async () => {
    const document = {
      type: '/problems/token-not-found',
      title: 'Token not found',
      status: 404,
      detail: 'No such token.',
    };
    const { api } = answering(() => problem(404, document, { 'x-request-id': 'req-7' }));
    const reply = await api('GET', '/x');
    assert.equal(reply.outcome, 'problem');
    assert.equal(reply.outcome === 'problem' && codeOf(reply.problem), 'token-not-found');
    assert.equal(reply.outcome === 'problem' && reply.problem.instance, 'req-7');
  });

  test('the end of a session: is told once, but not while signing in', async () => {
    const document = { type: '/problems/session-ended', title: 'Session ended', status: 401, detail: 'Sign in again.' };
    const ended = answering(() => problem(401, document));
    await ended.api('GET', '/x');
    assert.equal(ended.ends(), 1);
    const signingIn = answering(() => problem(401, document));
    await signingIn.api('POST', '/x', { isSigningIn: true });
    assert.equal(signingIn.ends(), 0);
  });

  test('an answer of a proxy, in HTML: is refused with words', async () => {
    for (const status of [200, 502]) {
      const { api } = answering(() => new Response('<html>', { status }));
      const reply = await api('GET', '/x');
      assert.equal(reply.outcome === 'problem' && codeOf(reply.problem), 'unreadable-answer');
    }
  });

  test('no network: is a problem, an aborted call throws', async () => {
    const failing = answering(() => Promise.reject(new TypeError('failed to fetch')));
    const reply = await failing.api('GET', '/x');
    assert.equal(reply.outcome === 'problem' && codeOf(reply.problem), 'server-unreachable');
    await assert.rejects(failing.api('GET', '/x', { signal: AbortSignal.abort() }));
  });
});
