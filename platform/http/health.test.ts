import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type HealthCheck, healthRoutes } from './health.ts';
import { createManualClock, sampleDispatcher, sampleRequest } from './testing/sample.ts';

const ready: HealthCheck = { name: 'journal', check: async () => ({ isReady: true, why: 'at fact 12' }) };
const folding: HealthCheck = { name: 'ledger', check: async () => ({ isReady: false, why: 'folding; wait' }) };
const broken: HealthCheck = { name: 'records', check: () => Promise.reject(new Error('secret path')) };
const silent: HealthCheck = { name: 'store', check: () => new Promise(() => undefined) };

const askReady = (checks: readonly HealthCheck[]) => {
  const clock = createManualClock();
  const { dispatch } = sampleDispatcher({ routes: healthRoutes(checks, clock), clock });
  return { clock, answer: dispatch(sampleRequest('GET /readyz')) };
};

describe('health', () => {
  test('alive: answers whatever the parts say', async () => {
    const clock = createManualClock();
    const { dispatch } = sampleDispatcher({ routes: healthRoutes([broken], clock), clock });
    const response = await dispatch(sampleRequest('GET /healthz'));
    assert.equal(response.status, 200);
    assert.equal(response.kind === 'whole' && response.body, '{"status":"alive"}');
  });

  test('ready: each part and why', async () => {
    const response = await askReady([ready]).answer;
    assert.equal(response.status, 200);
    const body = '{"ready":true,"parts":[{"name":"journal","ready":true,"why":"at fact 12"}]}';
    assert.equal(response.kind === 'whole' && response.body, body);
  });

  test('ready: refuses with 503 while a part is not ready, throws or is silent', async () => {
    const { clock, answer } = askReady([ready, folding, broken, silent]);
    await turn();
    clock.move(2_000);
    const response = await answer;
    assert.equal(response.status, 503);
    const text = String(response.kind === 'whole' && response.body);
    assert.deepEqual(
      JSON.parse(text).parts.map((part: { name: string; ready: boolean }) => [part.name, part.ready]),
      [
        ['journal', true],
        ['ledger', false],
        ['records', false],
        ['store', false],
      ],
    );
    assert.match(text, /folding; wait.*cannot be asked.*within 2000 ms/);
    assert.ok(!text.includes('secret'));
  });
});
