import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Chance, idsFrom, makeSecret, realChance } from './chance.ts';
import { realClock } from './clock.ts';

describe('chance', () => {
  test('chance: gives as many bytes as asked for, never the same twice', () => {
    assert.equal(realChance.bytes(0).length, 0);
    assert.equal(realChance.bytes(16).length, 16);
    assert.notDeepEqual(realChance.bytes(16), realChance.bytes(16));
  });

  test('chance: a secret has 43 characters that are safe in a URL and a header', () => {
    assert.match(makeSecret(realChance), /^[A-Za-z0-9_-]{43}$/);
  });

  test('chance: ids carry the clock’s time and refuse to repeat', () => {
    const nextId = idsFrom(realClock, realChance);
    const ids = new Set(Array.from({ length: 1_000 }, () => nextId('usr')));
    assert.equal(ids.size, 1_000);
  });

  test('chance: refuses a source that gives too few bytes for an id', () => {
    const dry: Chance = { bytes: () => new Uint8Array(3) };
    assert.throws(() => idsFrom(realClock, dry)('usr'), /ten bytes of chance/);
  });
});
