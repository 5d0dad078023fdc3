import Type, { type Static } from 'typebox';
import { problemOf } from '../../kernel/problem.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { HistoryEntry } from '../../platform/definitions/history.ts';
import type { Answer, AnyRoute, Route, Shape } from '../../platform/http/route.ts';
import type { Catalog, Named, Service, Team } from './view.ts';

/** What the routes read. */
export interface CatalogReaders {
  catalog(): Catalog;
  /** Who changed a document, newest first. */
  historyOf(kind: string, name: string, limit: number): Promise<readonly HistoryEntry[]>;
}

/** Entries of a history that a page shows. */
const historyCountMax = 50;

const NamedShape = Type.Object({ name: Type.String(), title: Type.String() });
const LinkShape = Type.Object({ title: Type.String(), url: Type.String() });
const LabelsShape = Type.Record(Type.String(), Type.String());
const TierShape = Type.Integer({ minimum: 1, maximum: 4 });
const StrengthShape = Type.Union([Type.Literal('hard'), Type.Literal('soft')]);
const ActorShape = Type.String();
const NeighbourShape = Type.Object({
  name: Type.String(),
  title: Type.String(),
  strength: StrengthShape,
  external: Type.Boolean(),
});
const LastChangeShape = Type.Object({
  revision: Type.Integer(),
  at: Type.Number(),
  actor: ActorShape,
  file: Type.String(),
});
const HistoryShape = Type.Array(
  Type.Object({
    revision: Type.Integer(),
    at: Type.Number(),
    actor: ActorShape,
    change: Type.Enum(['added', 'changed', 'moved', 'removed']),
    from: Type.Union([Type.Literal('folder'), Type.Literal('api')]),
    commit: Type.Union([Type.String(), Type.Null()]),
    file: Type.String(),
    diff: Type.Array(
      Type.Object({
        pointer: Type.String(),
        before: Type.Optional(Type.Unknown()),
        after: Type.Optional(Type.Unknown()),
      }),
    ),
  }),
);

const ServiceEntryShape = Type.Object({
  name: Type.String(),
  title: Type.String(),
  owner: NamedShape,
  tier: TierShape,
  labels: LabelsShape,
  dependencies: Type.Integer({ minimum: 0 }),
  dependents: Type.Integer({ minimum: 0 }),
});

const TeamEntryShape = Type.Object({
  name: Type.String(),
  title: Type.String(),
  services: Type.Integer({ minimum: 0 }),
  labels: LabelsShape,
});

const servicesShape = { reply: Type.Object({ services: Type.Array(ServiceEntryShape) }) } satisfies Shape;
const teamsShape = { reply: Type.Object({ teams: Type.Array(TeamEntryShape) }) } satisfies Shape;

const nameParam = Type.String({ minLength: 1, maxLength: 63 });

const serviceShape = {
  params: Type.Object({ service: nameParam }),
  reply: Type.Object({
    name: Type.String(),
    title: Type.String(),
    description: Type.Union([Type.String(), Type.Null()]),
    owner: NamedShape,
    tier: TierShape,
    labels: LabelsShape,
    repository: Type.Union([Type.String(), Type.Null()]),
    links: Type.Array(LinkShape),
    dependencies: Type.Array(NeighbourShape),
    dependents: Type.Array(NeighbourShape),
    lastChange: LastChangeShape,
    history: HistoryShape,
  }),
} satisfies Shape;

const teamShape = {
  params: Type.Object({ team: nameParam }),
  reply: Type.Object({
    name: Type.String(),
    title: Type.String(),
    description: Type.Union([Type.String(), Type.Null()]),
    chat: Type.Union([Type.String(), Type.Null()]),
    labels: LabelsShape,
    links: Type.Array(LinkShape),
    services: Type.Array(Type.Object({ name: Type.String(), title: Type.String(), tier: TierShape })),
    lastChange: LastChangeShape,
    history: HistoryShape,
  }),
} satisfies Shape;

