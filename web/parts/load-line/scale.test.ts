import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { labelGapMin, spread } from '../spread.ts';
import { hulls } from './hull.ts';
import { type Measured, marksBySeason, type Reading, seasons } from './reading.ts';
import { forecastLine, freeboardOf, labelsOf, rulerOf, seasonTicks } from './scale.ts';

const hull = hulls.service;
const measured = (spent: number, more: Partial<Measured> = {}): Measured => ({
  kind: 'measured',
  spent,
  burn: 1,
  ...more,
});

const share = fc.double({ min: 0, max: 160, noNaN: true });
const mark = fc.double({ min: 0, max: 100, noNaN: true });
const anyMarks = fc.tuple(mark, mark, mark).map(([review, canary, freeze]) => ({ review, canary, freeze }));
const anyReading: fc.Arbitrary<Reading> = fc.oneof(
  fc.record({ spent: share, season: fc.constantFrom(...seasons), marks: anyMarks, forecast: share }).map(
    ({ spent, season, marks, forecast }): Reading => ({
      kind: 'measured',
      spent,
      burn: 1,
      season,
      policy: { summer: marks, winter: marks, 'north-atlantic': marks },
      forecast: { spent: forecast, when: 'in 3 h' },
    }),
  ),
  share.map((spent): Reading => ({ kind: 'no-data', spent, age: '14 min' })),
);

describe('labels', () => {
  test('any reading: never closer than 12.5 px, in order of height, inside the picture', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const labels = labelsOf(hull, reading);
        for (const [at, label] of labels.entries()) {
          const above = labels[at - 1];
          assert.ok(above === undefined || label.y - above.y >= labelGapMin - 1e-9);
          assert.ok(above === undefined || label.wanted >= above.wanted);
          assert.ok(label.y > 0 && label.y <= hull.keel);
        }
      }),
    );
  });

  test('water close over a mark: the mark gives way', () => {
    const labels = labelsOf(hull, measured(47));
    assert.deepEqual(
      labels.map((label) => label.text),
      ['Deck 100', 'Freeze 80', 'Canary only 60', '47 spent', 'Second review 40'],
    );
    assert.equal(labelsOf(hull, measured(41)).find((label) => label.kind === 'water')?.y, 146.1);
    assert.equal(labelsOf(hull, measured(41)).at(-1)?.y, 158.6);
  });

  test('no data: the label tells the age', () => {
    const labels = labelsOf(hull, { kind: 'no-data', spent: 52, age: '14 min' });
    assert.ok(labels.some((label) => label.text === '52 spent, 14 min ago'));
  });

  test('no objective: no label', () => {
    assert.deepEqual(labelsOf(hull, { kind: 'unknown' }), []);
  });
});

describe('spreading', () => {
  test('enough room: nobody moves', () => {
    assert.deepEqual(spread([10, 30, 60], 100), [10, 30, 60]);
  });

  test('no room at the bottom: pushed up again', () => {
    assert.deepEqual(spread([95, 98, 100], 100, 10), [80, 90, 100]);
  });

  test('nothing: nothing', () => {
    assert.deepEqual(spread([], 100), []);
  });
});

describe('the forecast', () => {
  test('over the waterline: a line and words', () => {
    const line = forecastLine(hull, measured(71, { forecast: { spent: 87, when: 'in 3 h' } }));
    assert.deepEqual(line, { y: 58.7, text: '87 in 3 h' });
  });

  test('at or under the waterline, or over the ceiling with it: none', () => {
    assert.equal(forecastLine(hull, measured(71, { forecast: { spent: 71, when: 'in 3 h' } })), undefined);
    assert.equal(forecastLine(hull, measured(71, { forecast: { spent: 60, when: 'in 3 h' } })), undefined);
    assert.equal(forecastLine(hull, measured(120, { forecast: { spent: 140, when: 'in 3 h' } })), undefined);
  });
});

describe('the freeboard', () => {
  test('a long arrow: has a number', () => {
    assert.equal(freeboardOf(hull, measured(31))?.number, '69');
  });

  test('a short arrow: no number', () => {
    const freeboard = freeboardOf(hull, measured(88));
    assert.ok(freeboard !== undefined);
    assert.equal(freeboard.number, undefined);
  });

  test('nearly or wholly spent: no arrow', () => {
    assert.equal(freeboardOf(hull, measured(95)), undefined);
    assert.equal(freeboardOf(hull, measured(130)), undefined);
  });
});

describe('the season ticks', () => {
  test('winter: bold on the mark in force', () => {
    assert.deepEqual(
      seasonTicks(hull, measured(31)).map((tick) => [tick.letter, tick.y, tick.inForce]),
      [
        ['S', 53, false],
        ['W', 72, true],
        ['N', 100.5, false],
      ],
    );
  });

  test('a policy without seasons: the letters still stand apart', () => {
    const same = marksBySeason.winter;
    const ticks = seasonTicks(hull, measured(31, { policy: { summer: same, winter: same, 'north-atlantic': same } }));
    assert.deepEqual(
      ticks.map((tick) => tick.letterY),
      [72, 84.5, 97],
    );
  });
});

test('the ruler: a tick every ten, a number every twenty', () => {
  const ruler = rulerOf(hull);
  assert.equal(ruler.length, 11);
  assert.deepEqual(
    ruler.filter((tick) => tick.numbered).map((tick) => tick.share),
    [0, 20, 40, 60, 80, 100],
  );
});
