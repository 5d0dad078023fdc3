import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseCookies, setCookieOf } from './cookies.ts';

describe('cookies', () => {
  test('header: read by name, the first of two', () => {
    const cookies = parseCookies('plimsoll_session=abc.def; theme=night;theme=day; empty=');
    assert.deepEqual({ ...cookies }, { plimsoll_session: 'abc.def', theme: 'night', empty: '' });
    assert.deepEqual({ ...parseCookies(undefined) }, {});
  });

  test('header: leaves out what is no cookie, and never reaches a prototype', () => {
    const cookies = parseCookies('lonely; =x; a b=c; q="quoted"; __proto__=admin; n=a,b');
    assert.deepEqual(Object.keys(cookies), ['__proto__']);
    assert.equal(Object.getPrototypeOf(cookies), null);
  });

  test('answer: same site only, secure where the address is', () => {
    const cookie = { name: 'plimsoll_session', value: 'abc', maxAgeSeconds: 60, httpOnly: true };
    assert.equal(
      setCookieOf(cookie, true),
      'plimsoll_session=abc; Path=/; Max-Age=60; SameSite=Strict; HttpOnly; Secure',
    );
    assert.equal(
      setCookieOf({ ...cookie, httpOnly: false }, false),
      'plimsoll_session=abc; Path=/; Max-Age=60; SameSite=Strict',
    );
  });

  test('answer: refuses a value that would smuggle in another attribute', () => {
    for (const value of ['a; Domain=evil.example', 'a\r\nX: y', 'a b', 'a,b']) {
      assert.throws(() => setCookieOf({ name: 'n', value, maxAgeSeconds: 0, httpOnly: true }, true), /law broken/);
    }
  });
});
