import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Type from 'typebox';
import type { Problem } from '../../kernel/problem.ts';
import type { HttpResponse, RequestRecord } from './exchange.ts';
import { createRateLimit } from './rate-limit.ts';
import type { AnyRoute } from './route.ts';
import { createManualClock, createSample, sampleDispatcher, sampleRequest } from './testing/sample.ts';

const writer = { authorization: 'Bearer writer' };
const reader = { authorization: 'Bearer reader' };
const note = { title: 'Harbour', tier: 'gold' };

const bodyOf = (response: HttpResponse): string =>
  response.kind === 'whole' && typeof response.body === 'string' ? response.body : assert.fail('expected a text body');
const problemIn = (response: HttpResponse): Problem => {
  assert.equal(response.headers['content-type'], 'application/problem+json; charset=utf-8');
  return JSON.parse(bodyOf(response));
};

const start = (more: Partial<Parameters<typeof sampleDispatcher>[0]> = {}) => {
  const sample = createSample();
  const clock = createManualClock();
  return { sample, clock, ...sampleDispatcher({ routes: sample.routes, clock, ...more }) };
};

const failing = (fail: () => Promise<never>): AnyRoute => ({
  name: 'sample.fail',
  method: 'POST',
  path: '/api/v1/fail',
  summary: 'Fails.',
  permission: 'open',
  shape: { reply: Type.Null() },
  handle: fail,
});

describe('dispatcher', () => {
  test('reply: validated, with status, cookies and headers', async () => {
    const { dispatch, sample } = start();
    const response = await dispatch(sampleRequest('PUT /api/v1/notes/n1', { headers: writer, json: note }));
    assert.equal(response.status, 201);
    assert.deepEqual(JSON.parse(bodyOf(response)), note);
    assert.deepEqual(sample.notes.get('n1'), note);
    assert.deepEqual(response.cookies, [{ name: 'last', value: 'x', maxAgeSeconds: 60, httpOnly: true }]);
    assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(response.headers['cache-control'], 'no-store');
    assert.equal(response.headers['x-content-type-options'], 'nosniff');
    assert.match(response.headers['content-security-policy'] ?? '', /default-src 'none'; frame-ancestors 'none'/);
  });

  test('query: coerced by the schema', async () => {
    const { dispatch } = start();
    const response = await dispatch(sampleRequest('GET /api/v1/notes?limit=5', { headers: reader }));
    assert.deepEqual(JSON.parse(bodyOf(response)), { notes: [], limit: 5 });
  });

  test('events: handed on, typed as a stream', async () => {
    const { dispatch } = start();
    const gone = new AbortController();
    const response = await dispatch(sampleRequest('GET /api/v1/live', { signal: gone.signal }));
    assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.ok(response.kind === 'events');
    const seen: string[] = [];
    for await (const event of response.events) {
      seen.push(event.data);
      gone.abort();
    }
    assert.deepEqual(seen, ['one\ntwo']);
  });

  test('HEAD: the headers of GET, its length, no body', async () => {
    const { dispatch } = start();
    const response = await dispatch(sampleRequest('HEAD /api/v1/notes', { headers: reader }));
    assert.equal(response.status, 200);
    assert.equal(bodyOf(response), '');
    assert.equal(response.headers['content-length'], String('{"notes":[],"limit":10}'.length));
    assert.equal((await dispatch(sampleRequest('HEAD /api/v1/live'))).kind, 'whole');
  });

  test('OPTIONS: the methods, and nothing for other sites', async () => {
    const { dispatch } = start();
    const response = await dispatch(sampleRequest('OPTIONS /api/v1/notes/n1'));
    assert.equal(response.status, 204);
    assert.equal(response.headers.allow, 'PUT, DELETE, OPTIONS');
    assert.ok(!Object.keys(response.headers).some((name) => name.startsWith('access-control-')));
  });
});

