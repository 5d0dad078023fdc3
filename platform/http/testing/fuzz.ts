import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../kernel/json.ts';
import type { Dispatch, HttpRequest, HttpResponse } from '../exchange.ts';
import { bodyBytesMaxDefault } from '../input.ts';
import type { AnyRoute } from '../route.ts';
import { judge } from './judge.ts';
import { type Draft, mutationsOf } from './mutations.ts';
import { fittingValues } from './values.ts';

export interface FuzzOptions {
  readonly routes: readonly AnyRoute[];
  readonly dispatch: Dispatch;
  /** Credentials for a call of this route, asked for before each: a call may have ended the session of the one before. */
  readonly headersFor: (route: AnyRoute) => Promise<Readonly<Record<string, string>>>;
  /** Something that changes with everything that is stored, such as the head of the journal. */
  readonly unchanged: () => Promise<string>;
  /** Names that exist, by the parameter's name, so that calls also reach real things: `{ service: ['checkout'] }`. */
  readonly knownParams?: Readonly<Record<string, readonly string[]>>;
  readonly runsPerRoute: number;
  readonly seed: number;
}

export interface FuzzFault {
  readonly route: string;
  /** What was sent, what came back, and which law that breaks. */
  readonly detail: string;
  /** Give both to find it again. */
  readonly seed: number;
  readonly path: string;
}

export interface FuzzReport {
  readonly callCount: number;
  /** How often each status was answered, by route. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly faults: readonly FuzzFault[];
}

type Headers = Readonly<Record<string, string>>;

const encodeQuery = (query: JsonValue | undefined): string => {
  const pairs = Object.entries((query ?? {}) as JsonObject).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
};

const segmentsFor = (route: AnyRoute, options: FuzzOptions): fc.Arbitrary<Record<string, string>> => {
  if (route.shape.params === undefined) return fc.constant({});
  const known = options.knownParams ?? {};
  return fc.tuple(fittingValues(route.shape.params), fc.boolean(), fc.nat(100)).map(([params, useKnown, pick]) =>
    Object.fromEntries(
      Object.entries(params as JsonObject).map(([name, value]) => {
        const names = known[name] ?? [];
        const chosen = useKnown && names.length > 0 ? (names[pick % names.length] ?? '') : String(value);
        return [name, encodeURIComponent(chosen)];
      }),
    ),
  );
};

const nothing: fc.Arbitrary<undefined> = fc.constant(undefined);

/** A good request of a route: made from its own schemas. */
const goodDrafts = (
  route: AnyRoute,
  options: FuzzOptions,
): fc.Arbitrary<{ draft: Draft; body: JsonValue | undefined }> => {
  const { query, body } = route.shape;
  return fc
    .tuple(
      segmentsFor(route, options),
      query === undefined ? nothing : fittingValues(query),
      body === undefined ? nothing : fittingValues(body),
    )
    .map(([segments, queryValue, bodyValue]) => ({
      body: bodyValue,
      draft: {
        what: `a good request, body ${JSON.stringify(bodyValue)?.slice(0, 200)}`,
        mustRefuse: false,
        segments,
        rawQuery: encodeQuery(queryValue),
        body: bodyValue === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(bodyValue)),
        headers: bodyValue === undefined ? {} : { 'content-type': 'application/json' },
      },
    }));
};

/** One request in five is good, so that what is refused is refused by a server that has something to lose. */
const drafts = (route: AnyRoute, options: FuzzOptions): fc.Arbitrary<Draft> => {
  const { query: querySchema, body: bodySchema } = route.shape;
  const limits = { querySchema, bodySchema, bodyBytesMax: route.bodyBytesMax ?? bodyBytesMaxDefault };
  return goodDrafts(route, options).chain(({ draft, body }) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(draft) },
      {
        weight: 4,
        arbitrary: mutationsOf({ ...limits, body, draft }).map((mutation) => ({
          ...draft,
          ...mutation,
          headers: { ...draft.headers, ...mutation.headers },
        })),
      },
    ),
  );
};

const requestOf = (route: AnyRoute, draft: Draft, credentials: Headers, signal: AbortSignal): HttpRequest => ({
  method: route.method,
  path: route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => draft.segments[name] ?? ''),
  rawQuery: draft.rawQuery,
  headers: { host: 'localhost', ...credentials, ...draft.headers },
  body: draft.body,
  remoteAddress: '127.0.0.1',
  signal,
});

/** Sends one draft and says which laws the answer breaks. */
async function tryDraft(route: AnyRoute, draft: Draft, options: FuzzOptions, onStatus: (status: number) => void) {
  const credentials = await options.headersFor(route);
  const before = await options.unchanged();
  const caller = new AbortController();
  let response: HttpResponse;
  try {
    response = await options.dispatch(requestOf(route, draft, credentials, caller.signal));
  } catch (error) {
    return [`the dispatcher threw ${error}`];
  } finally {
    caller.abort();
  }
  onStatus(response.status);
  const isChanged = before !== (await options.unchanged());
  return judge(response, { mustRefuse: draft.mustRefuse, isChanged });
}

async function fuzzRoute(route: AnyRoute, options: FuzzOptions, onStatus: (status: number) => void) {
  const property = fc.asyncProperty(drafts(route, options), async (draft) => {
    const broken = await tryDraft(route, draft, options, onStatus);
    if (broken.length > 0) throw new Error(`${draft.what}: ${broken.join('; ')}`);
  });
  return await fc.check(property, { numRuns: options.runsPerRoute, seed: options.seed });
}

const doorFault = (route: AnyRoute, statuses: Readonly<Record<string, number>>, seed: number): readonly FuzzFault[] => {
  const isOnlyDoor = Object.keys(statuses).every((status) => ['401', '403', '421', '429'].includes(status));
  const detail = 'no call came past the door (401, 403, 421, 429), so nothing was tried; hand in better credentials';
  return isOnlyDoor ? [{ route: route.name, detail, seed, path: '' }] : [];
};

/**
 * Tries every route with requests made from its own schemas: good ones, and spoilt ones of every kind that `mutations.ts`
 * knows. The laws that each answer keeps stand in `judge.ts`. For tests: it calls what it is given, and changes what a good
 * call changes.
 */
export async function fuzzRoutes(options: FuzzOptions): Promise<FuzzReport> {
  const statuses: Record<string, Record<string, number>> = {};
  const faults: FuzzFault[] = [];
  let callCount = 0;
  for (const route of options.routes) {
    const seen: Record<string, number> = {};
    statuses[route.name] = seen;
    const run = await fuzzRoute(route, options, (status) => {
      callCount += 1;
      seen[status] = (seen[status] ?? 0) + 1;
    });
    faults.push(...doorFault(route, seen, options.seed));
    if (!run.failed) continue;
    const { seed, counterexamplePath } = run;
    const detail = run.errorInstance instanceof Error ? run.errorInstance.message : String(run.errorInstance);
    faults.push({ route: route.name, detail, seed, path: counterexamplePath ?? '' });
  }
  return { callCount, statuses, faults };
}
