import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hold } from './held.ts';

const keyOf = (item: number): string => String(item);

describe('held list', () => {
  test('nobody reads: all is shown', () => {
    assert.deepEqual(hold([3, 2, 1], keyOf, null), { shown: [3, 2, 1], waitingCount: 0 });
  });
  test('somebody reads: what came since waits above', () => {
    assert.deepEqual(hold([4, 3, 2, 1], keyOf, '2'), { shown: [2, 1], waitingCount: 2 });
  });
  test('nothing came: nothing waits', () => {
    assert.deepEqual(hold([2, 1], keyOf, '2'), { shown: [2, 1], waitingCount: 0 });
  });
  test('the item held at is gone: all is shown rather than nothing', () => {
    assert.deepEqual(hold([9, 8], keyOf, '2'), { shown: [9, 8], waitingCount: 0 });
  });
});
