import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { JsonObject, JsonValue } from '../../../kernel/json.ts';
import { nodeOf, propertiesOf } from '../schema-node.ts';

/** A request's changeable parts, and what must come of it. */
export interface Draft {
  /** What was done to it, in words. */
  readonly what: string;
  /** True when taking it would be a fault; false when it may be taken or refused. */
  readonly mustRefuse: boolean;
  readonly segments: Readonly<Record<string, string>>;
  readonly rawQuery: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export type Mutation = Partial<Omit<Draft, 'what'>> & { readonly what: string };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const refuse = (what: string, more: Omit<Mutation, 'what' | 'mustRefuse'>): Mutation => ({
  what,
  mustRefuse: true,
  ...more,
});

/** Values that break careless code: wrong types, sizes, signs, precision, direction, nesting. */
const hostileValues: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    -0,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    [],
    {},
    [[]],
    '\u202e',
    '٣',
  ),
  fc.constantFrom<JsonValue>(
    'x'.repeat(100_000),
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' OR 1=1 --",
    '{{7*7}}',
  ),
  fc.nat(60).map((depth) => Array.from({ length: depth }).reduce<JsonValue>((inner) => [inner], 'deep')),
  fc
    .jsonValue({ maxDepth: 2 })
    .filter((value) => !/"__proto__"/.test(JSON.stringify(value))) as fc.Arbitrary<JsonValue>,
);

/** Puts a hostile value somewhere into a value: each number picks a member on the way down, the last one is replaced. */
const replaceAt = (value: JsonValue, way: readonly number[], hostile: JsonValue): JsonValue => {
  const [first, ...rest] = way;
  if (first === undefined || typeof value !== 'object' || value === null) return hostile;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return hostile;
  const inner = replaceAt((value as JsonObject)[key] as JsonValue, rest, hostile);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};

const withoutMember = (value: JsonValue, index: number): JsonValue => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== keys[index % Math.max(1, keys.length)]));
};

/** Bodies that are JSON, but not what the schema says; the schema itself tells whether each must be refused. */
const shapedBodies = (schema: TSchema, body: JsonValue): fc.Arbitrary<Mutation> =>
  fc
    .oneof(
      fc
        .tuple(fc.array(fc.nat(20), { maxLength: 4 }), hostileValues)
        .map(([way, value]) => replaceAt(body, way, value)),
      fc.nat(20).map((index) => withoutMember(body, index)),
      fc.constant({ ...(body as JsonObject), 'surely-unknown': 1 } as JsonValue),
    )
    .map((value) => ({
      what: `body ${JSON.stringify(value).slice(0, 200)}`,
      mustRefuse: !Check(schema, value),
      body: bytesOf(JSON.stringify(value)),
    }));

const repeatedKey = (text: string): string => {
  const first = /^\{("(?:[^"\\]|\\.)*"):/.exec(text)?.[1];
  return first === undefined ? '{"a":1,"a":1}' : `{${first}:null,${text.slice(1)}`;
};

