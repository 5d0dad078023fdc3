import { assert } from '../../kernel/assert.ts';
import type { NextId } from '../../kernel/id.ts';
import type { JsonValue } from '../../kernel/json.ts';
import { type Problem, problemOf } from '../../kernel/problem.ts';
import type { Chance } from '../edge/chance.ts';
import type { Clock } from '../edge/clock.ts';
import { parseCookies } from './cookies.ts';
import type { Dispatch, HttpRequest, HttpResponse, Log, RequestRecord } from './exchange.ts';
import { problemOfFailure } from './failures.ts';
import type { Gate } from './gate.ts';
import { readInput } from './input.ts';
import { type HostPolicy, refuseForeignSite } from './origin.ts';
import type { RefuseRate } from './rate-limit.ts';
import { problemResponse, responseOf, withoutBody } from './response.ts';
import type { Answer, AnyRoute, Cookie, Identity, Method } from './route.ts';
import { assertRoutes } from './route-table.ts';
import { createRouter, type Match } from './router.ts';
import { type Trace, traceOf } from './trace.ts';
import { faultsOf } from './validate.ts';

export interface DispatcherOptions {
  readonly routes: readonly AnyRoute[];
  readonly gate: Gate;
  readonly clock: Clock;
  readonly nextId: NextId;
  readonly chance: Chance;
  readonly hosts: HostPolicy;
  readonly log: Log;
  /** Told of each request once it is answered: metrics. */
  readonly observe?: (record: RequestRecord) => void;
  readonly refuseRate?: RefuseRate;
  /** Answers GET where no route does: the console's files. */
  readonly pages?: (request: HttpRequest) => HttpResponse | null;
  /** In development and tests: a reply that does not fit its schema is a bug, and is answered with 500. */
  readonly checkReplies?: boolean;
}

/** How far a request has come; filled on the way, read by the log line. */
interface Progress {
  readonly trace: Trace;
  route: AnyRoute | null;
  identity: Identity | null;
  /** A rotated session's cookies: they go out whatever the answer is. */
  cookies: readonly Cookie[];
}

type Matched = Extract<Match, { outcome: 'matched' }>;

const signInProblem = problemOf(
  'sign-in-needed',
  401,
  'This needs a session or a token. Sign in, or send "Authorization: Bearer" with a token of your own.',
);

/** Mostly for the log: whoever went away does not read it. */
const stoppedProblem = problemOf(
  'request-stopped',
  503,
  'The request was stopped before it was done: the caller went away, or the server stops. Look first, then send it again.',
);

/**
 * Makes the whole way of a request, knowing no socket: rate, site, route, who, may they, input, handler, answer. The order
 * is a law: what a request holds is looked at only after its sender is known to be allowed, so that a stranger learns
 * nothing from the faults of a body.
 * @throws RouteTableError naming every route that may not be served
 */
export function createDispatcher(options: DispatcherOptions): Dispatch {
  assertRoutes(options.routes, options.gate.permissions);
  const route = createRouter(options.routes);
  return async (request) => {
    const startedAt = options.clock.monotonic();
    const progress: Progress = {
      trace: traceOf(request.headers, options.nextId, options.chance),
      route: null,
      identity: null,
      cookies: [],
    };
    const whole = await answerSafely(options, route, request, progress);
    const response = request.method === 'HEAD' ? await withoutBody(whole) : whole;
    tell(options, request, progress, whole, options.clock.monotonic() - startedAt);
    return response;
  };
}

type Route = ReturnType<typeof createRouter>;

const answerSafely = async (
  options: DispatcherOptions,
  route: Route,
  request: HttpRequest,
  progress: Progress,
): Promise<HttpResponse> => {
  try {
    const response = await answer(options, route, request, progress);
    return { ...response, cookies: [...progress.cookies, ...response.cookies] };
  } catch (error) {
    const { requestId, traceId } = progress.trace;
    const isStopped = request.signal.aborted;
    const fields = { requestId, traceId, route: progress.route?.name, err: error };
    options.log(isStopped ? 'info' : 'error', fields, isStopped ? 'request stopped' : 'request failed');
    const problem = isStopped ? stoppedProblem : problemOfFailure(error);
    return problemResponse(problem, requestId, {}, progress.cookies);
  }
};

async function answer(
  options: DispatcherOptions,
  route: Route,
  request: HttpRequest,
  progress: Progress,
): Promise<HttpResponse> {
  const { requestId } = progress.trace;
  const tooFast = options.refuseRate?.(request.remoteAddress) ?? null;
  if (tooFast !== null) {
    return problemResponse(tooFast.problem, requestId, { 'retry-after': String(tooFast.retryAfterSeconds) });
  }
  const foreign = refuseForeignSite(request.headers, request.method, options.hosts);
  if (foreign !== null) return problemResponse(foreign, requestId);
  const match = route(request.method, request.path);
  if (match.outcome !== 'matched') return answerUnmatched(options, match, request, requestId);
  progress.route = match.route;
  const refusal = await refuseCaller(options, match, request, progress);
  if (refusal !== null) return refusal;
  const reading = await readInput(match.route, match.params, request);
  if (reading.outcome === 'fault') return problemResponse(reading.problem, requestId);
  const given = await match.route.handle({
    ...reading.input,
    identity: progress.identity,
    now: options.clock.now(),
    requestId,
    cause: `request:${requestId}`,
    remoteAddress: request.remoteAddress,
    cookies: parseCookies(request.headers.cookie),
    headers: request.headers,
    signal: request.signal,
  });
  if (options.checkReplies === true) checkAnswer(options, match.route, given);
  return responseOf(given as Answer<JsonValue>, requestId, match.route.status ?? 200);
}

