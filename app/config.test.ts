import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ConfigFault, readConfig, refuseUnknownVariables } from './config.ts';

const refused = (message: RegExp) => (failure: unknown) =>
  failure instanceof ConfigFault && message.test(failure.message);

describe('config', () => {
  test('standard values: loopback, port 4400, ./data', () => {
    const config = readConfig({}, {});
    assert.deepEqual(
      { data: config.data, bind: config.bind, httpPort: config.httpPort, ops: config.ops },
      { data: './data', bind: '127.0.0.1', httpPort: 4400, ops: null },
    );
  });

  test('a flag beats the environment, which beats the standard value', () => {
    assert.equal(readConfig({ 'http-port': '1' }, { PLIMSOLL_HTTP_PORT: '2' }).httpPort, 1);
    assert.equal(readConfig({}, { PLIMSOLL_HTTP_PORT: '2' }).httpPort, 2);
  });

  test('an empty variable is as good as none', () => {
    assert.equal(readConfig({}, { PLIMSOLL_HTTP_PORT: '' }).httpPort, 4400);
  });

  test('port: what is no port is refused, with the place it was given', () => {
    assert.throws(
      () => readConfig({ 'http-port': '70000' }, {}),
      refused(/--http-port is "70000"; expected a port from 0/),
    );
    assert.throws(() => readConfig({}, { PLIMSOLL_HTTP_PORT: 'http' }), refused(/PLIMSOLL_HTTP_PORT is "http"/));
  });

  test('bind: a name is refused, an address is taken', () => {
    assert.throws(() => readConfig({ bind: 'localhost' }, {}), refused(/expected an IP address/));
    assert.equal(readConfig({ bind: '::1' }, {}).bind, '::1');
  });

  test('external URL: a path or another scheme is refused', () => {
    for (const url of ['plimsoll.example', 'ftp://plimsoll.example', 'https://plimsoll.example/console']) {
      assert.throws(() => readConfig({ 'external-url': url }, {}), refused(/--external-url/), url);
    }
    assert.equal(
      readConfig({ 'external-url': 'https://plimsoll.example/' }, {}).externalUrl,
      'https://plimsoll.example',
    );
  });

  test('TLS: a certificate without a key is refused', () => {
    assert.throws(() => readConfig({ 'tls-cert': 'a.pem' }, {}), refused(/go together/));
  });

  test('bootstrap token: under 32 characters is refused, and not shown', () => {
    const short = 'hunter2-hunter2';
    assert.throws(
      () => readConfig({}, { PLIMSOLL_BOOTSTRAP_TOKEN: short }),
      (failure) =>
        failure instanceof ConfigFault &&
        !failure.message.includes(short) &&
        /expected 32 or more/.test(failure.message),
    );
  });

  test('unknown variable: a typo is refused with the name that was meant', () => {
    assert.throws(
      () => refuseUnknownVariables({ PLIMSOLL_HTP_PORT: '1' }, []),
      refused(/Did you mean "PLIMSOLL_HTTP_PORT"/),
    );
    refuseUnknownVariables({ PLIMSOLL_TOKEN: 'x', PATH: 'y' }, ['PLIMSOLL_TOKEN']);
  });

  test('any text: a setting is read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('http-port', 'bind', 'external-url'), (given, flag) => {
        try {
          readConfig({ [flag]: given }, {});
        } catch (failure) {
          assert.ok(failure instanceof ConfigFault);
        }
      }),
    );
  });
});
