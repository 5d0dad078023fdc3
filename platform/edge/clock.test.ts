import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../kernel/time.ts';
import { type Clock, realClock, sleep } from './clock.ts';

/** Timers of the real clock do not keep a process alive, so the test does. */
const soon = (delayMs = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

describe('clock: the machine’s', () => {
  test('clock: calls back once after the delay', async () => {
    let calls = 0;
    realClock.after(1, () => {
      calls += 1;
    });
    await soon();
    assert.equal(calls, 1);
  });

  test('clock: refuses to call back after a cancel, also a late or second one', async () => {
    let calls = 0;
    const cancel = realClock.after(1, () => {
      calls += 1;
    });
    cancel();
    cancel();
    await soon();
    assert.equal(calls, 0);
  });

  test('clock: a delay longer than a timer can hold does not fire at once', async () => {
    let calls = 0;
    const cancel = realClock.after(90 * day, () => {
      calls += 1;
    });
    await soon();
    cancel();
    assert.equal(calls, 0);
  });

  test('clock: the monotonic one never goes back', () => {
    let last = realClock.monotonic();
    for (let step = 0; step < 1_000; step += 1) {
      const next = realClock.monotonic();
      assert.ok(next >= last);
      last = next;
    }
  });
});

describe('sleep', () => {
  const counting = () => {
    const pending = new Set<() => void>();
    const clock: Clock = {
      now: () => 0,
      monotonic: () => 0,
      after: (_delayMs, call) => {
        pending.add(call);
        return () => pending.delete(call);
      },
    };
    return { clock, pending };
  };

  test('sleep: ends with its timer, or as soon as the signal aborts, and leaves no timer behind', async () => {
    const { clock, pending } = counting();
    const timed = sleep(clock, 5);
    for (const call of pending) call();
    await timed;
    pending.clear();
    const controller = new AbortController();
    const aborted = sleep(clock, 5, controller.signal);
    assert.equal(pending.size, 1);
    controller.abort();
    await aborted;
    assert.equal(pending.size, 0);
  });

  test('sleep: refuses to wait for a signal that aborted before', async () => {
    const { clock, pending } = counting();
    await sleep(clock, 5, AbortSignal.abort());
    assert.equal(pending.size, 0);
  });
});
