import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { box, type Interval, verdictOf, verdictPaths, xOf, yOf } from './verdict.ts';

const interval = (at: number, low: number, high: number): Interval => ({ at, low, middle: (low + high) / 2, high });

describe('a verdict', () => {
  test('wholly above what is allowed: worse, from the first such interval on', () => {
    const given = [interval(0, -40, 90), interval(1, 5, 40), interval(2, 11, 30), interval(3, 12, 28)];
    assert.deepEqual(verdictOf(given, 10), { verdict: 'worse', at: given[2] });
  });

  test('wholly at or below it: no worse', () => {
    assert.equal(verdictOf([interval(0, -40, 90), interval(1, -5, 10)], 10).verdict, 'no-worse');
  });

  test('still across, or nothing seen: undecided', () => {
    assert.equal(verdictOf([interval(0, -40, 90)], 10).verdict, 'undecided');
    assert.equal(verdictOf([], 10).verdict, 'undecided');
  });

  test('once decided: more data does not take it back', () => {
    const bound = fc.double({ min: -100, max: 100, noNaN: true });
    const intervals = fc.array(fc.tuple(bound, bound), { maxLength: 20 });
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 20 }), (bounds, count) => {
        const all = bounds.map(([a, b], at) => interval(at, Math.min(a, b), Math.max(a, b)));
        const early = verdictOf(all.slice(0, count), 10);
        assert.ok(early.verdict === 'undecided' || early.verdict === verdictOf(all, 10).verdict);
      }),
    );
  });
});

describe('the picture of a verdict', () => {
  const frame = { from: 0, to: 10, low: -20, high: 60 };

  test('any interval: drawn inside the picture', () => {
    const any = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(any, any, (at, value) => {
        assert.ok(xOf(frame, at) >= box.left && xOf(frame, at) <= box.right);
        assert.ok(yOf(frame, value) >= box.top && yOf(frame, value) <= box.bottom);
      }),
    );
  });

  test('the band: out along the upper edge and back along the lower', () => {
    const { band } = verdictPaths(frame, [interval(0, -20, 60), interval(10, 20, 20)]);
    assert.equal(band, 'M40 4L340 45L340 45L40 86Z');
  });

  test('nothing seen: nothing drawn', () => {
    assert.deepEqual(verdictPaths(frame, []), { band: '', edges: '', middle: '' });
  });
});
