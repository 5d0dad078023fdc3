import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { matchedPieces } from './matched.ts';

describe('matched pieces', () => {
  test('what was typed: found whatever its case', () => {
    assert.deepEqual(matchedPieces('Roll back', 'roll'), [
      { text: 'Roll', matched: true },
      { text: ' back', matched: false },
    ]);
  });

  test('nothing typed, nothing found: the text stays whole', () => {
    assert.deepEqual(matchedPieces('Deploy', ''), [{ text: 'Deploy', matched: false }]);
    assert.deepEqual(matchedPieces('Deploy', 'xyz'), [{ text: 'Deploy', matched: false }]);
    assert.deepEqual(matchedPieces('', 'a'), []);
  });

  test('any text: the pieces give it again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, typed) => {
        const pieces = matchedPieces(text, typed);
        assert.equal(pieces.map((piece) => piece.text).join(''), text);
        assert.ok(pieces.every((piece) => piece.text !== ''));
      }),
    );
  });
});
