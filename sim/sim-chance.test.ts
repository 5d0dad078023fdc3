import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSimChance, createWords, type SimChance } from './sim-chance.ts';

const draws = (chance: SimChance, count = 20): readonly number[] =>
  Array.from({ length: count }, () => chance.fraction());

describe('sim chance', () => {
  test('sim chance: the same name gives the same draws, another name others', () => {
    assert.deepEqual(draws(createSimChance('7')), draws(createSimChance('7')));
    assert.notDeepEqual(draws(createSimChance('7')), draws(createSimChance('8')));
  });

  test('sim chance: a fork leaves its parent where it is, and the parent its forks', () => {
    const [forked, plain] = [createSimChance('7'), createSimChance('7')];
    draws(forked.fork('disk'), 5);
    assert.deepEqual(draws(forked), draws(plain));
    assert.deepEqual(draws(forked.fork('disk')), draws(createSimChance('7').fork('disk')));
  });

  test('sim chance: first words are those of the generator as published', () => {
    // The authors' C file, started from the state 1, 2, 3, 4.
    const nextWord = createWords(Int32Array.of(1, 2, 3, 4));
    const published = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849];
    assert.deepEqual(Array.from(published, nextWord), published);
  });

  test('sim chance: draws stay within their bounds and reach all of them', () => {
    const chance = createSimChance('bounds');
    const seen = new Set(Array.from({ length: 500 }, () => chance.integer(3, 6)));
    assert.deepEqual([...seen].sort(), [3, 4, 5, 6]);
    const heads = Array.from({ length: 4_000 }, () => chance.happens(0.25)).filter(Boolean).length;
    assert.ok(heads > 850 && heads < 1_150, `${heads} of 4,000`);
  });

  test('sim chance: refuses an empty range and an empty list', () => {
    const chance = createSimChance('x');
    assert.throws(() => chance.integer(2, 1), /has a range/);
    assert.throws(() => chance.pick([]), /something to pick/);
  });
});
