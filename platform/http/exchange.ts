import type { Cookie, ServerSentEvent } from './route.ts';

/** Reads the body when it is wanted, so that a stranger cannot make the server hold bytes that it would refuse anyway. */
export type ReadBody = (bytesMax: number) => Promise<Uint8Array | 'too-large' | 'broken-off'>;

/** A request as the dispatcher takes it: from a socket, from the simulation, or from a test. */
export interface HttpRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  /** What stands behind the `?`; empty when there is none. */
  readonly rawQuery: string;
  /** Lower-case names. `host` must be there. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | ReadBody;
  readonly remoteAddress: string;
  /** Aborts when the caller goes away or the server stops. */
  readonly signal: AbortSignal;
}

interface ResponseHead {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly Cookie[];
  /** Code of the problem document, when the body is one. */
  readonly problem?: string;
}

export interface WholeResponse extends ResponseHead {
  readonly kind: 'whole';
  /** Empty for HEAD, whose `content-length` says how long it would have been. */
  readonly body: string | Uint8Array;
}

export interface EventsResponse extends ResponseHead {
  readonly kind: 'events';
  readonly events: AsyncIterable<ServerSentEvent>;
}

export type HttpResponse = WholeResponse | EventsResponse;

export type Dispatch = (request: HttpRequest) => Promise<HttpResponse>;

/** Writes one structured line. The server hands in pino's; the simulation keeps the lines. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void;

/** What is known of a request once it is answered: for the log line and for the metrics. */
export interface RequestRecord {
  readonly requestId: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly method: string;
  /** The route's name, or null when no route was found. */
  readonly route: string | null;
  /** Cut to 200 characters; the query is left out, since it may hold secrets. */
  readonly path: string;
  readonly status: number;
  /** Code of the problem that was answered, such as `sign-in-needed`; null for a good answer. */
  readonly problem: string | null;
  readonly durationMs: number;
  readonly actor: string | null;
  readonly remoteAddress: string;
}
