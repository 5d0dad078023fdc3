import Type, { type Static } from 'typebox';
import { makeId } from '../../../kernel/id.ts';
import { problemOf } from '../../../kernel/problem.ts';
import type { Millis } from '../../../kernel/time.ts';
import type { Clock } from '../../edge/clock.ts';
import { createDispatcher, type DispatcherOptions } from '../dispatcher.ts';
import type { Dispatch, HttpRequest } from '../exchange.ts';
import type { Gate } from '../gate.ts';
import type { AnyRoute, Route, ServerSentEvent } from '../route.ts';

/** A small product to test the server with: notes that can be listed, written, followed, erased. Used by tests only. */
export interface Sample {
  readonly routes: readonly AnyRoute[];
  readonly notes: Map<string, Static<typeof Note>>;
  /** How often any handler was reached. */
  handled: number;
}

const Note = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 80 }),
    tier: Type.Union([Type.Literal('gold'), Type.Literal('silver')]),
    weight: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
    labels: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]{1,8}$' }), Type.String({ maxLength: 20 }))),
  },
  { additionalProperties: false },
);
const Listed = Type.Object({ notes: Type.Array(Note), limit: Type.Integer() });
const Params = Type.Object({ note: Type.String({ minLength: 1, maxLength: 40 }) });
const Query = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) });

export function createSample(): Sample {
  const sample: Sample = { routes: [], notes: new Map(), handled: 0 };
  const list: Route<{ query: typeof Query; reply: typeof Listed }> = {
    name: 'sample.list-notes',
    method: 'GET',
    path: '/api/v1/notes',
    summary: 'Lists the notes.',
    permission: 'notes.read',
    shape: { query: Query, reply: Listed },
    handle: async ({ query }) => {
      sample.handled += 1;
      const limit = query.limit ?? 10;
      return { kind: 'reply', body: { notes: [...sample.notes.values()].slice(0, limit), limit } };
    },
  };
  const write: Route<{ params: typeof Params; body: typeof Note; reply: typeof Note }> = {
    name: 'sample.write-note',
    method: 'PUT',
    path: '/api/v1/notes/:note',
    summary: 'Writes a note.',
    permission: 'notes.write',
    shape: { params: Params, body: Note, reply: Note },
    status: 201,
    bodyBytesMax: 65_536,
    scopeOf: (params) => ({ service: params.note ?? '' }),
    handle: async ({ params, body }) => {
      sample.handled += 1;
      sample.notes.set(params.note, body);
      return { kind: 'reply', body, cookies: [{ name: 'last', value: 'x', maxAgeSeconds: 60, httpOnly: true }] };
    },
  };
  const erase: Route<{ params: typeof Params; reply: ReturnType<typeof Type.Null> }> = {
    name: 'sample.erase-note',
    method: 'DELETE',
    path: '/api/v1/notes/:note',
    summary: 'Erases a note.',
    permission: 'notes.write',
    shape: { params: Params, reply: Type.Null() },
    status: 204,
    problems: { 'note-not-found': 404 },
    handle: async ({ params }) => {
      sample.handled += 1;
      if (sample.notes.delete(params.note)) return { kind: 'reply', body: null };
      return { kind: 'problem', problem: problemOf('note-not-found', 404, 'There is no such note; list them first.') };
    },
  };
  return Object.assign(sample, { routes: [list, write, erase, followRoute] });
}

async function* ticks(signal: AbortSignal): AsyncIterable<ServerSentEvent> {
  yield { id: '1', event: 'tick', data: 'one\ntwo' };
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

const followRoute: Route<{ reply: ReturnType<typeof Type.Null> }> = {
  name: 'sample.follow-notes',
  method: 'GET',
  path: '/api/v1/live',
  summary: 'One event, then silence until the caller goes.',
  permission: 'open',
  shape: { reply: Type.Null() },
  handle: async ({ signal }) => ({ kind: 'events', events: ticks(signal) }),
};

/** Tokens `reader` and `writer`; `stale` is rejected. A writer may not touch the note "sealed". */
export const sampleGate: Gate = {
  permissions: new Set(['notes.read', 'notes.write']),
  identify: async ({ headers }) => {
    const [, token] = /^Bearer (\w+)$/.exec(headers.authorization ?? '') ?? [];
    if (token === 'stale') {
      const cookies = [{ name: 'plimsoll_session', value: '', maxAgeSeconds: 0, httpOnly: true }];
      return { outcome: 'rejected', problem: problemOf('token-expired', 401, 'Make a new token.'), cookies };
    }
    const isKnown = token === 'reader' || token === 'writer';
    return {
      outcome: 'known',
      identity: isKnown ? { actor: `token:${token}`, by: 'token', credential: token } : null,
    };
  },
  forbids: async (identity, permission, scope) => {
    const mayWrite = identity.credential === 'writer' && scope.service !== 'sealed';
    if (permission === 'notes.read' || mayWrite) return null;
    return problemOf('permission-missing', 403, `This needs ${permission}; ask an admin.`);
  },
};

/** A clock that only moves when it is told to. */
export interface ManualClock extends Clock {
  move(byMs: Millis): void;
}

export function createManualClock(): ManualClock {
  let now = 1_000_000;
  const timers = new Set<{ readonly at: Millis; readonly call: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    after: (delayMs, call) => {
      const timer = { at: now + delayMs, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    move: (byMs) => {
      now += byMs;
      for (const timer of timers) if (timer.at <= now && timers.delete(timer)) timer.call();
    },
  };
}

export interface SampleLine {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A dispatcher over the sample, with the lines that it logs. Ids and chance are counted, so that tests can name them. */
export function sampleDispatcher(options: Pick<DispatcherOptions, 'routes' | 'clock'> & Partial<DispatcherOptions>): {
  readonly dispatch: Dispatch;
  readonly lines: SampleLine[];
} {
  const lines: SampleLine[] = [];
  let made = 0;
  const dispatch = createDispatcher({
    gate: sampleGate,
    hosts: { bind: '127.0.0.1', externalUrl: null, names: [] },
    nextId: (prefix) => {
      made += 1;
      return makeId(prefix, made, new Uint8Array(10));
    },
    chance: { bytes: (count) => new Uint8Array(count).fill(7) },
    log: (level, fields, message) => lines.push({ level, fields, message }),
    checkReplies: true,
    ...options,
  });
  return { dispatch, lines };
}

/** A request with what every request has; a body that is no bytes is sent as JSON. */
export function sampleRequest(
  line: string,
  more: Partial<HttpRequest> & { readonly json?: unknown } = {},
): HttpRequest {
  const [method = 'GET', target = '/'] = line.split(' ');
  const [path = '/', rawQuery = ''] = target.split('?');
  const isJson = more.json !== undefined;
  return {
    method,
    path,
    rawQuery,
    remoteAddress: '127.0.0.1',
    signal: new AbortController().signal,
    ...more,
    headers: { host: 'localhost:4400', ...(isJson ? { 'content-type': 'application/json' } : {}), ...more.headers },
    body: isJson ? new TextEncoder().encode(JSON.stringify(more.json)) : (more.body ?? new Uint8Array()),
  };
}
