import type { Actor } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';
import type { InForceDocument } from '../../platform/definitions/facts.ts';
import type { DefinitionsInForce } from '../../platform/definitions/in-force.ts';
import { titleOf } from './document.ts';
import { dependenciesOf, type ServiceDocument, type Strength } from './service.ts';
import type { TeamDocument } from './team.ts';

/** A name with the words that people use for it. */
export interface Named {
  readonly name: string;
  readonly title: string;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

/** One end of a dependency, seen from the other. `title` is the name for what is external. */
export interface Neighbour extends Named {
  readonly strength: Strength;
  readonly external: boolean;
}

/** When the document was last set, and by whom. */
export interface LastChange {
  readonly revision: number;
  readonly at: Millis;
  readonly actor: Actor;
  readonly file: string;
}

export interface Service extends Named {
  readonly description: string | null;
  readonly owner: Named;
  /** 1 to 4; 1 matters most. */
  readonly tier: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly repository: string | null;
  readonly links: readonly Link[];
  readonly dependencies: readonly Neighbour[];
  readonly dependents: readonly Neighbour[];
  readonly lastChange: LastChange;
}

export interface Team extends Named {
  readonly description: string | null;
  readonly chat: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
  readonly services: readonly (Named & { readonly tier: number })[];
  readonly lastChange: LastChange;
}

/** Services and teams by name, in the order of their names. */
export interface Catalog {
  readonly services: ReadonlyMap<string, Service>;
  readonly teams: ReadonlyMap<string, Team>;
}

const lastChangeOf = ({ revision, at, actor, file }: InForceDocument): LastChange => ({ revision, at, actor, file });

/** Bodies were held against their schema before they came into force. */
const bodyOf = <Body>(document: InForceDocument): Body => document.body as unknown as Body;

type Titles = ReadonlyMap<string, string>;

const titlesOf = (documents: readonly InForceDocument[]): Titles =>
  new Map(
    documents.map((document) => [document.name, titleOf(bodyOf<TeamDocument | ServiceDocument>(document).metadata)]),
  );

const namedBy = (titles: Titles, name: string): Named => ({ name, title: titles.get(name) ?? name });

function dependentsByService(
  services: readonly InForceDocument[],
  titles: Titles,
): ReadonlyMap<string, readonly Neighbour[]> {
  const dependents = new Map<string, Neighbour[]>();
  for (const document of services) {
    for (const { service, strength, external } of dependenciesOf(bodyOf<ServiceDocument>(document))) {
      // An external one is not in the catalogue, whatever its name.
      if (external) continue;
      const known = dependents.get(service) ?? [];
      known.push({ ...namedBy(titles, document.name), strength, external });
      dependents.set(service, known);
    }
  }
  return dependents;
}

function serviceOf(
  document: InForceDocument,
  titles: { readonly services: Titles; readonly teams: Titles },
  dependents: readonly Neighbour[],
): Service {
  const body = bodyOf<ServiceDocument>(document);
  const { metadata, spec } = body;
  const dependencies = dependenciesOf(body).map(({ service, strength, external }) => ({
    ...namedBy(titles.services, service),
    strength,
    external,
  }));
  return {
    ...namedBy(titles.services, document.name),
    description: spec.description ?? null,
    owner: namedBy(titles.teams, spec.owner),
    tier: spec.tier,
    labels: metadata.labels ?? {},
    repository: spec.repository ?? null,
    links: spec.links ?? [],
    dependencies,
    dependents,
    lastChange: lastChangeOf(document),
  };
}

function teamOf(document: InForceDocument, owned: readonly Service[]): Team {
  const { metadata, spec } = bodyOf<TeamDocument>(document);
  return {
    name: document.name,
    title: titleOf(metadata),
    description: spec?.description ?? null,
    chat: spec?.chat ?? null,
    labels: metadata.labels ?? {},
    links: spec?.links ?? [],
    services: owned.map(({ name, title, tier }) => ({ name, title, tier })),
    lastChange: lastChangeOf(document),
  };
}

const byName = <Item extends Named>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.name, item]));

/** The catalogue of what is in force. Pure. */
export function catalogOf(inForce: Pick<DefinitionsInForce, 'documentsOf'>): Catalog {
  const documents = inForce.documentsOf('Service');
  const teams = inForce.documentsOf('Team');
  const titles = { services: titlesOf(documents), teams: titlesOf(teams) };
  const dependents = dependentsByService(documents, titles.services);
  const services = documents.map((document) => serviceOf(document, titles, dependents.get(document.name) ?? []));
  const owned = Map.groupBy(services, ({ owner }) => owner.name);
  return {
    services: byName(services),
    teams: byName(teams.map((document) => teamOf(document, owned.get(document.name) ?? []))),
  };
}
