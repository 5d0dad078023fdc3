import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Check } from 'typebox/value';
import { check } from '../../platform/definitions/check.ts';
import {
  createDefinitions,
  createRegistry,
  type DefinitionFile,
  type Definitions,
  documentFold,
  loadFolder,
  revisionFold,
} from '../../platform/definitions/index.ts';
import { idsFrom, realChance } from '../../platform/edge/chance.ts';
import { realClock } from '../../platform/edge/clock.ts';
import type { Answer } from '../../platform/http/route.ts';
import { openMemoryJournal } from '../../platform/journal/memory.ts';
import { openLedger } from '../../platform/journal/open-ledger.ts';
import { catalogKinds, createCatalog } from './index.ts';

const registry = createRegistry(catalogKinds);

const team = (name: string, spec = '{}'): string =>
  `apiVersion: plimsoll/v1\nkind: Team\nmetadata: {name: ${name}, title: Team ${name}}\nspec: ${spec}\n`;

const service = (name: string, spec = 'owner: pay, tier: 2', metadata = ''): string =>
  `apiVersion: plimsoll/v1\nkind: Service\nmetadata: {name: ${name}${metadata}}\nspec: {${spec}}\n`;

const faultsIn = (...documents: readonly string[]): readonly string[] =>
  check([{ path: 'a.yaml', text: documents.join('---\n') }], registry).faults.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );

describe('Team: accepts', () => {
  test('a name alone, and all that it may have', () => {
    const spec =
      '{description: Takes the money, chat: "#pay", links: [{title: Board, url: "https://board.example.com/1"}]}';
    assert.deepEqual(faultsIn('apiVersion: plimsoll/v1\nkind: Team\nmetadata: {name: pay}\n', team('shop', spec)), []);
  });
});

describe('Team: refuses', () => {
  test('a name that fits into no address', () => {
    const words = 'expected a name of small letters, digits and hyphens, such as "checkout".';
    assert.deepEqual(faultsIn(team('Pay')), [`3:18: found "Pay", ${words}`]);
    assert.deepEqual(faultsIn(team('pay-')), [`3:18: found "pay-", ${words}`]);
  });

  test('a link that is more than an address', () => {
    assert.deepEqual(faultsIn(team('pay', '{links: [{title: x, url: "javascript:alert(1)"}]}')), [
      '4:32: found "javascript:alert(1)", expected an address that begins with https:// or http://.',
    ]);
  });

  test('addresses of persons: there is no place for them', () => {
    assert.deepEqual(faultsIn(team('pay', '{email: ana@example.com}')), [
      '4:8: the key "email" is not known here, expected description, chat or links.',
    ]);
  });
});

describe('Service: accepts', () => {
  test('all that it may have, and dependencies in a circle', () => {
    const spec = [
      'owner: pay, tier: 1, description: Takes cards, repository: git@git.example.com:shop/cards.git',
      'dependencies: [{service: ledger, strength: hard}, {service: acme-pay, external: true, strength: soft}]',
      'links: [{title: Dashboard, url: "https://grafana.example.com/d/1"}]',
    ];
    const labels = ', title: Cards, labels: {area: shop, example.com/team-size: "3"}';
    const back = 'owner: pay, tier: 4, dependencies: [{service: cards}]';
    assert.deepEqual(faultsIn(team('pay'), service('cards', spec.join(', '), labels), service('ledger', back)), []);
  });
});

