import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  areaPath,
  bandPath,
  excessPath,
  type Frame,
  gapsOf,
  linePath,
  runOnPath,
  runsOf,
  type Sample,
  type Usual,
  valueAt,
} from './series.ts';

const frame: Frame = { range: { from: 0, to: 10 }, top: 100 };
const gapped: readonly Sample[] = [
  [0, 10],
  [2, 20],
  [4, null],
  [6, 30],
  [8, null],
];

describe('a series', () => {
  test('a gap: breaks the line and is never nought', () => {
    assert.equal(linePath(frame, gapped), 'M0 90L200 80M600 70');
    assert.equal(runsOf(gapped).length, 2);
  });

  test('an area: stands on the zero line', () => {
    assert.equal(areaPath(frame, gapped.slice(0, 2)), 'M0 100L0 90L200 80V100Z');
  });

  test('nothing measured: nothing drawn', () => {
    assert.equal(linePath(frame, [[0, null]]), '');
    assert.equal(areaPath(frame, []), '');
    assert.equal(bandPath(frame, []), '');
  });

  test('missing data: a run-on at the last value, to the next sample or the end', () => {
    const gaps = gapsOf(gapped, frame.range);
    assert.deepEqual(gaps, [
      { from: 2, to: 6, value: 20 },
      { from: 6, to: 10, value: 30 },
    ]);
    assert.equal(runOnPath(frame, gaps), 'M200 80H600M600 70H1000');
  });

  test('missing from the start: no run-on, since nothing was known', () => {
    assert.deepEqual(
      gapsOf(
        [
          [0, null],
          [2, null],
        ],
        frame.range,
      ),
      [],
    );
  });
});

describe('what is over the usual', () => {
  const band: readonly Usual[] = [
    [0, 0, 50],
    [5, 0, 50],
    [10, 0, 50],
  ];

  test('a crossing between two samples: the area begins exactly there', () => {
    assert.equal(
      excessPath(
        frame,
        [
          [0, 0],
          [5, 100],
          [10, 100],
        ],
        band,
      ),
      'M250 50L500 0L1000 0L1000 50L500 50L250 50Z',
    );
  });

  test('nothing over it, or no data: nothing filled', () => {
    assert.equal(
      excessPath(
        frame,
        [
          [0, 10],
          [5, 20],
          [10, 30],
        ],
        band,
      ),
      '',
    );
    assert.equal(
      excessPath(
        frame,
        [
          [0, null],
          [5, null],
          [10, null],
        ],
        band,
      ),
      '',
    );
  });

  test('any series: the path is finite', () => {
    const value = fc.option(fc.double({ min: 0, max: 200, noNaN: true }));
    fc.assert(
      fc.property(fc.tuple(value, value, value), ([a, b, c]) => {
        assert.doesNotMatch(
          excessPath(
            frame,
            [
              [0, a],
              [5, b],
              [10, c],
            ],
            band,
          ),
          /NaN|Infinity/,
        );
      }),
    );
  });
});

describe('the reading at a moment', () => {
  test('between samples: the last one; before the first and in a gap: none', () => {
    assert.deepEqual(
      [-1, 0, 1.9, 2, 5, 7].map((at) => valueAt(gapped, at)),
      [null, 10, 10, 20, null, 30],
    );
    assert.equal(valueAt([], 3), null);
  });
});
