import Type, { type Static } from 'typebox';
import type { DocumentsInView, Kind, RuleFault } from '../../platform/definitions/kind.ts';
import { apiVersion, Description, Links, Metadata, Name } from './document.ts';

const strict = { additionalProperties: false } as const;

/** How much a service matters: 1 stops the business, 4 is missed by nobody for a day. */
const Tier = Type.Integer({
  minimum: 1,
  maximum: 4,
  description: '1 stops the business; 4 is missed by nobody for a day.',
});

export const strengths = ['hard', 'soft'] as const;
export type Strength = (typeof strengths)[number];

const Dependency = Type.Object(
  {
    service: Name,
    strength: Type.Optional(
      Type.Union([Type.Literal('hard'), Type.Literal('soft')], {
        default: 'hard',
        description: 'hard: without it this service fails. soft: without it this service does less.',
      }),
    ),
    external: Type.Optional(
      Type.Boolean({ default: false, description: 'True for what somebody else runs: it needs no document here.' }),
    ),
  },
  { ...strict, 'x-expected': 'a map such as { service: payments, strength: hard }' },
);

const Repository = Type.String({
  pattern: '^(?:https?://|ssh://|git@)[^\\s<>"]+$',
  maxLength: 500,
  'x-expected': 'the address of a repository, beginning with https://, ssh:// or git@',
});

const ServiceDocument = Type.Object(
  {
    apiVersion: Type.Literal(apiVersion),
    kind: Type.Literal('Service'),
    metadata: Metadata,
    spec: Type.Object(
      {
        owner: Type.String({ maxLength: 63, description: 'The name of a Team.', 'x-expected': 'the name of a Team' }),
        tier: Tier,
        description: Type.Optional(Description),
        dependencies: Type.Optional(Type.Array(Dependency, { maxItems: 200 })),
        links: Type.Optional(Links),
        repository: Type.Optional(Repository),
      },
      { ...strict, 'x-expected': 'a map with owner and tier' },
    ),
  },
  strict,
);

export type ServiceDocument = Static<typeof ServiceDocument>;
type DependencyEntry = Static<typeof Dependency>;

/** A dependency with its defaults. */
export interface Dependency {
  readonly service: string;
  readonly strength: Strength;
  readonly external: boolean;
}

export const dependenciesOf = ({ spec }: ServiceDocument): readonly Dependency[] =>
  (spec.dependencies ?? []).map(({ service, strength = 'hard', external = false }) => ({
    service,
    strength,
    external,
  }));

function ownerFaults({ spec }: ServiceDocument, view: DocumentsInView): readonly RuleFault[] {
  if (view.has('Team', spec.owner)) return [];
  const hint = view.didYouMean('Team', spec.owner);
  const next = hint === '' ? ' Write a document of kind Team with this name.' : hint;
  return [
    { pointer: '/spec/owner', message: `found ${JSON.stringify(spec.owner)}, expected the name of a Team.${next}` },
  ];
}

function targetFault(name: string, entry: DependencyEntry, view: DocumentsInView): string | null {
  const target = JSON.stringify(entry.service);
  if (entry.service === name) return `found ${target}, which is this service itself; take it out.`;
  const isKnown = view.has('Service', entry.service);
  if (isKnown && entry.external === true)
    return `found external: true, but there is a Service ${target}; take "external" out.`;
  if (isKnown || entry.external === true) return null;
  const hint = view.didYouMean('Service', entry.service);
  return `found ${target}, expected the name of a Service, or external: true for what somebody else runs.${hint}`;
}

function dependencyFaults({ metadata, spec }: ServiceDocument, view: DocumentsInView): readonly RuleFault[] {
  const entries = spec.dependencies ?? [];
  const firstAt = new Map<string, number>();
  return entries.flatMap((entry, index): readonly RuleFault[] => {
    const pointer = `/spec/dependencies/${index}/service`;
    const earlier = firstAt.get(entry.service);
    if (earlier !== undefined) {
      return [
        {
          pointer,
          message: `${JSON.stringify(entry.service)} is listed twice, first as number ${earlier + 1}; take one out.`,
        },
      ];
    }
    firstAt.set(entry.service, index);
    const message = targetFault(metadata.name, entry, view);
    return message === null ? [] : [{ pointer, message }];
  });
}

/**
 * A service: what has users, objectives and somebody who answers for it. Services may depend on each other in a circle: real
 * ones do, and a catalogue that refuses to say so is no longer true. Whoever walks the dependencies keeps count of where it was.
 */
export const serviceKind: Kind<ServiceDocument> = {
  kind: 'Service',
  apiVersion,
  schema: ServiceDocument,
  summary: 'A service: who owns it, how much it matters, what it stands on.',
  rules: (body, view) => [...ownerFaults(body, view), ...dependencyFaults(body, view)],
};
