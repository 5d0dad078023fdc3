import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AssertionFailure } from './assert.ts';
import { makeId } from './id.ts';

const chance = fc.uint8Array({ minLength: 10, maxLength: 10 });
const moment = fc.integer({ min: 0, max: 2 ** 47 });

describe('id', () => {
  test('shape: a prefix and 26 characters that survive being read aloud', () => {
    fc.assert(
      fc.property(moment, chance, (at, bytes) => {
        assert.match(makeId('usr', at, bytes), /^usr_[0-9a-hjkmnp-tv-z]{26}$/);
      }),
    );
  });

  test('order: a later moment sorts later, whatever the chance', () => {
    fc.assert(
      fc.property(moment, moment, chance, chance, (one, other, left, right) => {
        fc.pre(one !== other);
        assert.equal(makeId('a', one, left) < makeId('a', other, right), one < other);
      }),
    );
  });

  test('chance: other bytes make another id', () => {
    fc.assert(
      fc.property(moment, chance, chance, (at, left, right) => {
        assert.equal(makeId('a', at, left) === makeId('a', at, right), Buffer.compare(left, right) === 0);
      }),
    );
  });

  test('refuses too little chance, and moments that are none', () => {
    assert.throws(() => makeId('usr', 1, new Uint8Array(9)), AssertionFailure);
    assert.throws(() => makeId('usr', -1, new Uint8Array(10)), AssertionFailure);
    assert.throws(() => makeId('usr', 1.5, new Uint8Array(10)), AssertionFailure);
  });
});
