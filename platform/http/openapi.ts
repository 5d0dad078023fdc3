import Type, { type TSchema } from 'typebox';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import type { AnyRoute, Route } from './route.ts';
import { nodeOf, propertiesOf, requiredOf } from './schema-node.ts';

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

const problemRef = { $ref: '#/components/schemas/Problem' };

/** The shape of every refusal, RFC 9457; `kernel/problem.ts` in a schema's words. */
const ProblemSchema = Type.Object({
  type: Type.String({ description: '/problems/ and a code that does not change.' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What was found, what was expected, the next step.' }),
  instance: Type.Optional(Type.String({ description: 'The id of the request, as in the log.' })),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String({ description: 'JSON pointer.' }), detail: Type.String() })),
  ),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** What the dispatcher itself may answer, whatever the route. */
const problemsOfAll = (route: AnyRoute): Readonly<Record<string, number>> => ({
  'request-not-valid': 400,
  'too-many-requests': 429,
  failed: 500,
  ...(route.permission === 'open' ? {} : { 'sign-in-needed': 401 }),
  ...(route.permission === 'open' || route.permission === 'signed-in' ? {} : { 'permission-missing': 403 }),
  ...(route.shape.body === undefined ? {} : { 'body-too-large': 413, 'media-type-not-known': 415 }),
});

/** A schema as plain JSON: TypeBox marks its values with symbols and hidden members, which are no part of the document. */
const plain = (schema: TSchema): JsonValue => JSON.parse(JSON.stringify(schema));

const parametersOf = (schema: TSchema | undefined, where: 'path' | 'query'): readonly JsonObject[] => {
  if (schema === undefined) return [];
  const node = nodeOf(schema);
  const required = requiredOf(node);
  return Object.entries(propertiesOf(node)).map(([name, member]) => ({
    name,
    in: where,
    required: where === 'path' || required.has(name),
    ...(member.description === undefined ? {} : { description: member.description }),
    schema: plain(member as TSchema),
  }));
};

const goodResponse = (route: AnyRoute): JsonObject => {
  const json = { 'application/json': { schema: plain(route.shape.reply) } };
  const others = (route.alsoProduces ?? []).map((type) => [type.split(';')[0] ?? type, { schema: { type: 'string' } }]);
  const isEmpty = route.status === 204;
  return { description: route.summary, ...(isEmpty ? {} : { content: { ...json, ...Object.fromEntries(others) } }) };
};

/** One response for each status, naming the codes that come with it. */
const problemResponses = (route: AnyRoute): JsonObject => {
  const codesByStatus = new Map<number, string[]>();
  for (const [code, status] of Object.entries({ ...problemsOfAll(route), ...route.problems })) {
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  const responses = [...codesByStatus].map(([status, codes]) => [
    String(status),
    { description: codes.join(', '), content: { 'application/problem+json': { schema: problemRef } } },
  ]);
  return Object.fromEntries(responses);
};

const operationOf = (route: AnyRoute): JsonObject => ({
  operationId: route.name,
  summary: route.summary,
  tags: [route.name.split('.')[0] ?? route.name],
  'x-plimsoll-permission': route.permission,
  security: route.permission === 'open' ? [] : [{ session: [] }, { token: [] }],
  parameters: [...parametersOf(route.shape.params, 'path'), ...parametersOf(route.shape.query, 'query')],
  ...(route.shape.body === undefined
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: plain(route.shape.body) } } } }),
  responses: { [String(route.status ?? 200)]: goodResponse(route), ...problemResponses(route) },
});

const templateOf = (path: string): string => path.replaceAll(/:([A-Za-z]+)/g, '{$1}');

/**
 * The OpenAPI document of the routes, from the schemas that validate them. https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiOf(routes: readonly AnyRoute[], info: ApiInfo): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: plain(ProblemSchema) },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'plimsoll_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

const Document = Type.Record(Type.String(), Type.Unknown());

/** All routes with the one that describes them all, itself included. */
export function withOpenApi(routes: readonly AnyRoute[], info: ApiInfo): readonly AnyRoute[] {
  let document: JsonObject | undefined;
  const route: Route<{ reply: typeof Document }> = {
    name: 'http.read-openapi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description of the API, OpenAPI 3.1.',
    permission: 'open',
    shape: { reply: Document },
    handle: async () => {
      document ??= openApiOf(all, info);
      return { kind: 'reply', body: document };
    },
  };
  const all = [...routes, route];
  return all;
}
