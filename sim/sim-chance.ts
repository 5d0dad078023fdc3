import { createHash } from 'node:crypto';
import { assert } from '../kernel/assert.ts';
import type { Chance } from '../platform/edge/chance.ts';

/** Seeded chance. The same seed and name give the same draws, on every machine. */
export interface SimChance extends Chance {
  /** From 0 up to, not with, 1. */
  fraction(): number;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  /** True in a share of all draws. */
  happens(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /**
   * A source of its own. Draws from it leave this one where it is, so a new draw in one part of the simulation does not
   * shift what happens in another, and an old seed still means nearly the same run.
   */
  fork(name: string): SimChance;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Words of 32 bits: xoshiro128** 1.1 by Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c (public domain). */
export function createWords(state: Int32Array): () => number {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  return () => {
    const word = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return word >>> 0;
  };
}

/** The generator must not start from all zeros; a digest never is. */
const stateOf = (name: string): Int32Array => {
  const digest = createHash('sha256').update(name).digest();
  return Int32Array.from({ length: 4 }, (_, place) => digest.readInt32LE(place * 4));
};

/** Makes seeded chance. @param name a seed as text, or a path of names below it */
export function createSimChance(name: string): SimChance {
  const nextWord = createWords(stateOf(name));
  const fraction = (): number => nextWord() / 2 ** 32;
  const integer = (least: number, most: number): number => {
    assert(Number.isSafeInteger(least) && Number.isSafeInteger(most) && least <= most, 'a draw has a range');
    return least + Math.floor(fraction() * (most - least + 1));
  };
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => nextWord() >>> 24),
    fraction,
    integer,
    happens: (probability) => fraction() < probability,
    pick(items) {
      assert(items.length > 0, 'a pick has something to pick from');
      return items[integer(0, items.length - 1)] as (typeof items)[number];
    },
    fork: (child) => createSimChance(`${name}/${child}`),
  };
}
