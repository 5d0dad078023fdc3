import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../kernel/json.ts';
import { chainHash, genesis, linkFault } from './chain.ts';
import { factDepthMax, factOf, prepareFact, type Row, rowText, rowTextLengthMax } from './row.ts';
import { parcelFact } from './testing.ts';

const rowOf = (data: JsonObject, seq = 1, previous = genesis.hash): Row => {
  const { id, subject, rest } = prepareFact(parcelFact('parcel/one', data));
  const text = rowText(seq, 1, rest);
  return { seq, id, subject, version: 1, text, hash: chainHash(previous, text) };
};

test('row: its text gives the fact back, and the fact gives the text back', () => {
  const anyData = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(anyData, (data) => {
      const { text } = rowOf(data);
      const { seq, version, ...fact } = factOf(text);
      assert.equal(rowText(seq, version, prepareFact(fact).rest), text);
      assert.deepEqual(fact.data, JSON.parse(JSON.stringify(data)));
      assert.equal(text.includes('\n'), false, 'rows can stand in a file, a line each');
    }),
  );
});

test('row: data that is too deep, too long or no JSON is refused, with its place', () => {
  const deep = (levels: number): JsonObject => (levels === 0 ? {} : { in: deep(levels - 1) });
  prepareFact(parcelFact('parcel/one', deep(factDepthMax - 1)));
  const refused: readonly (readonly [object, RegExp])[] = [
    [deep(factDepthMax), /\/in\/in.*found more than 32 levels/],
    [{ text: 'x'.repeat(rowTextLengthMax) }, /at most rowTextLengthMax characters/],
    [{ list: [1, { 'a/b': undefined }] }, /parcel\.moved \/list\/1\/a~1b: found undefined/],
    [{ when: new Map() }, /\/when: found an object of a class/],
    [{ count: 1n }, /\/count: found bigint/],
    [{ count: Number.POSITIVE_INFINITY }, /\/count: found Infinity/],
  ];
  for (const [data, words] of refused)
    assert.throws(() => prepareFact(parcelFact('parcel/one', data as JsonObject)), words);
});

test('chain: anyone can follow it with SHA-256 over the hash before and the text', () => {
  const first = rowOf({ to: 'Ghent' });
  const second = rowOf({ to: 'Bruges' }, 2, first.hash);
  const sum = createHash('sha256').update(`${first.hash}${second.text}`, 'utf8').digest('hex');
  assert.equal(second.hash, sum);
});

test('chain: any change to a row is a fault that names it', () => {
  const row = rowOf({ to: 'Ghent', via: ['Aalst'] });
  assert.equal(linkFault(genesis, row), null);
  fc.assert(
    fc.property(fc.nat(row.text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (place, character) => {
      fc.pre(row.text[place] !== character);
      const text = row.text.slice(0, place) + character + row.text.slice(place + 1);
      assert.equal(linkFault(genesis, { ...row, text })?.seq, 1);
    }),
  );
  for (const change of [{ id: 'fct_other' }, { subject: 'parcel/two' }, { version: 2 }, { hash: genesis.hash }]) {
    const fault = linkFault(genesis, { ...row, ...change });
    assert.equal(fault?.seq, 1);
    assert.match(fault?.detail ?? '', /fact 1 was changed|column \w+ of fact 1 was changed/);
  }
  assert.match(linkFault({ ...genesis, hash: row.hash }, row)?.detail ?? '', /does not follow/);
});
