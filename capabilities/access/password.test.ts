import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { normalPassword, passwordLimits, refusalOfPassword } from './password.ts';

const ana = { name: 'Anastasia Quay', email: 'anastasia.quay@harbour.example' };
const refusedBecause = (password: string): string => refusalOfPassword(password, ana)?.detail ?? '';

describe('password policy', () => {
  test('long ones of any kind are taken: words, spaces, one case, other scripts', () => {
    for (const password of [
      'seven gulls over',
      'alllowercaseletters',
      '二十四の瞳と青い海のみち',
      '🐟🦀🐙⚓🌊⛵🐚🦑🐳🐬🦈🐡',
      'Anastasia likes boats',
    ]) {
      assert.equal(refusalOfPassword(password, ana), null, password);
    }
  });
  test('length counts characters as people do, not bytes', () => {
    assert.match(refusedBecause('🐟🦀🐙⚓🌊⛵🐚🦑🐳🐬🦈'), /has 11 characters; expected 12 or more/);
    assert.match(refusedBecause('short'), /has 5 characters/);
    assert.match(refusedBecause('abcdefghij'.repeat(26)), /has 260 characters; expected 256 at the most/);
  });
  test('what is guessed first is refused: common, repeated, name, address', () => {
    assert.match(refusedBecause('Password1234'), /guessed first/);
    assert.match(refusedBecause('Correct Horse Battery Staple'), /guessed first/);
    assert.match(refusedBecause('abababababababab'), /repeats few characters/);
    for (const known of [
      'Anastasia Quay',
      'anastasiaquay123',
      'ANASTASIA.QUAY@harbour.example',
      'anastasia.quay!!2026',
    ]) {
      assert.match(refusedBecause(known), /your name or e-mail/, known);
    }
  });
  test('a person without an address is no reason to refuse', () => {
    assert.equal(refusalOfPassword('seven gulls over', { name: 'you', email: null }), null);
  });
  test('one text typed in two ways is one password', () => {
    assert.equal(normalPassword('café au lait ⅷ'), normalPassword('cafe\u0301 au lait viii'));
  });
  test('anything is answered, never thrown, and a good one never depends on kinds of characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (password) => {
        const refusal = refusalOfPassword(password, ana);
        if (refusal === null) assert.ok([...normalPassword(password)].length >= passwordLimits.charactersMin);
      }),
      { seed: 26 },
    );
  });
});
