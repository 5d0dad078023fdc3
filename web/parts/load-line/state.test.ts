import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Marks, type Measured, marksBySeason, marksOf, seasons } from './reading.ts';
import { chevronCount, isFreeboardHatched, stateOf, waterState, waterStates } from './state.ts';

const winter: Marks = marksBySeason.winter;

const anyMarks = fc
  .tuple(
    fc.double({ min: 1, max: 99, noNaN: true }),
    fc.double({ min: 1, max: 99, noNaN: true }),
    fc.double({ min: 1, max: 99, noNaN: true }),
  )
  .map((figures) => {
    const [review = 0, canary = 0, freeze = 0] = figures.toSorted((a, b) => a - b);
    return { review, canary, freeze };
  });

const share = fc.double({ min: 0, max: 200, noNaN: true });
const measured = (spent: number, more: Partial<Measured> = {}): Measured => ({
  kind: 'measured',
  spent,
  burn: 1,
  ...more,
});

describe('the state of the water', () => {
  test('each mark: acts from its own figure on', () => {
    const states = [0, 39.9, 40, 59.9, 60, 79.9, 80, 99.9, 100, 250].map((spent) => waterState(spent, winter));
    assert.deepEqual(states, [
      ...['calm', 'calm', 'watch', 'watch', 'risk', 'risk'],
      ...['frozen', 'frozen', 'exhausted', 'exhausted'],
    ]);
  });

  test('more spent: never a safer state, whatever the marks', () => {
    fc.assert(
      fc.property(anyMarks, share, share, (marks, one, other) => {
        const rank = (spent: number): number => waterStates.indexOf(waterState(spent, marks));
        assert.ok(rank(Math.min(one, other)) <= rank(Math.max(one, other)));
      }),
    );
  });

  test('a rougher season: a lower comb, so never a safer state', () => {
    fc.assert(
      fc.property(share, (spent) => {
        const ranks = seasons.map((season) => waterStates.indexOf(waterState(spent, marksBySeason[season])));
        assert.deepEqual(
          ranks,
          ranks.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test('a policy of its own: replaces the usual figures', () => {
    const policy = { ...marksBySeason, summer: { review: 10, canary: 20, freeze: 30 } };
    assert.deepEqual(marksOf(measured(15, { season: 'summer', policy })), policy.summer);
    assert.equal(stateOf(measured(15, { season: 'summer', policy })), 'watch');
  });
});

describe('the hatch of the freeboard', () => {
  test('frozen by policy or by decision: hatched', () => {
    assert.equal(isFreeboardHatched(measured(88)), true);
    assert.equal(isFreeboardHatched(measured(22, { frozenByDecision: true })), true);
  });

  test('a decision: leaves the water its own state', () => {
    assert.equal(stateOf(measured(22, { frozenByDecision: true })), 'calm');
  });

  test('free to ship, or nothing left to hatch: no hatch', () => {
    assert.equal(isFreeboardHatched(measured(22)), false);
    assert.equal(isFreeboardHatched(measured(104, { frozenByDecision: true })), false);
  });
});

describe('chevrons', () => {
  test('rates of burn: one from 2, two from 6, three from 14.4', () => {
    assert.deepEqual(
      [0, 1.99, 2, 5.99, 6, 14.3, 14.4, 900].map((burn) => chevronCount(burn)),
      [0, 0, 1, 1, 2, 2, 3, 3],
    );
  });
});
