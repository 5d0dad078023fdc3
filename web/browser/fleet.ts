/** The fleet that browser tests sail: the six services of a small shop, as definitions. */

interface Ship {
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  readonly tier: number;
  readonly description: string;
  readonly dependencies: readonly string[];
}

const ships: readonly Ship[] = [
  {
    name: 'gateway',
    title: 'Gateway',
    owner: 'harbour',
    tier: 1,
    description: 'Takes every request and sends it on.',
    dependencies: ['auth', 'catalog', 'checkout'],
  },
  {
    name: 'auth',
    title: 'Sign-in',
    owner: 'harbour',
    tier: 1,
    description: 'Knows who somebody is.',
    dependencies: [],
  },
  {
    name: 'catalog',
    title: 'Catalogue',
    owner: 'storefront',
    tier: 2,
    description: 'What there is to buy.',
    dependencies: ['recommendation'],
  },
  {
    name: 'recommendation',
    title: 'Recommendations',
    owner: 'storefront',
    tier: 3,
    description: 'What else somebody may like.',
    dependencies: [],
  },
  {
    name: 'checkout',
    title: 'Checkout',
    owner: 'storefront',
    tier: 1,
    description: 'Takes a basket to a paid order.',
    dependencies: ['payment', 'auth', 'catalog'],
  },
  {
    name: 'payment',
    title: 'Card payments',
    owner: 'payments',
    tier: 1,
    description: 'Charges cards, once each.',
    dependencies: [],
  },
];

const teams = [
  { name: 'harbour', title: 'Harbour', chat: '#harbour' },
  { name: 'storefront', title: 'Storefront', chat: '#storefront' },
  { name: 'payments', title: 'Payments', chat: '#payments' },
] as const;

const serviceDocument = ({ name, title, owner, tier, description, dependencies }: Ship): object => ({
  apiVersion: 'plimsoll/v1',
  kind: 'Service',
  metadata: { name, title, labels: { area: owner === 'payments' ? 'money' : 'shop', language: 'typescript' } },
  spec: {
    owner,
    tier,
    description,
    dependencies: [
      ...dependencies.map((service) => ({ service, strength: service === 'catalog' ? 'soft' : 'hard' })),
      ...(name === 'payment' ? [{ service: 'paywell', external: true }] : []),
    ],
    repository: `https://git.example/harbour/${name}`,
    links: [{ title: 'How it works', url: `https://docs.example/${name}` }],
  },
});

const teamDocument = ({ name, title, chat }: (typeof teams)[number]): object => ({
  apiVersion: 'plimsoll/v1',
  kind: 'Team',
  metadata: { name, title },
  spec: { chat },
});

export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
}

const fileOf = (kind: string, name: string, document: object): DefinitionFile => ({
  path: `${kind}/${name}.json`,
  text: JSON.stringify(document, null, 2),
});

/** Three teams and six services, a document a file. */
export const fleetFiles: readonly DefinitionFile[] = [
  ...teams.map((team) => fileOf('teams', team.name, teamDocument(team))),
  ...ships.map((ship) => fileOf('services', ship.name, serviceDocument(ship))),
];

/** One more service, for tests that wait for something new to appear. */
export const anotherShip = (name: string): DefinitionFile =>
  fileOf('services', name, {
    apiVersion: 'plimsoll/v1',
    kind: 'Service',
    metadata: { name },
    spec: { owner: 'harbour', tier: 4 },
  });

/** As long as a name may be that people still put up with. */
export const longName = 'settles-cross-border-card-payments-at-night-in-small-batches';

/** Two hundred services more, so that lists are long; the first, of tier 1, has a long name, and all stand on it. */
export const longFleetFiles: readonly DefinitionFile[] = [
  longName,
  ...Array.from({ length: 199 }, (_, index) => `hull-${index + 1}`),
].map((name) =>
  fileOf('services', name, {
    apiVersion: 'plimsoll/v1',
    kind: 'Service',
    metadata: { name, title: `The service called ${name}` },
    spec: {
      owner: 'harbour',
      tier: name === longName ? 1 : 4,
      dependencies: name === longName ? [] : [{ service: longName }],
    },
  }),
);
