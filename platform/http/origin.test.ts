import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLoopback, refuseOpenBind } from './address.ts';
import { type HostPolicy, refuseForeignSite } from './origin.ts';

const local: HostPolicy = { bind: '127.0.0.1', externalUrl: null, names: [] };
const published: HostPolicy = { bind: '0.0.0.0', externalUrl: 'https://plimsoll.example', names: ['Plimsoll-0'] };
const codeOf = (policy: HostPolicy, headers: Record<string, string>, method = 'POST') =>
  refuseForeignSite(headers, method, policy)?.status ?? 'allowed';

describe('host', () => {
  test('host: takes the names of this machine with any port (tunnels move it)', () => {
    for (const host of ['127.0.0.1:4400', 'localhost', 'LOCALHOST:9999', '[::1]:4400', '127.9.9.9']) {
      assert.equal(codeOf(local, { host }), 'allowed', host);
    }
  });

  test('host: refuses every other name on loopback too', () => {
    const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.5:4400', ''];
    for (const host of [...foreign, 'a@127.0.0.1', '127.0.0.1/x', '127.0.0.1#', 'localhost:1:2', ' ']) {
      assert.equal(codeOf(local, { host }), host === '' ? 400 : 421, host);
    }
    assert.equal(codeOf(local, {}), 400);
  });

  test('host: takes the external name, further names and its addresses when published', () => {
    for (const host of ['plimsoll.example', 'plimsoll.example.', 'PLIMSOLL-0:4400', '10.0.0.5:4400', '[2001:db8::1]']) {
      assert.equal(codeOf(published, { host }), 'allowed', host);
    }
    assert.equal(codeOf(published, { host: 'other.example' }), 421);
  });
});

describe('origin', () => {
  test('origin: takes the own one, and none', () => {
    assert.equal(codeOf(local, { host: 'localhost:4400', origin: 'http://localhost:4400' }), 'allowed');
    assert.equal(codeOf(local, { host: 'localhost:80', origin: 'http://localhost' }), 'allowed');
    assert.equal(codeOf(published, { host: 'plimsoll.example', origin: 'https://plimsoll.example' }), 'allowed');
    assert.equal(codeOf(published, { host: '127.0.0.1:4400', origin: 'https://plimsoll.example' }), 'allowed');
  });

  const foreign = [
    'http://evil.example',
    'null',
    'http://localhost:3000',
    'https://localhost:4400.evil.example',
    'file://',
    'x',
  ];
  for (const origin of foreign) {
    test(`origin: refuses ${origin} for every method`, () => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        assert.equal(codeOf(local, { host: 'localhost:4400', origin }, method), 403);
      }
    });
  }

  test('origin: refuses plain http at an external name that is https', () => {
    assert.equal(codeOf(published, { host: 'plimsoll.example', origin: 'http://plimsoll.example' }), 403);
  });

  test('origin: refuses a cross-site change that comes without Origin', () => {
    const host = 'localhost:4400';
    assert.equal(codeOf(local, { host, 'sec-fetch-site': 'cross-site' }), 403);
    assert.equal(codeOf(local, { host, 'sec-fetch-site': 'same-site' }, 'DELETE'), 403);
    assert.equal(codeOf(local, { host, 'sec-fetch-site': 'cross-site' }, 'GET'), 'allowed');
    assert.equal(codeOf(local, { host, 'sec-fetch-site': 'same-origin' }), 'allowed');
  });
});

describe('bind', () => {
  const bindReason = (bind: string, isAccessControlled: boolean, isTelemetryControlled: boolean) =>
    refuseOpenBind({ bind, isAccessControlled, isTelemetryControlled });

  test('bind: loopback is always fine', () => {
    for (const bind of ['127.0.0.1', '127.1.2.3', '::1', 'localhost', '::ffff:127.0.0.1']) {
      assert.ok(isLoopback(bind), bind);
      assert.equal(bindReason(bind, false, false), null);
    }
  });

  test('bind: any other address is refused without access control, with the reason and the way out', () => {
    for (const bind of ['0.0.0.0', '::', '10.0.0.5', 'plimsoll.example', '127.0.0.1.evil.example']) {
      assert.match(bindReason(bind, false, true) ?? '', /access control is off.*bind to 127\.0\.0\.1/);
      assert.match(bindReason(bind, true, false) ?? '', /telemetry needs no token.*tokens on/);
      assert.equal(bindReason(bind, true, true), null);
    }
  });
});
