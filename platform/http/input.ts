import type { TSchema } from 'typebox';
import type { JsonValue } from '../../kernel/json.ts';
import { type Problem, type ProblemPlace, problemOf } from '../../kernel/problem.ts';
import type { HttpRequest } from './exchange.ts';
import { readJson } from './json-reader.ts';
import { coerce, readQuery } from './query.ts';
import type { AnyRoute } from './route.ts';
import { nodeOf, propertiesOf } from './schema-node.ts';
import { faultsOf } from './validate.ts';

/** Largest body where a route says nothing else: 1 MiB. */
export const bodyBytesMaxDefault = 1_048_576;

/** The three parts of a call, read and checked; undefined where the route takes none. */
export interface Input {
  readonly params: JsonValue | undefined;
  readonly query: JsonValue | undefined;
  readonly body: JsonValue | undefined;
}

export type InputReading =
  | { readonly outcome: 'read'; readonly input: Input }
  | { readonly outcome: 'fault'; readonly problem: Problem };

type Part =
  | { readonly outcome: 'read'; readonly value: JsonValue | undefined }
  | { readonly outcome: 'fault'; readonly problem: Problem };

const fault = (problem: Problem): { readonly outcome: 'fault'; readonly problem: Problem } => ({
  outcome: 'fault',
  problem,
});

/** The problem of a request that was read, but is not what the route takes. */
const notValid = (places: readonly ProblemPlace[]): Problem =>
  problemOf('request-not-valid', 400, 'Nothing was done. Correct what "errors" names, then send it again.', {
    errors: places,
  });

const checked = (schema: TSchema, value: JsonValue, pointer: string): Part => {
  const places = faultsOf(schema, value, pointer);
  return places.length === 0 ? { outcome: 'read', value } : fault(notValid(places));
};

const readParams = (schema: TSchema | undefined, params: Readonly<Record<string, string>>): Part => {
  if (schema === undefined) return { outcome: 'read', value: undefined };
  const known = propertiesOf(nodeOf(schema));
  const value = Object.fromEntries(
    Object.entries(params).map(([name, text]) => [name, coerce(text, known[name] ?? {})]),
  );
  return checked(schema, value, '/params');
};

const readQueryPart = (schema: TSchema | undefined, rawQuery: string): Part => {
  const reading = readQuery(rawQuery, schema);
  if (reading.outcome === 'fault') return fault(notValid(reading.places));
  return schema === undefined ? { outcome: 'read', value: undefined } : checked(schema, reading.value, '/query');
};

/** Why a body of this kind is not read, or null when it is. RFC 9110 sections 8.3 and 8.4. */
const refuseKind = (headers: Readonly<Record<string, string>>): Problem | null => {
  const kind = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(kind)) {
    const found = kind === '' ? 'no Content-Type' : `Content-Type "${kind.slice(0, 80)}"`;
    return problemOf(
      'media-type-not-known',
      415,
      `Expected a body with Content-Type application/json; found ${found}.`,
    );
  }
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding.toLowerCase() === 'identity') return null;
  return problemOf('encoding-not-known', 415, 'Expected a body without Content-Encoding; send it uncompressed.');
};

const readBytes = async (request: HttpRequest, bytesMax: number): Promise<Uint8Array | Problem> => {
  const { body } = request;
  const bytes = typeof body === 'function' ? await body(bytesMax) : body.length > bytesMax ? 'too-large' : body;
  if (bytes === 'broken-off') return problemOf('body-incomplete', 400, 'The body ended early. Send all of it again.');
  if (bytes !== 'too-large') return bytes;
  return problemOf('body-too-large', 413, `Expected a body of at most ${bytesMax} bytes; send less at a time.`, {
    data: { bytesMax },
  });
};

const readBody = async (route: AnyRoute, request: HttpRequest): Promise<Part> => {
  const schema: TSchema | undefined = route.shape.body;
  if (schema === undefined) return readNoBody(request);
  const wrongKind = refuseKind(request.headers);
  if (wrongKind !== null) return fault(wrongKind);
  const bytes = await readBytes(request, route.bodyBytesMax ?? bodyBytesMaxDefault);
  if (!(bytes instanceof Uint8Array)) return fault(bytes);
  const reading = readJson(bytes, '/body');
  if (reading.outcome === 'read') return checked(schema, reading.value, '/body');
  const detail =
    'The body cannot be read as JSON, so nothing was done. Correct what "errors" names, then send it again.';
  return fault(problemOf('body-not-readable', 400, detail, { errors: [reading.place] }));
};

const readNoBody = async (request: HttpRequest): Promise<Part> => {
  const bytes = await readBytes(request, 0);
  if (bytes instanceof Uint8Array && bytes.length === 0) return { outcome: 'read', value: undefined };
  return fault(notValid([{ pointer: '/body', detail: 'expected no body here; leave it out.' }]));
};

/** Reads parameters, query and body, in this order, and stops at the first that is no good. The body is read last. */
export async function readInput(
  route: AnyRoute,
  params: Readonly<Record<string, string>>,
  request: HttpRequest,
): Promise<InputReading> {
  const paramsPart = readParams(route.shape.params, params);
  if (paramsPart.outcome === 'fault') return paramsPart;
  const queryPart = readQueryPart(route.shape.query, request.rawQuery);
  if (queryPart.outcome === 'fault') return queryPart;
  const bodyPart = await readBody(route, request);
  if (bodyPart.outcome === 'fault') return bodyPart;
  return { outcome: 'read', input: { params: paramsPart.value, query: queryPart.value, body: bodyPart.value } };
}
