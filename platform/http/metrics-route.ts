import { monitorEventLoopDelay } from 'node:perf_hooks';
import Type from 'typebox';
import { problemOf } from '../../kernel/problem.ts';
import { second } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import { isLoopback } from './address.ts';
import type { RequestRecord } from './exchange.ts';
import { type MetricsFormat, metricsContentTypes, type Registry } from './metrics.ts';
import type { AnyRoute, Call, Shape } from './route.ts';

/** Seconds; fine around the 200 ms that users are promised, coarse beyond. */
const durationBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

/** Counts and times every request by route and status; the returned function goes into the dispatcher as `observe`. */
export function observeRequests(registry: Registry): (record: RequestRecord) => void {
  const requests = registry.counter({ name: 'plimsoll_http_requests_total', help: 'Requests answered.' });
  const durations = registry.histogram({
    name: 'plimsoll_http_request_duration_seconds',
    help: 'Time from a request to its answer; of event streams to their first byte.',
    bounds: durationBounds,
  });
  return ({ route, status, durationMs }) => {
    const name = route ?? 'none';
    requests.add({ route: name, status: String(status) });
    durations.observe(durationMs / second, { route: name });
  };
}

/** Registers what the process uses, under the names that every dashboard knows. The returned function stops the sampling. */
export function observeProcess(registry: Registry, clock: Clock): () => void {
  const startedAt = clock.now() / second - process.uptime();
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  };
  registry.readCounter(
    { name: 'process_cpu_seconds_total', help: 'CPU time used, in user and system mode.' },
    cpuSeconds,
  );
  registry.gauge({ name: 'process_resident_memory_bytes', help: 'Memory that is resident.' }, () =>
    process.memoryUsage.rss(),
  );
  registry.gauge(
    { name: 'process_start_time_seconds', help: 'When the process started, in seconds since 1970.' },
    () => startedAt,
  );
  registry.gauge({ name: 'nodejs_heap_size_used_bytes', help: 'Heap in use.' }, () => process.memoryUsage().heapUsed);
  registry.gauge(
    { name: 'nodejs_eventloop_lag_p99_seconds', help: 'Event loop delay, 99th percentile since the last scrape.' },
    () => {
      // Nanoseconds, and counted from zero again: a lag of last week must not hide that of this minute.
      const lag = delay.percentile(99) / 1e9;
      delay.reset();
      return Number.isFinite(lag) ? lag : 0;
    },
  );
  return () => delay.disable();
}

/**
 * True when the caller is on this machine itself. Behind a reverse proxy on this machine every caller would look so, hence
 * the headers that proxies add, and the name that was asked for, must say the same.
 */
function isOnThisMachine({ remoteAddress, headers }: Pick<Call<Shape>, 'remoteAddress' | 'headers'>): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  return isLoopback(remoteAddress) && isLoopback(name) && !isForwarded;
}

const formatFor = (accept: string | undefined): MetricsFormat =>
  accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'prometheus';

/** `/metrics` as Prometheus scrapes it: open on this machine, from elsewhere with a session or a token. */
export function metricsRoute(registry: Registry): AnyRoute {
  return {
    name: 'http.read-metrics',
    method: 'GET',
    path: '/metrics',
    summary: 'Own metrics as Prometheus text; from another machine only with a session or a token.',
    permission: 'open',
    shape: { reply: Type.String() },
    problems: { 'sign-in-needed': 401 },
    alsoProduces: Object.values(metricsContentTypes),
    handle: async ({ identity, remoteAddress, headers }) => {
      if (identity === null && !isOnThisMachine({ remoteAddress, headers })) {
        const detail = 'Metrics are open on this machine only. From elsewhere, scrape with a token as bearer.';
        return { kind: 'problem', problem: problemOf('sign-in-needed', 401, detail) };
      }
      const format = formatFor(headers.accept);
      return { kind: 'text', contentType: metricsContentTypes[format], text: registry.render(format) };
    },
  };
}
