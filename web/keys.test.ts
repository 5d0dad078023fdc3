import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createKeyReader, type KeyPress } from './keys.ts';

const bindings = ['ctrl k', '?', 'g s', 'g b'].map((keys) => ({ keys, does: keys, run: () => {} }));

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  isControl: false,
  isAlt: false,
  isTyping: false,
  at: 0,
  ...more,
});

const readAll = (...presses: readonly KeyPress[]): (string | undefined)[] => {
  const read = createKeyReader(() => bindings);
  return presses.map((one) => read(one)?.keys);
};

describe('keys', () => {
  test('control and a letter: works while typing too', () => {
    assert.deepEqual(readAll(press('k', { isControl: true, isTyping: true })), ['ctrl k']);
    assert.deepEqual(readAll(press('K', { isControl: true })), ['ctrl k']);
  });
  test('a pair: takes both letters within its time', () => {
    assert.deepEqual(readAll(press('g'), press('s', { at: 1_000 })), [undefined, 'g s']);
    assert.deepEqual(readAll(press('g'), press('s', { at: 2_000 })), [undefined, undefined]);
  });
  test('a wrong second letter: ends the pair', () => {
    assert.deepEqual(readAll(press('g'), press('x'), press('s')), [undefined, undefined, undefined]);
  });
  test('g g s: the second g opens a new pair', () => {
    assert.deepEqual(readAll(press('g'), press('g'), press('s')), [undefined, undefined, 'g s']);
  });
  test('letters in a field: are text', () => {
    assert.deepEqual(readAll(press('?', { isTyping: true }), press('g', { isTyping: true }), press('s')), [
      undefined,
      undefined,
      undefined,
    ]);
  });
  test('alt: belongs to the browser', () => {
    assert.deepEqual(readAll(press('k', { isControl: true, isAlt: true })), [undefined]);
  });
});
