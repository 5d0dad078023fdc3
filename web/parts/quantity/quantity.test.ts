import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { depthBeside, depthOf } from './depth.ts';
import { isobathPath } from './isobath.ts';
import { burnShare, burnTicks } from './log-scale.ts';

const count = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('depth', () => {
  test('bounds: each count takes its own tint, none is nought', () => {
    assert.deepEqual([0, 0.5, 1, 2, 3, 8, 29, 30, 100, 5000].map(depthOf), [0, 0, 1, 1, 2, 3, 3, 4, 5, 5]);
  });

  test('more: never shallower', () => {
    fc.assert(
      fc.property(count, count, count, (one, other, greatest) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(depthOf(less) <= depthOf(more));
        assert.ok(depthBeside(less, greatest) <= depthBeside(more, greatest));
      }),
    );
  });

  test('beside the greatest: it is the deepest, and a tint is a third of the next', () => {
    assert.deepEqual(
      [500, 499, 150, 40, 15, 5, 4, 0].map((given) => depthBeside(given, 500)),
      [5, 4, 4, 3, 2, 1, 0, 0],
    );
    assert.equal(depthBeside(3, 0), 0);
  });
});

describe('the isobath', () => {
  test('one cell: four edges', () => {
    assert.equal(
      isobathPath(3, 3, (column, row) => column === 1 && row === 1),
      'M1 1h1M1 1v1M2 1v1M1 2h1',
    );
  });

  test('nothing inside: no line; all inside: the outline only', () => {
    assert.equal(
      isobathPath(4, 2, () => false),
      '',
    );
    assert.equal(isobathPath(4, 2, () => true).split('M').length - 1, 2 * (4 + 2));
  });
});

describe('the scale of burn', () => {
  test('decades: evenly apart', () => {
    assert.deepEqual(
      burnTicks.map((rate) => Math.round(burnShare(rate) * 100)),
      [0, 25, 50, 75, 100],
    );
  });

  test('any rate: on the scale, and more never lies left', () => {
    fc.assert(
      fc.property(count, count, (one, other) => {
        const [low, high] = [burnShare(Math.min(one, other)), burnShare(Math.max(one, other))];
        assert.ok(low >= 0 && low <= high && high <= 1);
      }),
    );
  });
});
