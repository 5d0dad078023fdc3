import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { durationInWords, placeOn } from './span.ts';

describe('a span on its axis', () => {
  test('any span: never outside', () => {
    const at = fc.double({ min: -1000, max: 5000, noNaN: true });
    fc.assert(
      fc.property(at, at, (a, b) => {
        const { left, width } = placeOn({ from: 0, to: 2840 }, { from: Math.min(a, b), to: Math.max(a, b) });
        assert.ok(left >= 0 && width >= 0 && left + width <= 1 + 1e-9);
      }),
    );
  });

  test('an axis without length: nothing is drawn', () => {
    assert.deepEqual(placeOn({ from: 5, to: 5 }, { from: 0, to: 9 }), { left: 0, width: 0 });
  });
});

test('durations: as a person says them', () => {
  assert.deepEqual([0.42, 12.4, 999.4, 2840].map(durationInWords), [
    '0.4\u202fms',
    '12\u202fms',
    '999\u202fms',
    '2.84\u202fs',
  ]);
});