describe('dispatcher refuses', () => {
  const cases: readonly (readonly [string, string, Parameters<typeof sampleRequest>[1], number, string, RegExp])[] = [
    ['an unknown path', 'GET /api/v1/note', {}, 404, 'path-not-found', /Did you mean "\/api\/v1\/notes"\?/],
    ['an unknown method', 'POST /api/v1/notes', {}, 405, 'method-not-allowed', /expected one of GET, HEAD, OPTIONS/],
    ['a method nobody knows', 'PROPFIND /api/v1/notes', {}, 405, 'method-not-allowed', /PROPFIND is not known/],
    ['a stranger', 'GET /api/v1/notes', {}, 401, 'sign-in-needed', /Sign in/],
    ['a stale token', 'GET /api/v1/live', { headers: { authorization: 'Bearer stale' } }, 401, 'token-expired', /new/],
    ['a reader who writes', 'PUT /api/v1/notes/n1', { headers: reader, json: note }, 403, 'permission-missing', /ask/],
    ['a scope not held', 'PUT /api/v1/notes/sealed', { headers: writer, json: note }, 403, 'permission-missing', /ask/],
    ['another host', 'GET /api/v1/notes', { headers: { host: 'evil.example' } }, 421, 'host-not-known', /external-url/],
    [
      'another origin',
      'PUT /api/v1/notes/n1',
      { headers: { ...writer, origin: 'http://evil.example' }, json: note },
      403,
      'origin-not-known',
      /another site/,
    ],
    ['a broken path', 'DELETE /api/v1/notes/%ff', { headers: writer }, 400, 'path-not-readable', /Encode/],
    ['an unknown query', 'GET /api/v1/notes?limmit=5', { headers: reader }, 400, 'request-not-valid', /Correct/],
    [
      'a body where none is taken',
      'DELETE /api/v1/notes/n1',
      { headers: writer, json: {} },
      400,
      'request-not-valid',
      /./,
    ],
    [
      'no body',
      'PUT /api/v1/notes/n1',
      { headers: { ...writer, 'content-type': 'application/json' } },
      400,
      'body-not-readable',
      /./,
    ],
    [
      'a form',
      'PUT /api/v1/notes/n1',
      { headers: { ...writer, 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'media-type-not-known',
      /application\/json/,
    ],
    [
      'another charset',
      'PUT /api/v1/notes/n1',
      { headers: { ...writer, 'content-type': 'application/json; charset=latin1' } },
      415,
      'media-type-not-known',
      /latin1/,
    ],
    [
      'a compressed body',
      'PUT /api/v1/notes/n1',
      { headers: { ...writer, 'content-encoding': 'gzip' }, json: note },
      415,
      'encoding-not-known',
      /uncompressed/,
    ],
    [
      'a body too large',
      'PUT /api/v1/notes/n1',
      { headers: writer, json: { ...note, title: 'x'.repeat(70_000) } },
      413,
      'body-too-large',
      /65536 bytes/,
    ],
    ['what the handler refuses', 'DELETE /api/v1/notes/none', { headers: writer }, 404, 'note-not-found', /list/],
  ];
  for (const [what, line, more, status, code, detail] of cases) {
    test(`refuses: ${what}`, async () => {
      const { dispatch, sample, lines } = start();
      const response = await dispatch(sampleRequest(line, more));
      const problem = problemIn(response);
      assert.equal(response.status, status);
      assert.equal(problem.status, status);
      assert.equal(problem.type, `/problems/${code}`);
      assert.match(problem.detail, detail);
      assert.equal(problem.instance, response.headers['x-request-id']);
      assert.equal(sample.notes.size, 0);
      assert.deepEqual(
        lines.map((one) => one.message),
        ['request answered'],
      );
    });
  }

  test('faults: each with its pointer, in body and params', async () => {
    const { dispatch } = start();
    const wrong = { title: '', tier: 'sliver', wieght: 1 };
    const request = sampleRequest('PUT /api/v1/notes/n1', { headers: writer, json: wrong });
    const pointers = problemIn(await dispatch(request)).errors?.map((place) => place.pointer);
    assert.deepEqual(pointers, ['/body/title', '/body/tier', '/body/wieght']);
    const long = sampleRequest(`DELETE /api/v1/notes/${'n'.repeat(50)}`, { headers: writer });
    assert.equal(problemIn(await dispatch(long)).errors?.[0]?.pointer, '/params/note');
  });

  test('order: a stranger learns nothing of the body, which is not even read', async () => {
    const { dispatch } = start();
    let reads = 0;
    const body = async () => {
      reads += 1;
      return new TextEncoder().encode('{"__proto__":1}');
    };
    const headers = { 'content-type': 'application/json' };
    for (const who of [{}, reader]) {
      const request = sampleRequest('PUT /api/v1/notes/n1?wrong=1', { headers: { ...headers, ...who }, body });
      const problem = problemIn(await dispatch(request));
      assert.ok(problem.status === 401 || problem.status === 403);
      assert.equal(problem.errors, undefined);
    }
    assert.equal(reads, 0);
  });

  test('rate: more than the burst, until time has passed; other addresses go on', async () => {
    const clock = createManualClock();
    const refuseRate = createRateLimit({ perSecondMax: 2, burstMax: 3, clock });
    const { dispatch } = start({ clock, refuseRate });
    const send = async (remoteAddress = '10.0.0.1') => dispatch(sampleRequest('GET /api/v1/live', { remoteAddress }));
    for (let count = 0; count < 3; count += 1) assert.equal((await send()).status, 200);
    const refused = await send();
    assert.equal(problemIn(refused).type, '/problems/too-many-requests');
    assert.equal(refused.headers['retry-after'], '1');
    assert.equal((await send('10.0.0.2')).status, 200);
    clock.move(500);
    assert.equal((await send()).status, 200);
    assert.equal((await send()).status, 429);
  });
});

describe('dispatcher fails', () => {
  const answerTo = async (error: unknown, more = {}) => {
    const setting = start({ routes: [failing(() => Promise.reject(error))], ...more });
    const response = await setting.dispatch(
      sampleRequest('POST /api/v1/fail', { headers: { 'x-request-id': 'abc-1' } }),
    );
    return { ...setting, response, problem: problemIn(response) };
  };

  test('failure: says nothing of the inside, but the id; the log says all', async () => {
    const error = new Error('secret of the inside at /srv/data');
    const { problem, response, lines } = await answerTo(error);
    assert.equal(problem.status, 500);
    assert.equal(problem.instance, 'abc-1');
    assert.ok(!bodyOf(response).includes('secret'));
    const failed = lines.find((line) => line.message === 'request failed');
    assert.equal(failed?.fields.err, error);
    assert.equal(failed?.fields.requestId, 'abc-1');
  });

  test('failure: a full disk is 507, however deep it stands', async () => {
    const codes = [{ code: 'ENOSPC' }, { code: 'EDQUOT' }, { code: 'ERR_SQLITE_ERROR', errcode: 13 }];
    for (const code of codes) {
      const error = new Error('append failed', { cause: Object.assign(new Error('write'), code) });
      assert.equal((await answerTo(error)).problem.type, '/problems/no-space');
    }
  });

  test('failure: an unknown outcome is said to be unknown', async () => {
    const error = Object.assign(new Error('lost the disk'), { name: 'JournalFailure' });
    const { problem } = await answerTo(error);
    assert.equal(problem.status, 503);
    assert.match(problem.detail, /not known whether/);
  });

  test('reply: one that does not fit its schema is a bug', async () => {
    const lying = { ...failing(() => Promise.reject()), handle: async () => ({ kind: 'reply' as const, body: 'x' }) };
    const { dispatch, lines } = start({ routes: [lying] });
    assert.equal((await dispatch(sampleRequest('POST /api/v1/fail'))).status, 500);
    assert.match(String(lines[0]?.fields.err), /a reply of sample.fail fits its schema: \/reply expected null/);
    const careless = start({ routes: [lying], checkReplies: false });
    assert.equal((await careless.dispatch(sampleRequest('POST /api/v1/fail'))).status, 200);
  });
});

describe('dispatcher logs', () => {
  test('log: ids of request and trace, route, status, actor, duration; no query', async () => {
    const records: RequestRecord[] = [];
    const { dispatch, lines } = start({ observe: (record) => records.push(record) });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await dispatch(sampleRequest('GET /api/v1/notes?limit=5', { headers: { ...reader, traceparent } }));
    assert.deepEqual(records[0], {
      requestId: 'req_00000000010000000000000000',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: '0707070707070707',
      method: 'GET',
      route: 'sample.list-notes',
      path: '/api/v1/notes',
      status: 200,
      problem: null,
      durationMs: 0,
      actor: 'token:reader',
      remoteAddress: '127.0.0.1',
    });
    assert.deepEqual(lines, [{ level: 'info', fields: records[0], message: 'request answered' }]);
  });

  test('ids: refuses those that are not well formed, and makes its own', async () => {
    const { dispatch, lines } = start();
    const bad = { 'x-request-id': 'a\nb', traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` };
    const response = await dispatch(sampleRequest('GET /nowhere', { headers: bad }));
    assert.match(response.headers['x-request-id'] ?? '', /^req_/);
    assert.equal(lines[0]?.fields.traceId, '07'.repeat(16));
    assert.equal(lines[0]?.fields.problem, 'path-not-found');
    for (const given of ['', 'x'.repeat(65), 'a b', '{}']) {
      const answer = await dispatch(sampleRequest('GET /nowhere', { headers: { 'x-request-id': given } }));
      assert.notEqual(answer.headers['x-request-id'], given);
    }
  });
});
