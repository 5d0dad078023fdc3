import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chevronsOf, hatchOf, heightOf, hulls, outlineOf, sidesTop, sizes, waterlineOf } from './hull.ts';

const anySize = fc.constantFrom(...sizes);
const anyShare = fc.double({ min: -50, max: 1000, noNaN: true });

/** Every pair of coordinates after an absolute command. */
const points = (path: string): readonly (readonly [number, number])[] =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);

describe('the hull scale', () => {
  test('keel and deck: nought and a hundred', () => {
    for (const size of sizes) {
      assert.equal(heightOf(hulls[size], 0), hulls[size].keel);
      assert.equal(heightOf(hulls[size], 100), hulls[size].deck);
    }
  });

  test('natural sizes: as the sign was drawn', () => {
    assert.deepEqual(
      sizes.map((size) => `${hulls[size].width} × ${hulls[size].height}`),
      ['26 × 24', '54 × 64', '120 × 172', '306 × 240'],
    );
  });

  test('any share: the water stands inside the plate and the waterline inside the picture', () => {
    fc.assert(
      fc.property(anySize, anyShare, (size, spent) => {
        const hull = hulls[size];
        const water = waterlineOf(hull, spent);
        assert.ok(water <= hull.keel);
        assert.ok(water >= sidesTop(hull, water));
        assert.ok(water - hull.strokes.water / 2 >= 0);
      }),
    );
  });

  test('over the ceiling: more water draws no higher', () => {
    assert.equal(waterlineOf(hulls.service, 112), waterlineOf(hulls.service, 900));
    assert.equal(waterlineOf(hulls.row, 123), waterlineOf(hulls.row, 900));
    assert.ok(waterlineOf(hulls.row, 112) > waterlineOf(hulls.row, 123));
  });

  test('the usual outline: sides run on above the deck', () => {
    assert.equal(outlineOf(hulls.row, hulls.row.top), 'M2 3V20.5Q2 22.5 4 22.5H11Q13 22.5 13 20.5V3');
  });
});

describe('chevrons over the waterline', () => {
  test('any share and rate: all inside the picture, none on another', () => {
    fc.assert(
      fc.property(anySize, anyShare, fc.integer({ min: 0, max: 3 }), (size, spent, count) => {
        const hull = hulls[size];
        const chevrons = chevronsOf(hull, waterlineOf(hull, spent), count);
        const feet = chevrons.flatMap((chevron) => points(chevron)).map(([, y]) => y);
        assert.equal(feet.length, count);
        assert.ok(feet.every((foot) => foot - hull.chevron.half >= 0.9));
        assert.ok(feet.every((foot, at) => at === 0 || (feet[at - 1] ?? 0) - foot >= hull.chevron.gap - 0.02));
      }),
    );
  });
});

describe('hatching', () => {
  test('any rectangle: no line leaves it, every line rises at 45°', () => {
    const side = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(side, side, fc.double({ min: 2, max: 8, noNaN: true }), (width, height, step) => {
        const area = { left: 10, right: 10 + width, top: 5, bottom: 5 + height };
        const ends = points(hatchOf(area, step));
        for (const [x, y] of ends) {
          assert.ok(x >= area.left - 0.01 && x <= area.right + 0.01);
          assert.ok(y >= area.top - 0.01 && y <= area.bottom + 0.01);
        }
        for (let at = 0; at < ends.length; at += 2) {
          const [x1, y1] = ends[at] ?? [0, 0];
          const [x2, y2] = ends[at + 1] ?? [0, 0];
          assert.ok(Math.abs(x2 - x1 + (y2 - y1)) < 0.03);
        }
      }),
    );
  });

  test('no height: nothing is drawn', () => {
    assert.equal(hatchOf({ left: 0, right: 10, top: 5, bottom: 5 }, 4), '');
  });
});
