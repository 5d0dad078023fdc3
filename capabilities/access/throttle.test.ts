import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeRefusalCounter } from './refusals.ts';
import { makeThrottle, type ThrottleOptions } from './throttle.ts';

const options: ThrottleOptions = { freeFailures: 2, waitMs: 100, waitMsMax: 1_000, forgetMs: 5_000, keyCountMax: 3 };

describe('throttle', () => {
  test('free at first, then waits that double up to a limit', () => {
    const throttle = makeThrottle(options);
    const waits = Array.from({ length: 8 }, () => {
      const wait = throttle.waitMs('ana', 0);
      throttle.count('ana', 0);
      return wait;
    });
    assert.deepEqual(waits, [0, 0, 100, 200, 400, 800, 1_000, 1_000]);
  });
  test('the wait runs from the last failure, and is over when it is over', () => {
    const throttle = makeThrottle(options);
    for (const at of [0, 10]) throttle.count('ana', at);
    assert.equal(throttle.waitMs('ana', 60), 50);
    assert.equal(throttle.waitMs('ana', 110), 0);
    assert.equal(throttle.waitMs('ben', 60), 0);
  });
  test('forgets after a time, or when the try was good', () => {
    const throttle = makeThrottle(options);
    for (const at of [0, 0, 0]) throttle.count('ana', at);
    assert.equal(throttle.waitMs('ana', 0), 200);
    throttle.clear('ana');
    assert.equal(throttle.waitMs('ana', 0), 0);
    for (const at of [0, 0, 0]) throttle.count('ana', at);
    throttle.count('ana', 5_000);
    assert.equal(throttle.waitMs('ana', 5_000), 0);
  });
  test('a good try takes back itself only', () => {
    const throttle = makeThrottle(options);
    for (const at of [0, 0, 0]) throttle.count('office', at);
    throttle.takeBack('office');
    assert.equal(throttle.waitMs('office', 0), 100);
    throttle.takeBack('never seen');
  });
  test('holds a bounded number of keys; the one that failed longest ago makes room', () => {
    const throttle = makeThrottle(options);
    for (const key of ['a', 'b', 'c']) for (const at of [0, 0, 0]) throttle.count(key, at);
    throttle.count('a', 1);
    throttle.count('d', 2);
    assert.equal(throttle.waitMs('b', 2), 0);
    assert.ok(throttle.waitMs('a', 2) > 0);
    assert.ok(throttle.waitMs('c', 2) > 0);
  });
});

describe('refusal counter', () => {
  test('nothing refused: nothing to write', () => {
    assert.equal(makeRefusalCounter().due(100, true), null);
  });
  test('what came after the window was read is kept when it is written', () => {
    const counter = makeRefusalCounter();
    counter.count('token-refused', 10);
    counter.count('token-refused', 20);
    const window = counter.due(30, false);
    assert.deepEqual(window, { from: 10, to: 30, total: 2, counts: { 'token-refused': 2 } });
    counter.count('token-refused', 40);
    counter.count('forbidden', 50);
    if (window !== null) counter.written(window);
    assert.equal(counter.due(60, false), null);
    assert.deepEqual(counter.due(60, true), {
      from: 30,
      to: 60,
      total: 2,
      counts: { 'token-refused': 1, forbidden: 1 },
    });
  });
  test('a window that could not be written is counted again, at most once a minute', () => {
    const counter = makeRefusalCounter();
    counter.count('forbidden', 0);
    assert.equal(counter.due(0, false)?.total, 1);
    assert.equal(counter.due(1, false)?.total, 1);
  });
  test('codes are bounded, whoever makes them up', () => {
    const counter = makeRefusalCounter();
    for (let code = 0; code < 10_000; code += 1) counter.count(`code-${code}`, 0);
    const window = counter.due(0, true);
    assert.equal(window?.total, 10_000);
    assert.equal(Object.keys(window?.counts ?? {}).length, 41);
  });
});