describe('Service: refuses', () => {
  const cases: Readonly<Record<string, readonly [document: string, ...faults: string[]]>> = {
    'an owner that is no team': [
      service('cards', 'owner: pya, tier: 1'),
      '9:15: found "pya", expected the name of a Team. Did you mean "pay"?',
    ],
    'an owner that is like no team': [
      service('cards', 'owner: storefront, tier: 1'),
      '9:15: found "storefront", expected the name of a Team. Write a document of kind Team with this name.',
    ],
    'no owner, no tier': [
      service('cards', ''),
      '9:1: "owner" is missing, expected the name of a Team.',
      '9:1: "tier" is missing, expected a whole number from 1 to 4.',
    ],
    'a tier that there is not': [
      service('cards', 'owner: pay, tier: 5'),
      '9:26: found 5, expected a whole number from 1 to 4.',
    ],
    'a dependency that nobody declares': [
      service('cards', 'owner: pay, tier: 1, dependencies: [{service: ledgre}]'),
      '9:54: found "ledgre", expected the name of a Service, or external: true for what somebody else runs.',
    ],
    'an external dependency that is in the catalogue': [
      `${service('cards', 'owner: pay, tier: 1, dependencies: [{service: ledger, external: true}]')}---\n${service('ledger')}`,
      '9:54: found external: true, but there is a Service "ledger"; take "external" out.',
    ],
    'itself as a dependency': [
      service('cards', 'owner: pay, tier: 1, dependencies: [{service: cards}]'),
      '9:54: found "cards", which is this service itself; take it out.',
    ],
    'a dependency twice': [
      service(
        'cards',
        'owner: pay, tier: 1, dependencies: [{service: x, external: true}, {service: x, external: true}]',
      ),
      '9:84: "x" is listed twice, first as number 1; take one out.',
    ],
    'another strength': [
      service('cards', 'owner: pay, tier: 1, dependencies: [{service: x, external: true, strength: herd}]'),
      '9:83: found "herd", expected "hard" or "soft". Did you mean "hard"?',
    ],
    'a repository that is no address': [
      service('cards', 'owner: pay, tier: 1, repository: shop/cards'),
      '9:41: found "shop/cards", expected the address of a repository, beginning with https://, ssh:// or git@.',
    ],
    'a label that is no text': [
      service('cards', 'owner: pay, tier: 1', ', labels: {size: 3}'),
      '8:40: found 3, expected a text.',
    ],
  };
  for (const [name, [document, ...expected]] of Object.entries(cases)) {
    test(name, () => {
      const text = [team('pay'), document];
      assert.deepEqual(faultsIn(...text), expected);
    });
  }
});

/** A catalogue over a journal in memory. */
async function openCatalog(): Promise<{
  apply(...documents: readonly string[]): Promise<void>;
  get(name: string, params?: Readonly<Record<string, string>>): Promise<Answer<unknown>>;
  definitions: Definitions;
  catalog: ReturnType<typeof createCatalog>;
  close(): Promise<void>;
}> {
  const journal = openMemoryJournal();
  const ids = idsFrom(realClock, realChance);
  const ledger = await openLedger({ journal, clock: realClock, ids, folds: [documentFold, revisionFold] });
  const definitions = createDefinitions({ registry, ledger, journal, folder: null });
  const catalog = createCatalog({ definitions });
  return {
    definitions,
    catalog,
    close: () => ledger.close(),
    apply: async (...documents) => {
      const files: readonly DefinitionFile[] = [{ path: 'a.yaml', text: documents.join('---\n') }];
      const act = { actor: 'user:usr_ana', cause: null } as const;
      assert.equal((await definitions.apply({ files, commit: 'c0ffee1', prune: true }, act)).outcome, 'applied');
    },
    get: async (name, params = {}) => {
      const route = catalog.routes.find((each) => each.name === name);
      assert.ok(route !== undefined);
      const answer = await route.handle({ params } as Parameters<typeof route.handle>[0]);
      if (answer.kind === 'reply') assert.ok(Check(route.shape.reply, answer.body), 'the reply fits the shape');
      return answer;
    },
  };
}

const bodyOf = (answer: Answer<unknown>): Record<string, unknown> =>
  answer.kind === 'reply' ? (answer.body as Record<string, unknown>) : assert.fail(answer.kind);