/** Answers where no route fits: a page of the console, the methods that exist, or a problem with the path that was meant. */
function answerUnmatched(
  options: DispatcherOptions,
  match: Exclude<Match, Matched>,
  request: HttpRequest,
  requestId: string,
): HttpResponse {
  switch (match.outcome) {
    case 'not-decodable': {
      const detail = 'The path is not percent-encoded UTF-8 without null characters. Encode each part of it.';
      return problemResponse(problemOf('path-not-readable', 400, detail), requestId);
    }
    case 'wrong-method': {
      const allow = match.allowed.join(', ');
      if (request.method === 'OPTIONS') return optionsResponse(requestId, allow);
      const detail = `${request.method.slice(0, 20)} is not known at this path; expected one of ${allow}.`;
      return problemResponse(problemOf('method-not-allowed', 405, detail), requestId, { allow });
    }
    case 'unknown': {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const page = isRead ? (options.pages?.(request) ?? null) : null;
      if (page !== null) return { ...page, headers: { ...page.headers, 'x-request-id': requestId } };
      const detail = `Nothing is served at this path.${match.hint} All paths stand in /api/v1/openapi.json.`;
      return problemResponse(problemOf('path-not-found', 404, detail), requestId);
    }
  }
}

/** No route answers OPTIONS itself: it says which methods there are, and allows no other site anything (no CORS). */
const optionsResponse = (requestId: string, allow: string): HttpResponse =>
  responseOf({ kind: 'reply', status: 204, body: null, headers: { allow } }, requestId, 204);

/** Finds out who calls, and refuses those who may not; null when the call may go on. */
async function refuseCaller(
  options: DispatcherOptions,
  { route, params }: Matched,
  request: HttpRequest,
  progress: Progress,
): Promise<HttpResponse | null> {
  const { requestId } = progress.trace;
  const now = options.clock.now();
  const identified = await options.gate.identify({
    method: (request.method === 'HEAD' ? 'GET' : request.method) as Method,
    path: request.path,
    headers: request.headers,
    cookies: parseCookies(request.headers.cookie),
    remoteAddress: request.remoteAddress,
    now,
  });
  progress.cookies = identified.cookies ?? [];
  if (identified.outcome === 'rejected') return problemResponse(identified.problem, requestId);
  progress.identity = identified.identity;
  if (route.permission === 'open') return null;
  if (identified.identity === null) {
    return problemResponse(signInProblem, requestId, { 'www-authenticate': 'Bearer realm="plimsoll"' });
  }
  if (route.permission === 'signed-in') return null;
  const scope = route.scopeOf?.(params) ?? {};
  const forbidden = await options.gate.forbids(identified.identity, route.permission, scope, now);
  return forbidden === null ? null : problemResponse(forbidden, requestId);
}

/** Holds a route to what it says of itself, so that the OpenAPI document stays true. */
function checkAnswer(options: DispatcherOptions, route: AnyRoute, given: Answer<unknown>): void {
  if (given.kind === 'reply') {
    // What goes over the wire is checked: members that are undefined do not.
    const sent = JSON.parse(JSON.stringify(given.body ?? null)) as JsonValue;
    const [place] = faultsOf(route.shape.reply, sent, '/reply');
    assert(place === undefined, `a reply of ${route.name} fits its schema: ${place?.pointer} ${place?.detail}`);
  }
  if (given.kind === 'problem' && !isDeclared(route, given.problem)) {
    const fields = { route: route.name, problem: given.problem.type, status: given.problem.status };
    options.log('warn', fields, 'a route answers with a problem that it does not declare');
  }
}

const isDeclared = (route: AnyRoute, problem: Problem): boolean =>
  route.problems?.[problem.type.replace('/problems/', '')] === problem.status;

function tell(
  options: DispatcherOptions,
  request: HttpRequest,
  progress: Progress,
  { status, problem }: HttpResponse,
  durationMs: number,
): void {
  const record: RequestRecord = {
    ...progress.trace,
    method: request.method.slice(0, 20),
    route: progress.route?.name ?? null,
    path: request.path.slice(0, 200),
    status,
    problem: problem ?? null,
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    actor: progress.identity?.actor ?? null,
    remoteAddress: request.remoteAddress,
  };
  options.observe?.(record);
  options.log(status >= 500 ? 'error' : 'info', { ...record }, 'request answered');
}
