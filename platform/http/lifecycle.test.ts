import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createLifecycle } from './lifecycle.ts';
import { createManualClock } from './testing/sample.ts';

describe('lifecycle', () => {
  test('stop: closes in reverse order, once', async () => {
    const closed: string[] = [];
    const lifecycle = createLifecycle(createManualClock());
    for (const name of ['journal', 'ledger', 'server']) lifecycle.add(name, async () => void closed.push(name));
    assert.deepEqual(await lifecycle.stop(10_000), []);
    assert.deepEqual(await lifecycle.stop(10_000), []);
    assert.deepEqual(closed, ['server', 'ledger', 'journal']);
  });

  test('stop: names the part that fails, and closes the others', async () => {
    const closed: string[] = [];
    const lifecycle = createLifecycle(createManualClock());
    lifecycle.add('journal', () => void closed.push('journal'));
    lifecycle.add('mail', () => {
      throw new Error('connection lost');
    });
    lifecycle.add('server', () => Promise.reject(new Error('port gone')));
    const faults = await lifecycle.stop(10_000);
    assert.deepEqual(
      faults.map(({ name, detail }) => `${name} ${detail}`),
      ['server failed to close: port gone', 'mail failed to close: connection lost'],
    );
    assert.deepEqual(closed, ['journal']);
  });

  test('stop: a part that hangs costs at most its share, and the last still has time', async () => {
    const clock = createManualClock();
    const lifecycle = createLifecycle(clock);
    let budget = 0;
    lifecycle.add('journal', (budgetMs) => {
      budget = budgetMs;
    });
    lifecycle.add('server', () => new Promise(() => undefined));
    const stopped = lifecycle.stop(10_000);
    await turn();
    clock.move(7_500);
    assert.deepEqual(await stopped, [{ name: 'server', detail: 'did not close within 7 s' }]);
    assert.equal(budget, 2_500);
  });
});
