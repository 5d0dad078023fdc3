import assert from 'node:assert/strict';
import https from 'node:https';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { OutboundRequest, Resolve } from './egress.ts';
import {
  closers,
  codeOf,
  egress,
  fixture,
  get,
  listen,
  names,
  redirectTo,
  serve,
  speak,
  textOf,
} from './egress-testing.ts';

describe('egress: a request that may go out', () => {
  test('egress: method, path, headers and body arrive; status, headers and body come back', async () => {
    const { seen, port } = await serve((_seen, answer) => answer.writeHead(201, { 'x-kind': 'shop' }).end('done'));
    const result = await egress()({
      method: 'POST',
      url: `http://127.0.0.1:${port}/hook?key=1#part`,
      headers: { 'Content-Type': 'text/plain', Authorization: 'Bearer secret' },
      body: 'hello',
    });
    assert.equal(textOf(result), 'done');
    assert.ok(result.outcome === 'answered');
    assert.deepEqual([result.status, result.headers['x-kind'], result.redirectsFollowed], [201, 'shop', 0]);
    assert.equal(result.origin, `http://127.0.0.1:${port}`);
    const [first] = seen;
    assert.deepEqual([first?.method, first?.url, first?.body], ['POST', '/hook?key=1', 'hello']);
    assert.equal(first?.headers.authorization, 'Bearer secret');
    assert.equal(first?.headers.host, `127.0.0.1:${port}`);
    assert.equal(first?.headers['content-length'], '5');
  });

  test('egress: a name is connected at the address it was resolved to, under its own Host', async () => {
    const { seen, port } = await serve((_seen, answer) => answer.end('shop'));
    const resolve = names({ 'shop.test': ['127.0.0.1'] });
    assert.equal(textOf(await egress({ resolve })(get(`http://shop.test:${port}/`))), 'shop');
    assert.equal(seen[0]?.headers.host, `shop.test:${port}`);
  });

  test('egress: a body comes back as it was sent, never unpacked', async () => {
    const { seen, port } = await serve((_seen, answer) =>
      answer.writeHead(200, { 'content-encoding': 'gzip' }).end('raw'),
    );
    assert.equal(textOf(await egress()(get(`http://127.0.0.1:${port}/`))), 'raw');
    assert.equal(seen[0]?.headers['accept-encoding'], 'identity');
  });

  test('egress: header names of JavaScript objects come back as headers', async () => {
    const port = await speak('HTTP/1.1 200 OK\r\nconstructor: a\r\n__proto__: b\r\ncontent-length: 0\r\n\r\n');
    const result = await egress()(get(`http://127.0.0.1:${port}/`));
    assert.ok(result.outcome === 'answered');
    assert.equal(Object.getOwnPropertyDescriptor(result.headers, '__proto__')?.value, 'b');
    assert.equal(result.headers.constructor as unknown, 'a');
  });
});

