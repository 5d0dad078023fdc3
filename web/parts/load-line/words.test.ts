import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Reading } from './reading.ts';
import { labelOf, leftInWords, timesEven, whole } from './words.ts';

describe('the name of the picture', () => {
  test('a measured budget: name, spent, left, burn, state, in this order', () => {
    assert.equal(
      labelOf('checkout', { kind: 'measured', spent: 71, burn: 9.1 }),
      'checkout: 71\u202f% of the budget spent, 29\u202f% left, burning at 9.1 times the even rate, canary only',
    );
  });

  test('more spent than there was: what is left is negative', () => {
    assert.match(
      labelOf('payment', { kind: 'measured', spent: 104, burn: 22 }),
      /−4\u202f% left.*22 times.*exhausted$/,
    );
  });

  test('frozen by decision: said after the state of the water', () => {
    assert.match(
      labelOf('checkout', { kind: 'measured', spent: 22, burn: 0.3, frozenByDecision: true }),
      /carry on, frozen by decision$/,
    );
  });

  test('no data and no objective: said as such', () => {
    assert.equal(
      labelOf('queue', { kind: 'no-data', spent: 52, age: '14 min' }),
      'queue: no data for 14 min; last known 52\u202f% spent',
    );
    assert.equal(labelOf('batch', { kind: 'unknown' }), 'batch: unknown, no objective yet');
  });

  test('any reading: begins with the name and is never just that', () => {
    const number = fc.double({ min: 0, max: 500, noNaN: true });
    const reading: fc.Arbitrary<Reading> = fc.oneof(
      fc.record({ kind: fc.constant('measured' as const), spent: number, burn: number }),
      fc.record({ kind: fc.constant('no-data' as const), spent: number, age: fc.string({ minLength: 1 }) }),
      fc.constant({ kind: 'unknown' as const }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), reading, (name, given) => {
        const label = labelOf(name, given);
        assert.ok(label.startsWith(`${name}: `));
        assert.ok(label.length > name.length + 5);
        assert.doesNotMatch(label.slice(name.length), /NaN|undefined/);
      }),
    );
  });
});

describe('figures', () => {
  test('whole numbers: the minus of print, and no negative nought', () => {
    assert.deepEqual([whole(-4.2), whole(-0.2), whole(0), whole(68.6)], ['−4', '0', '0', '69']);
  });

  test('burn: one digit below ten, none above', () => {
    assert.deepEqual([timesEven(0.8), timesEven(9.94), timesEven(9.96), timesEven(55.4)], ['0.8', '9.9', '10', '55']);
  });

  test('left: negative over the deck', () => {
    assert.deepEqual([leftInWords(71), leftInWords(104)], ['29\u202f%', '−4\u202f%']);
  });
});
