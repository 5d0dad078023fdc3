import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRateLimit } from './rate-limit.ts';
import { createManualClock } from './testing/sample.ts';

describe('rate limit', () => {
  test('limit: gives back with time, never more than the burst', () => {
    const clock = createManualClock();
    const refuse = createRateLimit({ perSecondMax: 10, burstMax: 5, clock });
    const takenUntilRefused = () => {
      let taken = 0;
      while (refuse('a') === null) taken += 1;
      return taken;
    };
    assert.equal(takenUntilRefused(), 5);
    clock.move(200);
    assert.equal(takenUntilRefused(), 2);
    clock.move(3_600_000);
    assert.equal(takenUntilRefused(), 5);
  });

  test('limit: refuses with the time to wait', () => {
    const refuse = createRateLimit({ perSecondMax: 0.1, burstMax: 1, clock: createManualClock() });
    refuse('a');
    assert.equal(refuse('a')?.retryAfterSeconds, 10);
    assert.match(refuse('a')?.problem.detail ?? '', /Wait 10 s/);
  });

  test('limit: more addresses than it remembers push out the quietest, not the busy', () => {
    const refuse = createRateLimit({ perSecondMax: 1, burstMax: 2, clock: createManualClock() });
    refuse('busy');
    refuse('busy');
    for (let count = 0; count < 9_999; count += 1) refuse(`quiet ${count}`);
    assert.notEqual(refuse('busy'), null);
    for (let count = 0; count < 10_000; count += 1) refuse(`other ${count}`);
    assert.equal(refuse('busy'), null);
  });
});
