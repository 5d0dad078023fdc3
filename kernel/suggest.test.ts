import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { didYouMean, nearestName } from './suggest.ts';

const services = ['checkout', 'payment', 'catalog', 'auth'];

describe('did you mean', () => {
  test('finds one wrong, missing, extra or swapped letter, and another case', () => {
    for (const found of ['chekout', 'checkoutt', 'chekcout', 'cheCKout', 'checkaut']) {
      assert.equal(nearestName(found, services), 'checkout', found);
    }
  });

  test('stays quiet when nothing is near', () => {
    assert.equal(didYouMean('gateway', services), '');
    assert.equal(didYouMean('x', []), '');
  });

  test('stays quiet on names longer than anybody types', () => {
    assert.equal(nearestName('c'.repeat(1_000), ['c'.repeat(1_000)]), undefined);
  });

  test('any text: the answer is one of the known names, or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (found, known) => {
        const name = nearestName(found, known);
        assert.ok(name === undefined || known.includes(name));
      }),
    );
  });
});