describe('catalogue', () => {
  test('a service shows its owner, both directions of its dependencies, and who changed it', async () => {
    const { apply, get, close } = await openCatalog();
    const cards =
      'owner: pay, tier: 1, dependencies: [{service: ledger}, {service: acme-pay, external: true, strength: soft}]';
    await apply(team('pay'), service('cards', cards), service('ledger'));
    await apply(team('pay'), service('cards', cards.replace('tier: 1', 'tier: 2')), service('ledger'));
    const found = bodyOf(await get('catalog.read-service', { service: 'cards' }));
    assert.deepEqual(found.owner, { name: 'pay', title: 'Team pay' });
    assert.deepEqual(found.dependencies, [
      { name: 'ledger', title: 'ledger', strength: 'hard', external: false },
      { name: 'acme-pay', title: 'acme-pay', strength: 'soft', external: true },
    ]);
    const history = found.history as readonly Record<string, unknown>[];
    assert.deepEqual(
      history.map(({ revision, actor, change, from, commit, diff }) => ({
        revision,
        actor,
        change,
        from,
        commit,
        diff,
      })),
      [
        {
          revision: 2,
          actor: 'user:usr_ana',
          change: 'changed',
          from: 'api',
          commit: 'c0ffee1',
          diff: [{ pointer: '/spec/tier', before: 1, after: 2 }],
        },
        { revision: 1, actor: 'user:usr_ana', change: 'added', from: 'api', commit: 'c0ffee1', diff: [] },
      ],
    );
    const ledger = bodyOf(await get('catalog.read-service', { service: 'ledger' }));
    assert.deepEqual(ledger.dependents, [{ name: 'cards', title: 'cards', strength: 'hard', external: false }]);
    await close();
  });

  test('lists services and teams, and follows each revision', async () => {
    const { apply, get, close } = await openCatalog();
    assert.deepEqual(bodyOf(await get('catalog.list-services')), { services: [] });
    await apply(team('pay'), service('cards', 'owner: pay, tier: 3', ', title: Cards, labels: {area: shop}'));
    assert.deepEqual(bodyOf(await get('catalog.list-services')), {
      services: [
        {
          name: 'cards',
          title: 'Cards',
          owner: { name: 'pay', title: 'Team pay' },
          tier: 3,
          labels: { area: 'shop' },
          dependencies: 0,
          dependents: 0,
        },
      ],
    });
    assert.deepEqual(bodyOf(await get('catalog.list-teams')), {
      teams: [{ name: 'pay', title: 'Team pay', services: 1, labels: {} }],
    });
    const pay = bodyOf(await get('catalog.read-team', { team: 'pay' }));
    assert.deepEqual(pay.services, [{ name: 'cards', title: 'Cards', tier: 3 }]);
    await apply(team('pay'));
    assert.deepEqual(bodyOf(await get('catalog.list-services')), { services: [] });
    await close();
  });

  test('a name that is not there is answered with the nearest', async () => {
    const { apply, get, close } = await openCatalog();
    await apply(team('pay'), service('cards'));
    const answers = [
      await get('catalog.read-service', { service: 'card' }),
      await get('catalog.read-team', { team: 'pya' }),
    ];
    assert.deepEqual(
      answers.map((answer) => answer.kind === 'problem' && [answer.problem.status, answer.problem.detail]),
      [
        [404, 'no service is called "card"; GET /api/v1/services lists them. Did you mean "cards"?'],
        [404, 'no team is called "pya"; GET /api/v1/teams lists them. Did you mean "pay"?'],
      ],
    );
    await close();
  });

  test('a page of one service or team is open to grants that are scoped to it', async () => {
    const { catalog, close } = await openCatalog();
    const scopes = catalog.routes.flatMap((route) =>
      route.scopeOf === undefined ? [] : [route.scopeOf({ service: 'cards', team: 'pay' })],
    );
    assert.deepEqual(scopes, [{ service: 'cards' }, { team: 'pay' }]);
    await close();
  });
});

describe('examples', () => {
  test('of the guide have no fault', async () => {
    const { files, faults } = await loadFolder(new URL('../../docs/guides/examples/ops', import.meta.url).pathname);
    assert.deepEqual(faults, []);
    const report = check(files, registry);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(report.documents.map(({ kind, name }) => `${kind}/${name}`).sort(), [
      'Service/checkout',
      'Service/payments',
      'Service/recommendations',
      'Team/payments',
      'Team/storefront',
    ]);
  });

  test('written out in the guide have no fault', () => {
    const guide = readFileSync(new URL('../../docs/guides/definitions.md', import.meta.url), 'utf8');
    const blocks = [...guide.matchAll(/```yaml\n(apiVersion[^`]*)```/g)].map(([, text = '']) => text);
    assert.equal(blocks.length, 2);
    assert.deepEqual(faultsIn(...blocks), []);
    const misspelt = blocks.map((text) => text.replace('owner: payments', 'owner: paymets'));
    const [fault] = check(
      misspelt.map((text, index) => ({ path: `${index}.yaml`, text })),
      registry,
    ).faults;
    assert.ok(fault !== undefined);
    assert.ok(guide.includes(`catalog/services.yaml:${fault.line}:${fault.column}: ${fault.message}`));
  });
});
