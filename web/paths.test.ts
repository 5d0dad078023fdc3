import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { insidePath, matchPath, pathTo, returnPath, withQuery } from './paths.ts';

const origin = 'https://plimsoll.example';

describe('matchPath', () => {
  test('a parameter: takes one step, decoded', () => {
    assert.deepEqual(matchPath('/services/:service', '/services/check%20out'), { service: 'check out' });
  });
  test('the root: matches the root alone', () => {
    assert.deepEqual(matchPath('/', '/'), {});
    assert.equal(matchPath('/', '/services'), null);
  });
  test('a longer or shorter address: is refused', () => {
    assert.equal(matchPath('/services/:service', '/services'), null);
    assert.equal(matchPath('/services/:service', '/services/a/b'), null);
  });
  test('broken percent signs: are refused, not thrown', () => {
    assert.equal(matchPath('/services/:service', '/services/%E0%A4%A'), null);
  });
  test('any name: survives being made an address and matched again', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        assert.deepEqual(matchPath('/services/:service', pathTo('services', name)), { service: name });
      }),
    );
  });
});

describe('withQuery', () => {
  test('a value: is set and the others stay', () => {
    assert.equal(withQuery('/audit', '?type=a', { actor: 'user:1' }), '/audit?type=a&actor=user%3A1');
  });
  test('null and empty: take the name away', () => {
    assert.equal(withQuery('/audit', 'type=a&actor=b', { type: null, actor: '' }), '/audit');
  });
});

describe('insidePath', () => {
  test('a page: is inside', () => {
    assert.equal(insidePath('/services?owner=harbour#top', origin), '/services?owner=harbour#top');
  });
  test('another site and the interfaces: are left to the browser', () => {
    for (const link of [
      'https://elsewhere.example/',
      '/api/v1/openapi.json',
      '/metrics',
      'mailto:a@b.example',
      'http://[',
    ])
      assert.equal(insidePath(link, origin), null, link);
  });
});

describe('returnPath', () => {
  test('a place in the console: is returned to', () => {
    assert.equal(returnPath('/audit?type=a', origin), '/audit?type=a');
  });
  test('another site, however it is written: is refused', () => {
    for (const wish of [
      null,
      '',
      'https://elsewhere.example',
      '//elsewhere.example',
      '/\\elsewhere.example',
      'javascript:1',
    ])
      assert.equal(returnPath(wish, origin), '/', String(wish));
  });
  test('the sign-in page: would be a circle', () => {
    assert.equal(returnPath('/sign-in?return=%2F', origin), '/');
  });
});
