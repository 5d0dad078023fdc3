import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ConsoleFiles, consolePages, readConsoleFiles } from './console-files.ts';
import { createManualClock, createSample, sampleDispatcher, sampleRequest } from './testing/sample.ts';

describe('console files', () => {
  let folder = '';
  let files: ConsoleFiles = null;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plimsoll-console-'));
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html><title>Plimsoll</title>');
    await writeFile(join(folder, 'dist', 'theme.js'), 'light');
    await writeFile(join(folder, 'dist', 'assets', 'index-4f2a9c1b.js'), 'plain');
    await writeFile(join(folder, 'dist', 'assets', 'index-4f2a9c1b.js.br'), 'brotli');
    await writeFile(join(folder, 'dist', 'assets', 'index-4f2a9c1b.js.gz'), 'gzip');
    files = await readConsoleFiles(join(folder, 'dist'));
  });
  after(() => rm(folder, { recursive: true }));

  const get = async (line: string, headers: Record<string, string> = {}, from: ConsoleFiles = files) => {
    const { dispatch } = sampleDispatcher({
      routes: createSample().routes,
      clock: createManualClock(),
      pages: consolePages(from),
    });
    const response = await dispatch(sampleRequest(line, { headers }));
    return { ...response, text: response.kind === 'whole' ? Buffer.from(response.body).toString() : '' };
  };
  const html = { accept: 'text/html,application/xhtml+xml' };

  test('page: any path of the console gives the first page, under the policy', async () => {
    for (const path of ['/', '/services/checkout', '/sign-in']) {
      const response = await get(`GET ${path}`, html);
      assert.equal(response.status, 200);
      assert.match(response.text, /<title>Plimsoll/);
      assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(response.headers['cache-control'], 'no-cache');
      const policy = response.headers['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'self'.*frame-ancestors 'none'/);
      assert.ok(!policy.includes('unsafe'));
    }
  });

  test('file: hashed ones are kept for good, in the coding that is accepted', async () => {
    const path = 'GET /assets/index-4f2a9c1b.js';
    const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(brotli.text, 'brotli');
    assert.equal(brotli.headers['content-encoding'], 'br');
    assert.equal(brotli.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(brotli.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal((await get(path, { 'accept-encoding': 'br;q=0, gzip;q=0.5' })).text, 'gzip');
    const plain = await get(path);
    assert.equal(plain.text, 'plain');
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal((await get('GET /theme.js')).headers['cache-control'], 'no-cache');
  });

  test('file: known by its tag, it is not sent again', async () => {
    const first = await get('GET /theme.js');
    const again = await get('GET /theme.js', { 'if-none-match': first.headers.etag ?? '' });
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
  });

  test('page: refuses paths of programs, files that are not there, other methods', async () => {
    assert.equal((await get('GET /api/v1/nowhere', html)).status, 404);
    assert.equal((await get('GET /metrics/x', html)).status, 404);
    assert.equal((await get('GET /assets/index-00000000.js', html)).status, 404);
    assert.equal((await get('GET /services')).status, 404);
    assert.equal((await get('POST /services', html)).status, 404);
  });

  test('page: refuses to leave the folder', async () => {
    const ways = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/%ff',
      '/a%00',
    ];
    for (const way of ways) {
      const response = await get(`GET ${way}`, html);
      assert.ok(!response.text.includes('secret'), way);
    }
  });

  test('page: says what to do when the console is not built', async () => {
    assert.equal(await readConsoleFiles(join(folder, 'nowhere')), null);
    const response = await get('GET /', html, null);
    assert.equal(response.status, 503);
    assert.match(response.text, /npm start/);
    assert.equal((await get('GET /api/v1/nowhere', html, null)).status, 404);
  });
});
