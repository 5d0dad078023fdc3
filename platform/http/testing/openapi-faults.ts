import type { JsonObject, JsonValue } from '../../../kernel/json.ts';

const memberOf = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;

const membersOf = (value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** Every `$ref` in a value, however deep. */
const refsIn = (value: JsonValue): readonly string[] =>
  membersOf(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : refsIn(member),
  );

const resolves = (document: JsonObject, ref: string): boolean => {
  const steps = ref
    .replace(/^#\//, '')
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return ref.startsWith('#/') && steps.reduce<JsonValue | undefined>(memberOf, document) !== undefined;
};

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly body: JsonValue;
}

const operationsOf = (document: JsonObject): readonly Operation[] =>
  membersOf(document.paths).flatMap(([path, item]) =>
    membersOf(item).map(([method, body]) => ({ path, method, body })),
  );

const operationFaults = ({ path, method, body }: Operation): readonly string[] => {
  const declared = membersOf(memberOf(body, 'parameters'))
    .filter(([, parameter]) => memberOf(parameter, 'in') === 'path')
    .map(([, parameter]) => memberOf(parameter, 'name'));
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  const missing = inPath.filter((name) => !declared.includes(name)).map((name) => `does not declare {${name}}`);
  const idle = declared
    .filter((name) => !inPath.includes(String(name)))
    .map((name) => `declares ${name}, not in its path`);
  const responses = membersOf(memberOf(body, 'responses'));
  const mute = responses.filter(([, response]) => typeof memberOf(response, 'description') !== 'string');
  return [
    ...missing,
    ...idle,
    ...(responses.length === 0 ? ['has no response'] : []),
    ...mute.map(([status]) => `has no description of ${status}`),
  ].map((fault) => `${path} ${method} ${fault}`);
};

/**
 * What is unsound in an OpenAPI document, in the rules that a generated client trips over: references that lead nowhere,
 * operation ids that stand twice, parameters of a path that are not declared. Empty when it is sound.
 */
export function openApiFaults(document: JsonObject): readonly string[] {
  const operations = operationsOf(document);
  const ids = operations.map(({ body }) => String(memberOf(body, 'operationId')));
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  const hasInfo = ['title', 'version'].every((key) => typeof memberOf(document.info, key) === 'string');
  return [
    ...(String(document.openapi).startsWith('3.1') ? [] : [`expected openapi 3.1, found ${document.openapi}`]),
    ...(hasInfo ? [] : ['expected info with title and version']),
    ...[...twice].map((id) => `operationId ${id} stands twice`),
    ...operations.flatMap(operationFaults),
    ...refsIn(document)
      .filter((ref) => !resolves(document, ref))
      .map((ref) => `$ref ${ref} leads nowhere`),
  ];
}
