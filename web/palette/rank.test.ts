import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Ranked, rank, scoreOf } from './rank.ts';

const entries: readonly Ranked[] = [
  { text: 'Sign out' },
  { text: 'Services' },
  { text: 'checkout', also: 'takes a basket to a paid order harbour' },
  { text: 'checkout-worker' },
  { text: 'Create a token' },
  { text: 'Tokens' },
  { text: 'gift-card-batch' },
  { text: 'Switch to night watch', also: 'theme dark' },
];

const found = (typed: string): readonly string[] => rank(typed, entries).map(({ text }) => text);

describe('rank', () => {
  test('nothing typed: all, in the order given', () => {
    assert.deepEqual(
      found('  '),
      entries.map(({ text }) => text),
    );
  });
  test('the whole name: before names that only begin with it', () => {
    assert.deepEqual(found('checkout'), ['checkout', 'checkout-worker']);
  });
  test('the beginning: before the beginning of a later word', () => {
    assert.deepEqual(found('token'), ['Tokens', 'Create a token']);
  });
  test('first letters of the words', () => {
    assert.deepEqual(found('gcb'), ['gift-card-batch']);
    assert.equal(found('so')[0], 'Sign out');
  });
  test('words in any order: each must fit', () => {
    assert.deepEqual(found('token create'), ['Create a token']);
    assert.deepEqual(found('token paper'), []);
  });
  test('a hidden word: is found, below what is seen', () => {
    assert.deepEqual(found('dark'), ['Switch to night watch']);
    assert.equal(found('harbour')[0], 'checkout');
  });
  test('letters one after the other: only from three on', () => {
    assert.deepEqual(found('ckt'), ['checkout', 'checkout-worker']);
    assert.deepEqual(found('xq'), []);
  });
  test('upper and lower case: are alike', () => {
    assert.deepEqual(found('TOKENS'), found('tokens'));
  });
  test('any text: never throws, finds itself, and loses to its own exact name never', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (typed, text) => {
        const score = scoreOf(typed, { text });
        assert.ok(score >= 0 && score <= 100);
        if (text.trim() !== '') assert.ok(scoreOf(text, { text }) > 0);
      }),
    );
  });
});
