import Type, { type Static } from 'typebox';
import { assert } from '../../kernel/assert.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { type Problem, problemOf } from '../../kernel/problem.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { AnyRoute, Call, Identity, Route, Shape } from '../http/route.ts';
import type { Act } from '../journal/ledger.ts';
import type { Step } from './decide.ts';
import type { Definitions } from './definitions.ts';
import type { Fault } from './kind.ts';
import { fileBytesMax, fileCountMax, pathCharactersMax } from './limits.ts';
import type { DefinitionFile } from './reading.ts';
import type { Registry } from './registry.ts';

const filesBytesMax = 16 * 1024 * 1024;

const FaultShape = Type.Object({
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  pointer: Type.String(),
  message: Type.String(),
});

const SourceShape = Type.Object({
  from: Type.Union([Type.Literal('folder'), Type.Literal('api')]),
  commit: Type.Union([Type.String(), Type.Null()]),
});

const StepShape = Type.Object({
  kind: Type.String(),
  name: Type.String(),
  file: Type.String(),
  change: Type.Enum(['added', 'changed', 'moved', 'removed']),
  diff: Type.Array(
    Type.Object({
      pointer: Type.String(),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  ),
});

/** Relative, below the folder, nothing hidden, and of a type that is read: `catalog/services.yaml`. */
const step = '[^./\\\\\\u0000-\\u001f][^/\\\\\\u0000-\\u001f]*';
const pathPattern = `^${step}(?:/${step})*\\.(?:yaml|yml|json)$`;

const files = Type.Array(
  Type.Object(
    {
      path: Type.String({
        pattern: pathPattern,
        maxLength: pathCharactersMax,
        description: 'Path below the folder, such as catalog/services.yaml; its ending says YAML or JSON.',
        'x-expected':
          'a path below the folder without hidden parts or "..", that ends in .yaml, .yml or .json, such as catalog/services.yaml',
      }),
      text: Type.String({ maxLength: fileBytesMax, description: 'The whole text of the file.' }),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: fileCountMax },
);

const prune = Type.Optional(
  Type.Boolean({ description: 'True: documents that came through the API before and are not among these files go.' }),
);

const commit = Type.Optional(
  Type.String({ pattern: '^[0-9a-f]{7,64}$', description: 'The commit that the files come from.' }),
);

const listShape = {
  reply: Type.Object({
    revision: Type.Integer({ minimum: 0 }),
    source: Type.Union([SourceShape, Type.Null()]),
    documents: Type.Array(
      Type.Object({ kind: Type.String(), name: Type.String(), file: Type.String(), revision: Type.Integer() }),
    ),
    faults: Type.Array(FaultShape),
  }),
} satisfies Shape;

const checkShape = {
  body: Type.Object({ files }, { additionalProperties: false }),
  reply: Type.Object({ documents: Type.Integer({ minimum: 0 }), faults: Type.Array(FaultShape) }),
} satisfies Shape;

const diffShape = {
  body: Type.Object({ files, prune }, { additionalProperties: false }),
  reply: Type.Object({ faults: Type.Array(FaultShape), changes: Type.Array(StepShape) }),
} satisfies Shape;

const applyShape = {
  body: Type.Object({ files, prune, commit }, { additionalProperties: false }),
  reply: Type.Object({ revision: Type.Integer({ minimum: 0 }), changes: Type.Array(StepShape) }),
} satisfies Shape;

const schemasShape = {
  reply: Type.Object({
    kinds: Type.Array(
      Type.Object({ kind: Type.String(), apiVersion: Type.String(), summary: Type.String(), schema: Type.String() }),
    ),
  }),
} satisfies Shape;

const schemaShape = {
  params: Type.Object({ kind: Type.String({ minLength: 1, maxLength: 100 }) }),
  reply: Type.Unknown(),
} satisfies Shape;

const actOf = ({ identity, cause }: { identity: Identity | null } & Pick<Call<Shape>, 'cause'>): Act => {
  assert(identity !== null, 'a route with a permission has an identity');
  return { actor: identity.actor, cause };
};

const changesOf = (steps: readonly Step[]): Static<typeof StepShape>[] =>
  steps.map(({ kind, name, file, change, diff }) => ({ kind, name, file, change, diff: [...diff] }));

const faultsShown = (faults: readonly Fault[]): Static<typeof FaultShape>[] => faults.map((fault) => ({ ...fault }));

/** The faults as a problem: for each its place in the request, and all of them with line and column in `data`. */
function problemOfFaults(faults: readonly Fault[], sent: readonly DefinitionFile[]): Problem {
  const places = new Map(sent.map(({ path }, index) => [path, `/body/files/${index}/text`]));
  const errors = faults.map(({ file, line, column, message }) => ({
    pointer: places.get(file) ?? '/body/files',
    detail: `${file}:${line}:${column}: ${message}`,
  }));
  const data: JsonObject = { faults: faultsShown(faults) };
  const count = faults.length === 1 ? 'there is 1 fault' : `there are ${faults.length} faults`;
  const detail = `nothing was applied, because ${count}; mend what the errors name and apply again`;
  return problemOf('definitions-faulty', 422, detail, { errors, data });
}

const listRoute = (definitions: Definitions): Route<typeof listShape> => ({
  name: 'definitions.list-in-force',
  method: 'GET',
  path: '/api/v1/definitions',
  summary: 'The documents in force, and the faults of the definitions folder.',
  permission: 'definitions.read',
  shape: listShape,
  handle: async () => {
    const { revision, source, documents } = definitions.inForce();
    const shown = documents.map(({ kind, name, file, revision: since }) => ({ kind, name, file, revision: since }));
    return { kind: 'reply', body: { revision, source, documents: shown, faults: faultsShown(definitions.faults()) } };
  },
});

const checkRoute = (definitions: Definitions): Route<typeof checkShape> => ({
  name: 'definitions.check-files',
  method: 'POST',
  path: '/api/v1/definitions/check',
  summary: 'Checks files together with what is in force, and changes nothing.',
  permission: 'definitions.read',
  shape: checkShape,
  bodyBytesMax: filesBytesMax,
  handle: async ({ body }) => {
    const { documents, faults } = await definitions.check(body.files);
    return { kind: 'reply', body: { documents: documents.length, faults: faultsShown(faults) } };
  },
});

const diffRoute = (definitions: Definitions): Route<typeof diffShape> => ({
  name: 'definitions.diff-files',
  method: 'POST',
  path: '/api/v1/definitions/diff',
  summary: 'What applying these files would change.',
  permission: 'definitions.read',
  shape: diffShape,
  bodyBytesMax: filesBytesMax,
  handle: async ({ body }) => {
    const sent = { files: body.files, commit: null, prune: body.prune === true };
    const { faults, steps } = await definitions.diff(sent);
    return { kind: 'reply', body: { faults: faultsShown(faults), changes: changesOf(steps) } };
  },
});

const applyRoute = (definitions: Definitions): Route<typeof applyShape> => ({
  name: 'definitions.apply-files',
  method: 'POST',
  path: '/api/v1/definitions/apply',
  summary: 'Brings files into force, all of them or, with any fault, none.',
  permission: 'definitions.apply',
  shape: applyShape,
  bodyBytesMax: filesBytesMax,
  problems: { 'definitions-faulty': 422, 'revision-too-large': 422, 'no-space': 507 },
  handle: async (call) => {
    const { files: sent, prune: isPruning = false, commit: from = null } = call.body;
    const result = await definitions.apply({ files: sent, commit: from, prune: isPruning }, actOf(call));
    switch (result.outcome) {
      case 'applied':
        return { kind: 'reply', body: { revision: result.revision, changes: changesOf(result.steps) } };
      case 'faulty':
        return { kind: 'problem', problem: problemOfFaults(result.faults, sent) };
      case 'refused':
        return { kind: 'problem', problem: problemOf(result.code, 422, result.detail) };
      case 'no-space':
        return { kind: 'problem', problem: problemOf('no-space', 507, result.detail) };
    }
  },
});

const schemasRoute = (registry: Registry): Route<typeof schemasShape> => ({
  name: 'definitions.list-schemas',
  method: 'GET',
  path: '/api/v1/schemas',
  summary: 'The kinds of document, each with the address of its JSON Schema.',
  permission: 'open',
  shape: schemasShape,
  handle: async () => {
    const kinds = registry.kinds.map(({ kind, apiVersion, summary }) => ({
      kind,
      apiVersion,
      summary,
      schema: `/api/v1/schemas/${kind}`,
    }));
    return { kind: 'reply', body: { kinds } };
  },
});

const schemaRoute = (registry: Registry): Route<typeof schemaShape> => ({
  name: 'definitions.read-schema',
  method: 'GET',
  path: '/api/v1/schemas/:kind',
  summary: 'The JSON Schema of a kind of document, for editors to complete and check.',
  permission: 'open',
  shape: schemaShape,
  problems: { 'kind-not-found': 404 },
  handle: async ({ params }) => {
    const kind = registry.kindOf(params.kind);
    if (kind !== undefined) return { kind: 'reply', body: registry.schemaOf(kind) };
    const hint = didYouMean(
      params.kind,
      registry.kinds.map(({ kind: name }) => name),
    );
    const detail = `there is no kind ${JSON.stringify(params.kind)}; GET /api/v1/schemas lists them.${hint}`;
    return { kind: 'problem', problem: problemOf('kind-not-found', 404, detail) };
  },
});

/** The routes of the definitions. */
export const definitionRoutes = (definitions: Definitions, registry: Registry): readonly AnyRoute[] => [
  listRoute(definitions),
  checkRoute(definitions),
  diffRoute(definitions),
  applyRoute(definitions),
  schemasRoute(registry),
  schemaRoute(registry),
];
