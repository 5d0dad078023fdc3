import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkText, readLink, readSessionText, readToken, sessionText, shownPrefix, tokenText } from './credential.ts';

const tail = '01m7xpe6002c0000000000001s';
const secret = 'Ab-_'.repeat(10).concat('xyz');

test('credentials: what was written is read back, under the right kind of id', () => {
  assert.deepEqual(readToken(tokenText({ id: `tok_${tail}`, secret })), { id: `tok_${tail}`, secret });
  assert.deepEqual(readSessionText(sessionText({ id: `ses_${tail}`, secret })), { id: `ses_${tail}`, secret });
  assert.deepEqual(readLink(linkText({ id: `lnk_${tail}`, secret })), { id: `lnk_${tail}`, secret });
});

test('credentials: the shown part of a token holds nothing of its secret', () => {
  assert.equal(shownPrefix(tokenText({ id: `tok_${tail}`, secret })), 'plt_01m7xpe6002c00');
});

test('credentials: anything else is refused', () => {
  const token = tokenText({ id: `tok_${tail}`, secret });
  for (const text of [
    '',
    'plt_',
    token.slice(1),
    `${token}A`,
    token.replace('plt_', 'PLT_'),
    `${token}\n`,
    token.replace('m', 'u'),
  ]) {
    assert.equal(readToken(text), null, text);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(readToken(text), null);
      assert.equal(readSessionText(text), null);
      assert.equal(readLink(text), null);
    }),
    { seed: 26 },
  );
});
