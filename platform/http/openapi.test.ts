import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { healthRoutes } from './health.ts';
import { createRegistry } from './metrics.ts';
import { metricsRoute } from './metrics-route.ts';
import { withOpenApi } from './openapi.ts';
import { openApiFaults } from './testing/openapi-faults.ts';
import { createManualClock, createSample, sampleDispatcher, sampleRequest } from './testing/sample.ts';

const info = { title: 'Sample', version: '1.2.3', description: 'Notes.' };
const clock = createManualClock();
const routes = withOpenApi(
  [...createSample().routes, ...healthRoutes([], clock), metricsRoute(createRegistry())],
  info,
);

const read = async (): Promise<JsonObject> => {
  const { dispatch } = sampleDispatcher({ routes, clock });
  const response = await dispatch(sampleRequest('GET /api/v1/openapi.json'));
  assert.equal(response.status, 200);
  return JSON.parse(String(response.kind === 'whole' && response.body));
};

const at = (value: JsonValue | undefined, ...steps: readonly string[]): JsonValue | undefined =>
  steps.reduce<JsonValue | undefined>((found, step) => (found as Record<string, JsonValue>)?.[step], value);

describe('openapi', () => {
  test('document: is sound, and describes every route', async () => {
    const document = await read();
    assert.deepEqual(openApiFaults(document), []);
    assert.equal(document.openapi, '3.1.0');
    const count = Object.values(document.paths as Record<string, object>).flatMap(Object.keys).length;
    assert.equal(count, routes.length);
  });

  test('document: parameters, body, replies and problems as the route declares them', async () => {
    const document = await read();
    const write = at(document, 'paths', '/api/v1/notes/{note}', 'put');
    assert.equal(at(write, 'operationId'), 'sample.write-note');
    assert.deepEqual(at(write, 'parameters', '0', 'schema'), { type: 'string', minLength: 1, maxLength: 40 });
    assert.equal(at(write, 'requestBody', 'content', 'application/json', 'schema', 'additionalProperties'), false);
    assert.deepEqual(Object.keys(at(write, 'responses') as object), [
      '201',
      '400',
      '401',
      '403',
      '413',
      '415',
      '429',
      '500',
    ]);
    const erase = at(document, 'paths', '/api/v1/notes/{note}', 'delete', 'responses');
    assert.equal(at(erase, '404', 'description'), 'note-not-found');
    assert.equal(at(erase, '204', 'content'), undefined);
    assert.deepEqual(at(document, 'paths', '/healthz', 'get', 'security'), []);
    const metrics = at(document, 'paths', '/metrics', 'get', 'responses', '200', 'content');
    assert.deepEqual(at(metrics, 'text/plain'), { schema: { type: 'string' } });
  });

  test('check: finds what is unsound', () => {
    const sound = {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: { '/a/{b}': { get: { operationId: 'a.b', parameters: [], responses: { '200': { description: '' } } } } },
    };
    assert.match(openApiFaults(sound).join(), /\/a\/\{b\} get does not declare \{b\}/);
    const twice = { ...sound, paths: { '/a': sound.paths['/a/{b}'], '/b': sound.paths['/a/{b}'] } };
    assert.match(openApiFaults(twice).join(), /operationId a\.b stands twice/);
    const dangling = { ...sound, paths: {}, components: { schemas: { A: { $ref: '#/components/schemas/B' } } } };
    assert.match(openApiFaults(dangling).join(), /\$ref #\/components\/schemas\/B leads nowhere/);
    assert.match(openApiFaults({ openapi: '3.0.0' }).join(), /expected openapi 3\.1.*expected info/s);
  });
});