describe('egress: TLS', () => {
  const serveTls = async () => {
    const serverNames: unknown[] = [];
    const server = https.createServer({ key: fixture('shop.test.key.pem'), cert: fixture('shop.test.cert.pem') });
    server.on('secureConnection', (socket) => serverNames.push(socket.servername));
    server.on('request', (_request, answer) => answer.end('sealed'));
    closers.push(() => server.closeAllConnections());
    return { serverNames, port: await listen(server) };
  };
  const resolve = names({ 'shop.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] });
  const certificateAuthorities = [fixture('shop.test.cert.pem')];

  test('egress: the certificate is held against the name asked for, which is also sent to the server', async () => {
    const { serverNames, port } = await serveTls();
    const fetchOut = egress({ resolve, certificateAuthorities });
    assert.equal(textOf(await fetchOut(get(`https://shop.test:${port}/`))), 'sealed');
    assert.deepEqual(serverNames, ['shop.test']);
    assert.equal(codeOf(await fetchOut(get(`https://other.test:${port}/`))), 'connection-failed');
  });

  test('egress: an unknown authority is refused, whatever the environment says', async () => {
    const { port } = await serveTls();
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      assert.equal(codeOf(await egress({ resolve })(get(`https://shop.test:${port}/`))), 'connection-failed');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });
});

describe('egress: requests that are refused', () => {
  const never: Resolve = () => assert.fail('nothing is resolved for a request that is refused');
  const cases: readonly (readonly [string, Partial<OutboundRequest>])[] = [
    ['another scheme', { url: 'ftp://example.org/' }],
    ['a file', { url: 'file:///etc/passwd' }],
    ['credentials', { url: 'http://ana:secret@example.org/' }],
    ['no URL', { url: 'example.org' }],
    ['a space', { url: 'http://example.org/ x' }],
    ['a tab that URL readers drop', { url: 'http://exam\tple.org/' }],
    ['a backslash that URL readers turn', { url: 'http://example.org\\@evil.test/' }],
    ['an endless URL', { url: `http://example.org/${'a'.repeat(9_000)}` }],
    ['CONNECT', { method: 'CONNECT' }],
    ['a method of its own', { method: 'GET / HTTP/1.1\r\nX: y' }],
    ['a body on GET', { body: 'x' }],
    ['Host', { headers: { Host: 'metadata' } }],
    ['Transfer-Encoding', { headers: { 'transfer-encoding': 'chunked' } }],
    ['Content-Length', { headers: { 'Content-Length': '0' } }],
    ['a line end in a value', { headers: { 'x-a': 'b\r\nx-c: d' } }],
    ['a line end in a name', { headers: { 'x-a: b\r\nx-c': 'd' } }],
  ];
  for (const [what, more] of cases) {
    test(`egress: refuses ${what}, before anything is resolved`, async () => {
      const result = await egress({ resolve: never })(get('http://example.org/', more));
      assert.equal(codeOf(result), 'request-not-allowed');
      assert.ok(!JSON.stringify(result).includes('secret'), 'a refusal repeats no credentials');
    });
  }

  test('egress: refuses to start with a range that cannot be read, naming it', () => {
    assert.throws(() => egress({ allowPrivate: ['10.1.2.3/8'] }), /10\.1\.2\.3\/8.*expected an address/);
  });
});

describe('egress: addresses that are refused', () => {
  const writings = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://①②⑦.0.0.1/',
    'http://127。0。0。1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://[::]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://255.255.255.255/',
  ];
  for (const url of writings) {
    test(`egress: refuses ${url}`, async () => {
      const result = await egress({ allowPrivate: [] })(get(url));
      assert.equal(codeOf(result), 'address-not-allowed');
    });
  }

  test('egress: metadata and link-local stay shut when every range is opened', async () => {
    const fetchOut = egress({ allowPrivate: ['0.0.0.0/0', '::/0'] });
    for (const host of ['169.254.169.254', '[fe80::1]', '[fd00:ec2::254]', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      assert.equal(codeOf(await fetchOut(get(`http://${host}/`))), 'address-not-allowed', host);
    }
  });

  test('egress: a name is refused when any one of its addresses is', async () => {
    const { seen, port } = await serve((_seen, answer) => answer.end());
    const resolve = names({ 'mixed.test': ['127.0.0.1', '169.254.169.254'], 'odd.test': ['127.0.0.1', '0x7f.1'] });
    for (const host of ['mixed.test', 'odd.test']) {
      assert.equal(codeOf(await egress({ resolve })(get(`http://${host}:${port}/`))), 'address-not-allowed');
    }
    assert.equal(seen.length, 0);
  });

  test('egress: the refusal names the host, the address, and who can open it', async () => {
    const resolve = names({ 'db.internal': ['10.0.0.7'] });
    const result = await egress({ resolve })(get('http://db.internal/secret-path'));
    assert.ok(result.outcome === 'refused');
    assert.match(result.detail, /"db\.internal" stands for 10\.0\.0\.7, a private address; .*operator has opened/);
    assert.ok(!result.detail.includes('secret-path'));
  });

  test('egress: any address that answers a name is either allowed or not connected to', async () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('127.0.0.1', '::1', '169.254.169.254', 'localhost', ''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.filter((one) => one !== '127.0.0.1'),
          { minLength: 1, maxLength: 3 },
        ),
        async (found) => {
          // A bad address last: were one good address enough, this would go out and time out instead of being refused.
          const resolve = names({ 'any.test': [...found, '10.0.0.1'] });
          assert.equal(
            codeOf(await egress({ resolve, allowPrivate: [] })(get('http://any.test/'))),
            'address-not-allowed',
          );
        },
      ),
    );
  });
});

describe('egress: DNS that changes its answer', () => {
  test('egress: a name is resolved once, so a second answer is never connected to', async () => {
    const inside = await serve((_seen, answer) => answer.end('inside'));
    let asked = 0;
    const resolve: Resolve = () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? '127.0.0.2' : '127.0.0.1']);
    };
    // Nothing listens at 127.0.0.2, where the first answer leads; the second answer would have reached the server.
    const fetchOut = egress({ resolve, allowPrivate: ['127.0.0.2/32'] });
    assert.equal(codeOf(await fetchOut(get(`http://rebind.test:${inside.port}/`))), 'connection-failed');
    assert.equal(asked, 1);
    assert.equal(inside.seen.length, 0);
  });

  test('egress: a redirect to the same name is resolved and checked again', async () => {
    const { seen, port } = await redirectTo(302, '/again');
    let asked = 0;
    const resolve: Resolve = () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? '127.0.0.1' : '169.254.169.254']);
    };
    assert.equal(codeOf(await egress({ resolve })(get(`http://rebind.test:${port}/`))), 'address-not-allowed');
    assert.equal(seen.length, 1);
  });
});
