import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { groupMarks, type Mark, targetPx } from './marks.ts';
import { clockOf, fieldsOf, labelsOf, momentAt, shareOf, type TimeRange } from './range.ts';
import { figure, ticksOf } from './ticks.ts';

const hour = 3_600_000;
const evening: TimeRange = { from: Date.UTC(2026, 10, 20, 21, 11), to: Date.UTC(2026, 10, 21, 3, 11) };

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 60_000, max: 3e9 }))
  .map(([from, length]): TimeRange => ({ from, to: from + length }));

describe('the time rule', () => {
  test('any range: fields cover it without gap or overlap, in turn dark and light', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        const fields = fieldsOf(range);
        assert.equal(fields[0]?.from, range.from);
        assert.equal(fields.at(-1)?.to, range.to);
        assert.ok(fields.length <= 26);
        for (const [at, field] of fields.entries()) {
          const before = fields[at - 1];
          assert.ok(field.from < field.to);
          assert.ok(before === undefined || (before.to === field.from && before.dark !== field.dark));
        }
      }),
    );
  });

  test('six hours: a field is a quarter of an hour', () => {
    const second = fieldsOf(evening)[1];
    assert.equal((second?.to ?? 0) - (second?.from ?? 0), hour / 4);
  });

  test('six hours: round times are written, none where the end is written', () => {
    assert.deepEqual(
      labelsOf(evening).map((label) => label.text),
      ['22:00', '23:00', '00:00', '01:00', '02:00'],
    );
  });

  test('a month: days are written, not hours', () => {
    const month = { from: Date.UTC(2026, 9, 22), to: Date.UTC(2026, 10, 21) };
    assert.match(labelsOf(month)[0]?.text ?? '', /^\d+ (Oct|Nov)$/);
  });

  test('any range: few labels, inside it', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        const labels = labelsOf(range);
        assert.ok(labels.length <= 7);
        assert.ok(labels.every(({ at }) => at >= range.from && at < range.to));
      }),
    );
  });

  test('a share and its moment: there and back', () => {
    assert.equal(momentAt(evening, shareOf(evening, evening.from + hour)), evening.from + hour);
    assert.equal(clockOf(evening.to), '03:11');
  });
});

describe('marks', () => {
  const mark = (key: number): Mark => ({ key: String(key), at: key, glyph: 'deploy', text: 'deployed', href: '#' });

  test('any marks: each is in one group, and no two targets overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 40 }), (places) => {
        const groups = groupMarks(places.map(mark), (given) => given.at);
        assert.equal(
          groups.reduce((sum, group) => sum + group.marks.length, 0),
          places.length,
        );
        for (const [at, group] of groups.entries()) {
          const before = groups[at - 1];
          assert.ok(before === undefined || group.left - before.right >= targetPx);
          assert.ok(group.right - group.left <= targetPx * Math.max(0, group.marks.length - 1));
        }
      }),
    );
  });

  test('none: no group', () => {
    assert.deepEqual(
      groupMarks([], () => 0),
      [],
    );
  });
});

describe('ticks', () => {
  test('any reach: two to four round values over nought, the last not below it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (greatest) => {
        const { values, top } = ticksOf(greatest);
        assert.ok(values.length >= 3 && values.length <= 5);
        assert.equal(values[0], 0);
        assert.ok(top >= greatest * (1 - 1e-9));
        assert.ok(top <= greatest * 5);
      }),
    );
  });

  test('latency up to 2,200 ms: thousands', () => {
    assert.deepEqual(ticksOf(2200).values, [0, 1000, 2000, 3000]);
  });

  test('nothing measured: still a scale', () => {
    assert.equal(ticksOf(0).top >= 1, true);
    assert.equal(ticksOf(-3).top >= 1, true);
  });
});

test('figures: whole from a hundred on, three digits below, the minus of print', () => {
  assert.deepEqual([2151.46, 257.4, 10.7437, 0.3161, 0, -12.34].map(figure), [
    '2,151',
    '257',
    '10.7',
    '0.316',
    '0',
    '−12.3',
  ]);
});
