import type { Static, TSchema } from 'typebox';
import type { Actor, Cause } from '../../kernel/fact.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Millis } from '../../kernel/time.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route: everyone (`open`), everyone who is signed in (`signed-in`), or holders of a permission such as
 * `services.read`. Which role holds which permission is a table of `capabilities/access`. A route without one does not start.
 */
export type Permission = 'open' | 'signed-in' | `${string}.${string}`;

/** The schemas of a route; one source for validation, types and OpenAPI. */
export interface Shape {
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly reply: TSchema;
}

type ValueOf<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** What the caller is known to be, after authentication and before authorisation. */
export interface Identity {
  readonly actor: Actor;
  /** How it was proven. */
  readonly by: 'session' | 'token' | 'bootstrap';
  /** The session's or the token's id. */
  readonly credential: string;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Seconds; 0 erases the cookie. */
  readonly maxAgeSeconds: number;
  readonly httpOnly: boolean;
}

/** What a handler gets. Everything in it is validated. */
export interface Call<S extends Shape> {
  readonly params: ValueOf<S['params']>;
  readonly query: ValueOf<S['query']>;
  readonly body: ValueOf<S['body']>;
  /** Null only on routes that are open. */
  readonly identity: Identity | null;
  readonly now: Millis;
  readonly requestId: string;
  /** The request, as the cause of facts. */
  readonly cause: Cause;
  /** Address of the peer, for throttling; never stored in the journal. */
  readonly remoteAddress: string;
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when the caller goes away or the server stops. */
  readonly signal: AbortSignal;
}

/** One server-sent event. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

export type Answer<Body> =
  | {
      readonly kind: 'reply';
      readonly status?: number;
      readonly body: Body;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cookies?: readonly Cookie[];
    }
  | {
      readonly kind: 'problem';
      readonly problem: Problem;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cookies?: readonly Cookie[];
    }
  | { readonly kind: 'events'; readonly events: AsyncIterable<ServerSentEvent> }
  | { readonly kind: 'text'; readonly status?: number; readonly contentType: string; readonly text: string };

/** A route as data: `platform/http` serves it, checks it, documents it and fuzzes it. */
export interface Route<S extends Shape = Shape> {
  /** `capability.verb-noun`, unique: the operation's id in OpenAPI. */
  readonly name: string;
  readonly method: Method;
  /** With parameters as `:name`. */
  readonly path: string;
  /** One line for the reference. */
  readonly summary: string;
  readonly permission: Permission;
  readonly shape: S;
  /** Status of a good reply; 200 when left out. */
  readonly status?: number;
  /** Problems this route answers with, by code, for OpenAPI: `{ 'service-not-found': 404 }`. */
  readonly problems?: Readonly<Record<string, number>>;
  /** What part of the fleet a call touches, for grants that are scoped. Left out: the whole. */
  readonly scopeOf?: (params: Readonly<Record<string, string>>) => {
    readonly service?: string;
    readonly team?: string;
  };
  /** Content types of good answers besides, or instead of, JSON, for OpenAPI: `text/event-stream`. */
  readonly alsoProduces?: readonly string[];
  /** Largest body in bytes; 1 MiB when left out. */
  readonly bodyBytesMax?: number;
  handle(call: Call<S>): Promise<Answer<Static<S['reply']>>>;
}

/** Any route; the list that `app` hands to the server holds routes of all shapes. */
// biome-ignore lint/suspicious/noExplicitAny: the list is heterogeneous; each route was checked against its own shape.
export type AnyRoute = Route<any>;
