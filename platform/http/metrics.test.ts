import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RequestRecord } from './exchange.ts';
import { createRegistry } from './metrics.ts';
import { metricsRoute, observeProcess, observeRequests } from './metrics-route.ts';
import { createManualClock, sampleDispatcher, sampleRequest } from './testing/sample.ts';

const answered = (route: string | null, status: number, durationMs: number) =>
  ({ route, status, durationMs }) as RequestRecord;

describe('metrics text', () => {
  test('text: counters, gauges and histograms as Prometheus reads them', () => {
    const registry = createRegistry();
    const pages = registry.counter({ name: 'pages_total', help: 'Pages sent.' });
    pages.add({ to: 'ana' });
    pages.add({ to: 'ana' }, 2);
    registry.gauge({ name: 'depth', help: 'Depth.' }, () => 7.5);
    const waits = registry.histogram({ name: 'wait_seconds', help: 'Wait.', bounds: [0.1, 1] });
    for (const value of [0.1, 0.5, 30]) waits.observe(value, { queue: 'a' });
    assert.equal(
      registry.render('prometheus'),
      [
        '# HELP pages_total Pages sent.',
        '# TYPE pages_total counter',
        'pages_total{to="ana"} 3',
        '# HELP depth Depth.',
        '# TYPE depth gauge',
        'depth 7.5',
        '# HELP wait_seconds Wait.',
        '# TYPE wait_seconds histogram',
        'wait_seconds_bucket{queue="a",le="0.1"} 1',
        'wait_seconds_bucket{queue="a",le="1"} 2',
        'wait_seconds_bucket{queue="a",le="+Inf"} 3',
        'wait_seconds_sum{queue="a"} 30.6',
        'wait_seconds_count{queue="a"} 3',
        '',
      ].join('\n'),
    );
  });

  test('text: backslash, line break and quote are escaped', () => {
    const registry = createRegistry();
    registry.counter({ name: 'odd_total', help: 'A "quoted" \\ help\nof two lines.' }).add({ path: 'C:\\a\n"b"' });
    const text = registry.render('prometheus');
    assert.match(text, /^# HELP odd_total A "quoted" \\\\ help\\nof two lines\.$/m);
    assert.match(text, /^odd_total\{path="C:\\\\a\\n\\"b\\""\} 1$/m);
    assert.match(registry.render('openmetrics'), /^# HELP odd A \\"quoted\\" \\\\ help/m);
  });

  test('text: OpenMetrics names the family without _total, and says where it ends', () => {
    const registry = createRegistry();
    registry.counter({ name: 'pages_total', help: 'Pages.' }).add();
    assert.equal(registry.render('openmetrics'), '# HELP pages Pages.\n# TYPE pages counter\npages_total 1\n# EOF\n');
  });

  test('registry: refuses a name twice, a bad name, a counter that goes down', () => {
    const registry = createRegistry();
    const counter = registry.counter({ name: 'a_total', help: '' });
    assert.throws(() => registry.counter({ name: 'a_total', help: '' }), /registered once/);
    assert.throws(() => registry.counter({ name: 'a', help: '' }), /ends in _total/);
    assert.throws(() => registry.gauge({ name: 'A-b', help: '' }, () => 1), /lower-case words/);
    assert.throws(() => counter.add({}, -1), /never goes down/);
    assert.throws(() => registry.histogram({ name: 'h', help: '', bounds: [2, 1] }), /ascend/);
  });

  test('registry: labels without end are counted together', () => {
    const registry = createRegistry();
    const counter = registry.counter({ name: 'a_total', help: '' });
    for (let index = 0; index < 5_000; index += 1) counter.add({ path: String(index) });
    const text = registry.render('prometheus');
    assert.match(text, /a_total\{path="other"\} 4000/);
    assert.ok(text.split('\n').length < 1_010);
  });
});

describe('metrics route', () => {
  const setting = () => {
    const registry = createRegistry();
    const clock = createManualClock();
    const observe = observeRequests(registry);
    return { registry, clock, observe, ...sampleDispatcher({ routes: [metricsRoute(registry)], clock, observe }) };
  };

  test('route: requests by route and status, as text', async () => {
    const { dispatch, observe } = setting();
    observe(answered('sample.list-notes', 200, 12));
    observe(answered(null, 404, 1));
    const response = await dispatch(sampleRequest('GET /metrics'));
    assert.equal(response.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const text = String(response.kind === 'whole' && response.body);
    assert.match(text, /plimsoll_http_requests_total\{route="sample\.list-notes",status="200"\} 1/);
    assert.match(text, /plimsoll_http_requests_total\{route="none",status="404"\} 1/);
    assert.match(text, /_bucket\{route="sample\.list-notes",le="0\.025"\} 1/);
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
    const open = await dispatch(sampleRequest('GET /metrics', { headers: { accept } }));
    assert.match(open.headers['content-type'] ?? '', /openmetrics/);
  });

  test('route: refuses strangers from elsewhere, also through a proxy on this machine', async () => {
    const { dispatch } = setting();
    assert.equal((await dispatch(sampleRequest('GET /metrics', { remoteAddress: '10.0.0.9' }))).status, 401);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    assert.equal((await dispatch(sampleRequest('GET /metrics', { headers }))).status, 401);
    const token = { ...headers, authorization: 'Bearer reader' };
    assert.equal((await dispatch(sampleRequest('GET /metrics', { headers: token }))).status, 200);
    assert.equal((await dispatch(sampleRequest('GET /metrics', { remoteAddress: '::1' }))).status, 200);
  });

  test('process: CPU, memory, start and lag are there, and are numbers', () => {
    const registry = createRegistry();
    const stop = observeProcess(registry, createManualClock());
    const text = registry.render('prometheus');
    stop();
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ]) {
      assert.match(text, new RegExp(`^${name} [0-9.e-]+$`, 'm'));
    }
  });
});
