import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Type from 'typebox';
import type { AnyRoute, Method } from './route.ts';
import { createRouter } from './router.ts';

const routeAt = (method: Method, path: string): AnyRoute => ({
  name: `sample.${method}-${path}`,
  method,
  path,
  summary: 'A sample.',
  permission: 'open',
  shape: { reply: Type.Null() },
  handle: async () => ({ kind: 'reply', body: null }),
});

const match = createRouter([
  routeAt('GET', '/api/v1/tokens'),
  routeAt('POST', '/api/v1/tokens'),
  routeAt('GET', '/api/v1/tokens/mine'),
  routeAt('DELETE', '/api/v1/tokens/:token'),
  routeAt('GET', '/api/v1/people/:user/grants/:grant'),
]);

const pathOf = (method: string, path: string) => {
  const found = match(method, path);
  return found.outcome === 'matched' ? [found.route.path, found.params] : found.outcome;
};

describe('router', () => {
  test('match: by method, literal before parameter, parameters decoded', () => {
    assert.deepEqual(pathOf('POST', '/api/v1/tokens'), ['/api/v1/tokens', {}]);
    assert.deepEqual(pathOf('GET', '/api/v1/tokens/mine'), ['/api/v1/tokens/mine', {}]);
    assert.deepEqual(pathOf('DELETE', '/api/v1/tokens/tok%2F1'), ['/api/v1/tokens/:token', { token: 'tok/1' }]);
    assert.deepEqual(pathOf('GET', '/api/v1/people/ana/grants/g1'), [
      '/api/v1/people/:user/grants/:grant',
      { user: 'ana', grant: 'g1' },
    ]);
    assert.deepEqual(pathOf('HEAD', '/api/v1/tokens'), ['/api/v1/tokens', {}]);
  });

  test('match: refuses another method, and names those that exist', () => {
    assert.deepEqual(match('PUT', '/api/v1/tokens'), {
      outcome: 'wrong-method',
      allowed: ['GET', 'POST', 'HEAD', 'OPTIONS'],
    });
    assert.equal(pathOf('HEAD', '/api/v1/tokens/x'), 'wrong-method');
  });

  test('match: refuses an unknown path, and says the near one', () => {
    assert.deepEqual(match('GET', '/api/v1/token'), { outcome: 'unknown', hint: ' Did you mean "/api/v1/tokens"?' });
    assert.deepEqual(match('GET', '/api/v1/people/ana/grant/g1'), {
      outcome: 'unknown',
      hint: ' Did you mean "/api/v1/people/ana/grants/g1"?',
    });
    for (const path of ['/', '', '/api/v1/tokens/', '//api/v1/tokens', `/${'a/'.repeat(50_000)}`, '/__proto__']) {
      assert.equal(match('GET', path).outcome, 'unknown', path.slice(0, 30));
    }
  });

  test('match: refuses parameters that are not text', () => {
    for (const raw of ['%ff', '%', '%00', '%e0%a4']) {
      assert.equal(match('DELETE', `/api/v1/tokens/${raw}`).outcome, 'not-decodable');
    }
  });
});