/** Bytes that no strict reader takes, whatever the schema. */
const brokenBodies = (body: Uint8Array): fc.Arbitrary<Mutation> => {
  const text = textOf(body);
  const member = (key: string): string =>
    `{"${key}":{"admin":true}${text.startsWith('{"') ? `,${text.slice(1)}` : '}'}`;
  const texts: readonly (readonly [string, string])[] = [
    ['a key that stands twice', repeatedKey(text)],
    ['the key __proto__', member('__proto__')],
    ['the key constructor', member('constructor')],
    ['the key prototype', member('\\u0070rototype')],
    ['deep nesting', '{"a":'.repeat(100_000)],
    ['deep lists', '['.repeat(100_000)],
    ['a number beyond doubles', '{"a":1e999}'],
    ['a whole number beyond doubles', '[123456789012345678901234567890]'],
    ['a null character', '{"a":"\\u0000"}'],
    ['half a surrogate pair', '{"a":"\\udc00"}'],
    ['a byte order mark', `\ufeff${text}`],
    ['something behind the end', `${text}x`],
    ['nothing', ''],
    ['no JSON', "{'a': undefined}"],
  ];
  return fc.oneof(
    fc.constantFrom(...texts).map(([what, broken]) => refuse(`body with ${what}`, { body: bytesOf(broken) })),
    fc
      .nat(Math.max(0, body.length - 1))
      .map((at) => refuse(`body with a broken byte at ${at}`, { body: brokenAt(body, at) })),
    fc.nat(Math.max(0, body.length - 1)).map((end) => ({
      what: `body cut after ${end} bytes`,
      mustRefuse: /^[{["]/.test(text),
      body: body.slice(0, end),
    })),
  );
};

/** 0xff stands nowhere in UTF-8. */
const brokenAt = (body: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from([...body.subarray(0, at), 0xff, ...body.subarray(at)]);

const wrongTypes = [
  '',
  'text/plain',
  'application/xml',
  'application/json; charset=latin1',
  'multipart/form-data; boundary=x',
  ';',
];

const wrongHeaders: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constantFrom(...wrongTypes).map((type) => refuse(`content type "${type}"`, { headers: { 'content-type': type } })),
  fc
    .constantFrom('gzip', 'br', 'x')
    .map((coding) => refuse(`coding ${coding}`, { headers: { 'content-encoding': coding } })),
);

const foreignSites: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .constantFrom('evil.example', '', 'localhost.evil.example', 'a b', '[::1')
    .map((host) => refuse(`host "${host}"`, { headers: { host } })),
  fc
    .constantFrom('http://evil.example', 'null', 'x')
    .map((origin) => refuse(`origin ${origin}`, { headers: { origin } })),
);

/** Queries that no route takes. */
const brokenQueries = (rawQuery: string): fc.Arbitrary<Mutation> => {
  const join = (more: string): string => (rawQuery === '' ? more : `${rawQuery}&${more}`);
  return fc
    .constantFrom(
      'surely-unknown=1',
      '__proto__=1',
      'constructor=1',
      'a=%ff',
      '%00=1',
      'a=%',
      '='.repeat(3),
      'b=1&'.repeat(500),
    )
    .map((more) => refuse(`query ${more.slice(0, 40)}`, { rawQuery: join(more) }));
};

/** Parameters that the route does take, with values that it may not, or once too often. */
const spoiltQueries = (schema: TSchema): readonly fc.Arbitrary<Mutation>[] =>
  Object.entries(propertiesOf(nodeOf(schema))).map(([name, node]) =>
    fc.constantFrom(...hostileTexts).map((text) => {
      const piece = `${name}=${encodeURIComponent(text)}`;
      const isTyped = ['integer', 'number', 'boolean'].includes(node.type ?? '');
      if (isTyped) return refuse(`query ${piece.slice(0, 60)}`, { rawQuery: piece });
      if (node.type !== 'array') return refuse(`query ${name} twice`, { rawQuery: `${piece}&${piece}` });
      return { what: `query ${piece.slice(0, 60)}`, mustRefuse: false, rawQuery: piece };
    }),
  );

/** None of them is a number or a boolean. */
const hostileTexts = ['', 'NaN', '1e999', '0x10', '١', 'x'.repeat(5_000), '__proto__', '9'.repeat(400), 'null', ' 1'];

const hostileSegments = [
  '%00',
  '%ff',
  '%',
  '%e0%a4',
  '%2e%2e%2f%2e%2e',
  '__proto__',
  'constructor',
  '%F0%9F%9A%A2',
  "'%20OR%201=1",
  '-1',
];

/** Parameters of the path. Those that are no text must be refused; of the others the route itself knows. */
const hostileParams = (segments: Readonly<Record<string, string>>): fc.Arbitrary<Mutation> =>
  fc
    .tuple(fc.constantFrom(...Object.keys(segments)), fc.constantFrom(...hostileSegments, 'a'.repeat(10_000)))
    .map(([name, segment]) => ({
      what: `parameter ${name}=${segment.slice(0, 40)}`,
      mustRefuse: ['%00', '%ff', '%', '%e0%a4'].includes(segment),
      segments: { ...segments, [name]: segment },
    }));

/** Headers that arrive broken; nothing says that they must be refused, only that they do no harm. */
const oddHeaders: fc.Arbitrary<Mutation> = fc
  .constantFrom<Readonly<Record<string, string>>>(
    { cookie: '=;;__proto__=x; plimsoll_session=%00%ff; plimsoll_session=' },
    { authorization: 'Bearer' },
    { authorization: `Bearer plt_${'x'.repeat(5_000)}` },
    { authorization: 'Basic !!!' },
    { 'x-request-id': '\u00ff'.repeat(300), traceparent: '00-zz' },
    { 'last-event-id': '-1e999', accept: '*/*;q=x' },
    { 'x-plimsoll-csrf': 'x', 'sec-fetch-site': 'none' },
  )
  .map((headers) => ({ what: `headers ${JSON.stringify(headers).slice(0, 80)}`, mustRefuse: false, headers }));

export interface Base {
  readonly querySchema: TSchema | undefined;
  readonly bodySchema: TSchema | undefined;
  readonly bodyBytesMax: number;
  /** A value that fits, undefined where no body is taken. */
  readonly body: JsonValue | undefined;
  readonly draft: Draft;
}

/** Routes that take more than this are not tried with a body beyond their limit: it would cost the test its time. */
const paddedBytesMax = 2_097_152;

const tooLarge = (body: Uint8Array, bodyBytesMax: number): fc.Arbitrary<Mutation> =>
  fc.constant(null).map(() => ({
    what: 'a body beyond the limit',
    mustRefuse: bodyBytesMax <= paddedBytesMax,
    body: bytesOf(textOf(body) + ' '.repeat(Math.min(bodyBytesMax, paddedBytesMax) - body.length + 1)),
  }));

/** All ways to spoil one good request. */
export function mutationsOf({ querySchema, bodySchema, bodyBytesMax, body, draft }: Base): fc.Arbitrary<Mutation> {
  const general = [foreignSites, brokenQueries(draft.rawQuery), oddHeaders];
  const params = Object.keys(draft.segments).length === 0 ? [] : [hostileParams(draft.segments)];
  const queries = querySchema === undefined ? [] : spoiltQueries(querySchema);
  if (bodySchema === undefined || body === undefined) {
    const unwanted = refuse('a body where none is taken', { body: bytesOf('{}') });
    return fc.oneof(...general, ...queries, ...params, fc.constant(unwanted));
  }
  // Twice, since bodies are where most can go wrong.
  const bodies = [shapedBodies(bodySchema, body), brokenBodies(draft.body)];
  return fc.oneof(
    ...general,
    ...queries,
    ...params,
    wrongHeaders,
    tooLarge(draft.body, bodyBytesMax),
    ...bodies,
    ...bodies,
  );
}
