import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { barsOf, daysOf, type Shift } from './shifts.ts';

const day = 86_400_000;
const thursday = Date.UTC(2026, 5, 25);
const range = { from: thursday, to: thursday + 4 * day };
const shift = (from: number, to: number, name = 'Aiko'): Shift => ({ key: `${from}`, from, to, name, kind: 'day' });

describe('bars of a calendar', () => {
  test('any shift: inside the range and as long as the time it shows', () => {
    const moment = fc.integer({ min: range.from - 2 * day, max: range.to + 2 * day });
    fc.assert(
      fc.property(moment, moment, (from, to) => {
        for (const { left, width } of barsOf(range, [shift(from, to)], 400)) {
          assert.ok(left >= 0 && width > 0 && left + width <= 1 + 1e-9);
          const shown = Math.min(to, range.to) - Math.max(from, range.from);
          assert.ok(Math.abs(width * (range.to - range.from) - shown) < 1);
        }
      }),
    );
  });

  test('outside the range, ended before it began: no bar', () => {
    assert.deepEqual(barsOf(range, [shift(range.from - day, range.from)], 400), []);
    assert.deepEqual(barsOf(range, [shift(range.to, range.to + day)], 400), []);
    assert.deepEqual(barsOf(range, [shift(range.from + day, range.from)], 400), []);
  });

  test('a name that does not fit: stands beside the bar', () => {
    const half = [shift(thursday, thursday + day / 2, 'Emil for Sam?')];
    assert.equal(barsOf(range, half, 400)[0]?.isNameInside, false);
    assert.equal(barsOf(range, half, 1200)[0]?.isNameInside, true);
  });
});

describe('days of a calendar', () => {
  test('four days: named, today marked', () => {
    assert.deepEqual(
      daysOf(range, thursday + 2.1 * day).map((one) => [one.text, one.isToday]),
      [
        ['Thu 25', false],
        ['Fri 26', false],
        ['Sat 27', true],
        ['Sun 28', false],
      ],
    );
  });

  test('a range that begins at noon: its first day is the next', () => {
    assert.equal(daysOf({ from: thursday + day / 2, to: range.to }, 0)[0]?.text, 'Fri 26');
  });
});
