import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agoOf, clockOf, countedOf, dayOf, durationOf, listOf, openingCountOf, whenOf } from './words.ts';

const now = Date.UTC(2026, 10, 21, 3, 11, 18);

describe('words of time', () => {
  test('the clock: day, date and seconds in UTC', () => {
    assert.equal(clockOf(now), 'Sat 21 Nov 03:11:18');
  });
  test('a day of another year: names the year', () => {
    assert.equal(dayOf(Date.UTC(2025, 0, 2), now), 'Thu 2 Jan 2025');
  });
  test('today: the hour alone', () => {
    assert.equal(whenOf(now - 60_000, now), '03:10');
    assert.equal(whenOf(now - 86_400_000, now), 'Fri 20 Nov, 03:11');
  });
  test('a duration: its largest unit', () => {
    const cases: readonly (readonly [number, string])[] = [
      [3_400, '3\u202fs'],
      [14 * 60_000, '14\u202fmin'],
      [47 * 3_600_000, '47\u202fh'],
      [90 * 86_400_000, '90\u202fd'],
      [-5, '0\u202fs'],
    ];
    for (const [durationMs, words] of cases) assert.equal(durationOf(durationMs), words);
  });
  test('a moment ahead of our clock: is now, never a negative age', () => {
    assert.equal(agoOf(now + 60_000, now), 'just now');
    assert.equal(agoOf(now - 120_000, now), '2\u202fmin ago');
  });
});

describe('words of number', () => {
  test('one and many', () => {
    assert.equal(countedOf(1, 'service'), '1 service');
    assert.equal(countedOf(1720, 'service'), '1,720 services');
    assert.equal(countedOf(0, 'reply', 'replies'), '0 replies');
    assert.equal(openingCountOf(6, 'service'), 'Six services');
    assert.equal(openingCountOf(13, 'service'), '13 services');
  });
  test('a list: commas and one "and"', () => {
    assert.equal(listOf([]), '');
    assert.equal(listOf(['a']), 'a');
    assert.equal(listOf(['a', 'b', 'c']), 'a, b and c');
  });
});
