import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Problem, problemOf } from '../../kernel/problem.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import { setCookieOf } from './cookies.ts';
import { eventStreamText } from './event-stream.ts';
import type { Dispatch, EventsResponse, HttpResponse, Log } from './exchange.ts';
import { problemOfFailure } from './failures.ts';
import type { Flight, Flights } from './flights.ts';
import { problemResponse } from './response.ts';
import { requestOf } from './socket-request.ts';

export interface ServerLimits {
  /** A caller that has not sent its headers by then is cut off: a slow loris holds no connection. */
  readonly headersMsMax: Millis;
  /** The same for the whole request, body included. */
  readonly requestMsMax: Millis;
  /** How long a connection without a request stays open. */
  readonly keepAliveMs: Millis;
  readonly headerBytesMax: number;
  /** Event streams open at once, over all listeners. */
  readonly streamCountMax: number;
  /** How often the limits of time are looked at. */
  readonly checkEveryMs: Millis;
}

/** Certificate chain and private key, PEM. */
export interface Tls {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

/** What all listeners share. */
export interface Serving {
  readonly dispatch: Dispatch;
  readonly clock: Clock;
  readonly log: Log;
  readonly isSecure: boolean;
  readonly tls?: Tls;
  readonly limits: ServerLimits;
  readonly flights: Flights;
  isStopping: boolean;
}

const stoppingProblem = problemOf('server-stopping', 503, 'The server is stopping. Send this again in a few seconds.');
const streamsProblem = problemOf(
  'too-many-streams',
  503,
  'Too many event streams are open. Close some, then come back.',
);

const writeHead = (reply: FastifyReply, response: HttpResponse, serving: Serving): void => {
  reply.code(response.status).headers(response.headers);
  if (response.cookies.length > 0) {
    const cookies = response.cookies.map((cookie) => setCookieOf(cookie, serving.isSecure));
    reply.header('set-cookie', cookies);
  }
  if (serving.isStopping) reply.header('connection', 'close');
};

const sendEvents = (reply: FastifyReply, response: EventsResponse, serving: Serving, flight: Flight): void => {
  flight.isStream = true;
  const text = eventStreamText(response.events, { clock: serving.clock, signal: flight.abort.signal });
  // A stream asks for the next piece only when the socket has taken the last, so a slow reader costs one piece of memory.
  const stream = Readable.from(text, { highWaterMark: 1 });
  stream.on('error', (error) => {
    // The browser comes back by itself, with the last id it saw. A caller that has gone is no failure.
    reply.raw.destroy();
    if (flight.abort.signal.aborted) return;
    serving.log('error', { requestId: response.headers['x-request-id'], err: error }, 'event stream failed');
  });
  reply.send(stream);
};

/** Refuses to open a stream while stopping, or when too many are open. Its source ends with the signal of the request. */
const limitStreams = (response: HttpResponse, serving: Serving, requestId: string): HttpResponse => {
  if (response.kind === 'whole') return response;
  if (serving.isStopping) return problemResponse(stoppingProblem, requestId);
  const isFull = serving.flights.streamCount() >= serving.limits.streamCountMax;
  return isFull ? problemResponse(streamsProblem, requestId) : response;
};

async function serve(request: FastifyRequest, reply: FastifyReply, serving: Serving): Promise<FastifyReply> {
  const flight = serving.flights.begin();
  reply.raw.once('close', () => serving.flights.end(flight));
  const answered = serving.isStopping
    ? problemResponse(stoppingProblem, request.id)
    : await serving.dispatch(requestOf(request.raw, flight.abort.signal));
  const response = limitStreams(answered, serving, request.id);
  writeHead(reply, response, serving);
  if (response.kind === 'events') sendEvents(reply, response, serving, flight);
  else reply.send(response.body);
  return reply;
}

const brokenProblems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: problemOf('headers-too-large', 431, 'The headers are too large. Send fewer or shorter ones.'),
  ERR_HTTP_REQUEST_TIMEOUT: problemOf('request-too-slow', 408, 'The request did not arrive in time. Send it again.'),
};

const notHttpProblem = problemOf(
  'request-not-http',
  400,
  'This is no request of HTTP/1.1. Correct it, or use another client.',
);

/** Answers what never became a request: too slow, too large, or no HTTP at all. */
const refuseBroken = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = brokenProblems[error.code ?? ''] ?? notHttpProblem;
  const body = JSON.stringify(problem);
  const head = `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\nConnection: close`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};

/** A Fastify without routes, over TLS where there is a certificate. */
function createBare(serving: Serving): FastifyInstance {
  const { limits, tls } = serving;
  const common = {
    logger: false,
    requestTimeout: limits.requestMsMax,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: 'idle',
    // Our own answer is a problem document like every other.
    return503OnClosing: false,
    clientErrorHandler: refuseBroken,
    // Such as a path that cannot be decoded: the dispatcher says so in its own words.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void serve(request, reply, serving),
  } as const;
  const sockets = {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersMsMax,
    connectionsCheckingInterval: limits.checkEveryMs,
    // The dispatcher refuses a request without a Host itself, with a problem that says so.
    requireHostHeader: false,
  };
  if (tls === undefined) return Fastify({ ...common, http: sockets });
  const secured = { ...sockets, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) };
  // The types tell a server over TLS from one without; nothing here makes use of the difference.
  return Fastify({ ...common, https: secured }) as unknown as FastifyInstance;
}

/**
 * A Fastify over the dispatcher. Everything is answered in `onRequest`, before Fastify parses or routes anything itself: the
 * dispatcher is the one place where a request is understood, with a socket or without.
 */
export function createFastify(serving: Serving): FastifyInstance {
  const app = createBare(serving);
  app.addHook('onRequest', (request, reply) => serve(request, reply, serving));
  app.setErrorHandler((error, request, reply) => {
    const response = problemResponse(problemOfFailure(error), request.id);
    writeHead(reply, response, serving);
    return response.kind === 'whole' ? reply.send(response.body) : reply;
  });
  return app;
}