const entryOf = ({
  name,
  title,
  owner,
  tier,
  labels,
  dependencies,
  dependents,
}: Service): Static<typeof ServiceEntryShape> => ({
  name,
  title,
  owner,
  tier,
  labels: { ...labels },
  dependencies: dependencies.length,
  dependents: dependents.length,
});

const historyShown = (entries: readonly HistoryEntry[]): Static<typeof HistoryShape> =>
  entries.map(({ source, diff, ...entry }) => ({ ...entry, ...source, diff: [...diff] }));

const serviceShown = (service: Service, history: readonly HistoryEntry[]): Static<typeof serviceShape.reply> => ({
  ...service,
  labels: { ...service.labels },
  links: [...service.links],
  dependencies: [...service.dependencies],
  dependents: [...service.dependents],
  history: historyShown(history),
});

const teamShown = (team: Team, history: readonly HistoryEntry[]): Static<typeof teamShape.reply> => ({
  ...team,
  labels: { ...team.labels },
  links: [...team.links],
  services: [...team.services],
  history: historyShown(history),
});

const notFound = (noun: 'service' | 'team', name: string, known: ReadonlyMap<string, Named>): Answer<never> => {
  const hint = didYouMean(name, known.keys());
  const detail = `no ${noun} is called ${JSON.stringify(name)}; GET /api/v1/${noun}s lists them.${hint}`;
  return { kind: 'problem', problem: problemOf(`${noun}-not-found`, 404, detail) };
};

const servicesRoute = ({ catalog }: CatalogReaders): Route<typeof servicesShape> => ({
  name: 'catalog.list-services',
  method: 'GET',
  path: '/api/v1/services',
  summary: 'All services, by name.',
  permission: 'services.read',
  shape: servicesShape,
  handle: async () => ({ kind: 'reply', body: { services: [...catalog().services.values()].map(entryOf) } }),
});

const serviceRoute = ({ catalog, historyOf }: CatalogReaders): Route<typeof serviceShape> => ({
  name: 'catalog.read-service',
  method: 'GET',
  path: '/api/v1/services/:service',
  summary: 'One service: owner, tier, both directions of its dependencies, and who changed it when.',
  permission: 'services.read',
  shape: serviceShape,
  problems: { 'service-not-found': 404 },
  scopeOf: ({ service = '' }) => ({ service }),
  handle: async ({ params }) => {
    const { services } = catalog();
    const service = services.get(params.service);
    if (service === undefined) return notFound('service', params.service, services);
    const history = await historyOf('Service', service.name, historyCountMax);
    return { kind: 'reply', body: serviceShown(service, history) };
  },
});

const teamsRoute = ({ catalog }: CatalogReaders): Route<typeof teamsShape> => ({
  name: 'catalog.list-teams',
  method: 'GET',
  path: '/api/v1/teams',
  summary: 'All teams, by name.',
  permission: 'services.read',
  shape: teamsShape,
  handle: async () => {
    const teams = [...catalog().teams.values()].map(({ name, title, services, labels }) => ({
      name,
      title,
      services: services.length,
      labels: { ...labels },
    }));
    return { kind: 'reply', body: { teams } };
  },
});

const teamRoute = ({ catalog, historyOf }: CatalogReaders): Route<typeof teamShape> => ({
  name: 'catalog.read-team',
  method: 'GET',
  path: '/api/v1/teams/:team',
  summary: 'One team: where it is reached, what it owns, and who changed it when.',
  permission: 'services.read',
  shape: teamShape,
  problems: { 'team-not-found': 404 },
  scopeOf: ({ team = '' }) => ({ team }),
  handle: async ({ params }) => {
    const { teams } = catalog();
    const team = teams.get(params.team);
    if (team === undefined) return notFound('team', params.team, teams);
    return { kind: 'reply', body: teamShown(team, await historyOf('Team', team.name, historyCountMax)) };
  },
});

/** The routes of the catalogue. */
export const catalogRoutes = (readers: CatalogReaders): readonly AnyRoute[] => [
  servicesRoute(readers),
  serviceRoute(readers),
  teamsRoute(readers),
  teamRoute(readers),
];
