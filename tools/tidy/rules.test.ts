import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultInWords, type Rule } from './rule.ts';
import { rules } from './rules.ts';
import { type Tree, treeOf } from './tree.ts';

const order = ['access', 'catalog'];

/** A tree that breaks no rule: each case below changes it in one place. */
const tidy: Readonly<Record<string, string>> = {
  'package.json': '{"scripts":{"tidy":"node tools/tidy.ts"}}',
  'kernel/README.md': '# kernel',
  'kernel/time.ts': "export type Millis = number;\nexport const zero = '0';\n",
  'platform/edge/README.md': '# edge',
  'platform/edge/clock.ts':
    "import { zero } from '../../kernel/time.ts';\nexport const now = () => Date.now() + zero;\n",
  'platform/http/README.md': '# http',
  'platform/http/server.ts':
    "import 'node:events';\nimport 'fastify';\nimport type { Clock } from '../edge/clock.ts';\nimport '../../kernel/time.ts';\n",
  'capabilities/order.ts': '',
  'capabilities/README.md': '# capabilities',
  'capabilities/access/README.md': '# access',
  'capabilities/access/index.ts': "export * from './decide.ts';\n",
  'capabilities/access/decide.ts': "import type { Route } from '../../platform/http/server.ts';\nimport 'typebox';\n",
  'capabilities/catalog/README.md': '# catalog',
  'capabilities/catalog/index.ts': "import '../access/index.ts';\n",
  'app/README.md': '# app',
  'app/main.ts':
    "import '../capabilities/order.ts';\nimport '../capabilities/catalog/index.ts';\nimport '../platform/http/server.ts';\nimport '../platform/edge/clock.ts';\n",
  'web/README.md': '# web',
  'web/index.html': '<script type="module" src="/main.ts"></script>',
  'web/main.ts': "import './style.css';\nimport './wire.ts';\n",
  'web/style.css': '',
  'web/wire.ts': "export type { Millis } from '../kernel/time.ts';\n",
  'docs/decisions/0001-first.md': 'See [the kernel](../../kernel/README.md#time) and [it](https://example.org/x).',
};

const treeWith = (changes: Readonly<Record<string, string>>, emptyFolders: readonly string[] = []): Tree =>
  treeOf({ ...tidy, ...changes }, { capabilityOrder: order, emptyFolders });

const broken = (tree: Tree): readonly string[] =>
  rules.flatMap((rule) =>
    [...rule.faults(tree)].map(({ path, line, found }) => `${rule.name} ${path}:${line} ${found}`),
  );

const append = (path: string, text: string): Readonly<Record<string, string>> => ({
  [path]: `${tidy[path] ?? ''}${text}`,
});

/** Says that exactly one rule finds exactly one fault. */
function bites(tree: Tree, expected: RegExp): void {
  const faults = broken(tree);
  assert.equal(faults.length, 1, faults.join('\n'));
  assert.match(faults[0] ?? '', expected);
}

test('a tidy tree breaks no rule', () => {
  assert.deepEqual(broken(treeWith({})), []);
});

describe('import law', () => {
  const cases: readonly (readonly [name: string, path: string, text: string, expected: RegExp])[] = [
    [
      'kernel takes nothing of ours',
      'kernel/time.ts',
      "import type { Clock } from '../platform/edge/clock.ts';",
      /kernel only/,
    ],
    ['kernel takes nothing of Node', 'kernel/time.ts', "import 'node:fs';", /kernel only/],
    ['kernel takes no package', 'kernel/time.ts', "import 'yaml';", /kernel only/],
    [
      'a part takes only types of another',
      'platform/http/server.ts',
      "export * from '../edge/clock.ts';",
      /types of other parts/,
    ],
    [
      'the platform knows no capability',
      'platform/http/server.ts',
      "import type {} from '../../capabilities/access/index.ts';",
      /import-law/,
    ],
    [
      'a capability takes only types of the platform',
      'capabilities/access/decide.ts',
      "import '../../platform/edge/clock.ts';",
      /types of the platform/,
    ],
    ['a capability takes nothing of Node', 'capabilities/access/decide.ts', "import 'node:crypto';", /import-law/],
    ['a capability takes no package but typebox', 'capabilities/access/decide.ts', "import 'fastify';", /typebox/],
    [
      'an earlier capability does not know a later one',
      'capabilities/access/decide.ts',
      "import type {} from '../catalog/index.ts';",
      /import-law/,
    ],
    [
      'a later one enters by the door',
      'capabilities/catalog/index.ts',
      "import '../access/decide.ts';",
      /index\.ts or facts\.ts of access/,
    ],
    [
      'a dynamic import is an import',
      'capabilities/access/decide.ts',
      "await import('../catalog/index.ts');",
      /import-law/,
    ],
    [
      'web takes types only through wire.ts',
      'web/main.ts',
      "import type {} from '../kernel/time.ts';",
      /through web\/wire\.ts/,
    ],
    ['wire.ts takes types only', 'web/wire.ts', "import '../kernel/time.ts';", /types only/],
    ['web takes nothing of Node', 'web/main.ts', "import 'node:fs';", /no node/],
    ['nobody takes app', 'kernel/time.ts', "import '../app/main.ts';", /import-law/],
  ];
  for (const [name, path, text, expected] of cases) {
    test(name, () => bites(treeWith(append(path, `${text}\n`)), expected));
  }

  test('node: only in the parts that touch the machine', () => {
    const text = "import 'node:fs';\n";
    const files = { 'platform/promql/README.md': '# promql', 'platform/promql/parse.ts': text };
    bites(
      treeWith({ ...files, ...append('app/main.ts', "import '../platform/promql/parse.ts';\n") }),
      /kernel and packages/,
    );
  });

  test('nobody takes sim or tools, the app neither', () => {
    const sim = {
      'sim/main.ts': "import '../app/main.ts';\n",
      'sim/README.md': '',
      'tools/tidy.ts': '',
      'tools/README.md': '',
    };
    assert.deepEqual(broken(treeWith(sim)), []);
    bites(treeWith({ ...sim, ...append('app/main.ts', "import '../sim/main.ts';\n") }), /anything but sim/);
    bites(treeWith({ ...sim, ...append('sim/main.ts', "import '../tools/tidy.ts';\n") }), /anything but tools/);
  });

  test('tests may take Node, packages, tools and values of the platform, but keep the order', () => {
    const free = "import 'node:test';\nimport 'fast-check';\nimport '../../platform/edge/clock.ts';\n";
    assert.deepEqual(broken(treeWith({ 'capabilities/access/decide.test.ts': free })), []);
    bites(treeWith({ 'capabilities/access/decide.test.ts': "import '../catalog/index.ts';\n" }), /import-law/);
  });

  test('a capability without a place in the order, and a place without a capability', () => {
    const files = { ...tidy, ...append('app/main.ts', '') };
    const missing = treeOf(files, { capabilityOrder: ['access', 'catalog', 'slo'] });
    bites(missing, /"slo" is in the order, but there is no/);
    assert.match(
      broken(treeOf(files, { capabilityOrder: ['catalog'] })).join('\n'),
      /access\/ has no place in the order/,
    );
  });
});

describe('bans', () => {
  const decide = 'capabilities/access/decide.ts';
  const cases: readonly (readonly [path: string, text: string, expected: RegExp])[] = [
    [decide, 'Date.now();', /no-date\.now/],
    [decide, 'new Date(0);', /new Date\(/],
    ['platform/http/server.ts', 'performance.now();', /no-date\.now/],
    ['app/main.ts', 'Math.random();', /no-math\.random/],
    ['kernel/time.ts', 'setTimeout(() => {}, 1);', /no-settimeout/],
    ['platform/http/server.ts', 'globalThis.setInterval(() => {}, 1);', /no-settimeout/],
    ['platform/http/server.ts', 'setImmediate(() => {});', /no-setimmediate/],
    [decide, "fetch('https://example.org');", /no-fetch/],
    [decide, 'enum A { b }', /no-enum/],
    [decide, 'namespace A { export const b = 1; }', /no-namespace/],
    [decide, 'class A { constructor(readonly b: number) {} }', /no-parameter-property/],
    [decide, 'const a: any = 1;', /no-any/],
    [decide, 'const a = b!;', /no-non-null-assertion/],
    [decide, `// ${'TO' + 'DO'}: later`, /no-postponed-work/],
    ['kernel/README.md', 'See `/home/someone/notes`.', /no-machine-path/],
    ['package-lock.json', '"resolved": "https://registry.example/x.tgz"', /no-registry-host/],
  ];
  for (const [path, text, expected] of cases) {
    test(`${expected.source}: ${text}`, () => bites(treeWith(append(path, `${text}\n`)), expected));
  }

  test('the edge may read the clock, tests may too, and an excused any passes', () => {
    const excused = '// biome-ignore lint/suspicious/noExplicitAny: answers have any shape\nconst a: any = 1;\n';
    const files = {
      ...append('platform/edge/clock.ts', 'setTimeout(() => {}, 1);\n'),
      'kernel/time.test.ts': 'Date.now();\nsetTimeout(() => {}, Math.random());\n',
      ...append(decide, excused),
    };
    assert.deepEqual(broken(treeWith(files)), []);
  });

  for (const text of [
    "test.skip('a', () => {});",
    "describe.only('a', () => {});",
    "test.todo('a');",
    "test('a', { skip: true }, () => {});",
    "test('a', { only: true }, () => {});",
    "test('a', (t) => { t.skip(); });",
  ]) {
    test(`a test is left out without a reason: ${text}`, () =>
      bites(treeWith({ 'kernel/time.test.ts': `${text}\n` }), /no-test-left-out/));
  }

  test('a test that is left out with a reason passes', () => {
    const text = "test('a', { skip: 'no browser' }, () => {});\ntest('b', (t) => { t.skip('no strace'); });\n";
    assert.deepEqual(broken(treeWith({ 'kernel/time.test.ts': text })), []);
  });
});

describe('sizes', () => {
  const lines = (count: number): string => '//\n'.repeat(count);

  test('a file of 401 lines; one of 400 passes', () => {
    assert.deepEqual(broken(treeWith({ 'kernel/time.ts': lines(400) })), []);
    bites(treeWith({ 'kernel/time.ts': lines(401) }), /file-length kernel\/time\.ts:0 401 lines/);
  });

  test('a function of 61 lines; one of 60, and any in a test, passes', () => {
    const longFunction = (count: number): string => `\nfunction a() {\n${lines(count - 2)}}\n`;
    assert.deepEqual(broken(treeWith(append('kernel/time.ts', longFunction(60)))), []);
    assert.deepEqual(broken(treeWith({ 'kernel/time.test.ts': longFunction(90) })), []);
    bites(treeWith(append('kernel/time.ts', longFunction(61))), /function-length kernel\/time\.ts:4 a function of 61/);
  });

  test('a door of 31 lines', () => {
    bites(treeWith(append('capabilities/access/index.ts', lines(30))), /door-length/);
  });
});

describe('one way out', () => {
  test('a connection of its own is refused, in the platform and in the composition root', () => {
    bites(
      treeWith(append('platform/http/server.ts', "import { connect } from 'node:net';\n")),
      /one-way-out platform\/http/,
    );
    bites(treeWith(append('app/main.ts', "import https from 'node:https';\n")), /one-way-out app\/main\.ts/);
  });

  test('types of sockets are no connection', () => {
    assert.deepEqual(
      broken(treeWith(append('platform/http/server.ts', "import type { Socket } from 'node:net';\n"))),
      [],
    );
  });
});

describe('living', () => {
  test('a file that nobody uses, and a style', () => {
    bites(treeWith({ 'kernel/id.ts': '' }), /dead-file kernel\/id\.ts:0 nobody/);
    bites(treeWith({ 'web/old.css': '' }), /dead-file web\/old\.css/);
  });

  test('a door laid ahead of its first user may stand unused, and not on the list once it is used', () => {
    const door = { 'platform/edge/egress.ts': 'export const out = 1;\n' };
    assert.deepEqual(broken(treeWith(door)), []);
    const user = append('app/main.ts', "import '../platform/edge/egress.ts';\n");
    bites(treeWith({ ...door, ...user }), /dead-file platform\/edge\/egress\.ts:0 in use, and still/);
  });

  test('a file that only tests use, unless its name says so', () => {
    const files = { 'kernel/id.ts': '', 'kernel/id.test.ts': "import './id.ts';\n" };
    bites(treeWith(files), /only tests use/);
    const named = { 'kernel/testing.ts': '', 'kernel/id.test.ts': "import './testing.ts';\n" };
    assert.deepEqual(broken(treeWith(named)), []);
  });

  test('a file that is started by its path is used', () => {
    const files = { 'platform/http/thread.ts': '' };
    const starts = "new Worker(new URL('./thread.ts', import.meta.url));\n";
    assert.deepEqual(broken(treeWith({ ...files, ...append('platform/http/server.ts', starts) })), []);
    assert.deepEqual(broken(treeWith({ ...files, 'platform/http/server.test.ts': starts })), []);
  });

  test('an empty folder', () => {
    bites(treeWith({}, ['capabilities/slo']), /empty-folder capabilities\/slo/);
  });
});

describe('documents', () => {
  test('a part without a README', () => {
    const files: Record<string, string> = { ...tidy };
    delete files['platform/edge/README.md'];
    bites(treeOf(files, { capabilityOrder: order }), /readme platform\/edge\/README\.md:0 missing/);
  });

  test('a link that leads nowhere; links in examples do not count', () => {
    bites(
      treeWith(append('kernel/README.md', '\n\nSee [it](../old.md).')),
      /links kernel\/README\.md:3 the link to \.\.\/old\.md/,
    );
    const examples = '\n```md\n[it](../old.md)\n```\nand `[it](../old.md)`';
    assert.deepEqual(broken(treeWith(append('kernel/README.md', examples))), []);
  });

  test('a gap and a double in the numbers of decisions', () => {
    bites(treeWith({ 'docs/decisions/0003-third.md': '' }), /decision-numbers .*0002 was expected/);
    bites(treeWith({ 'docs/decisions/0001-again.md': '' }), /decision-numbers .*0002 was expected/);
  });
});

test('each rule says where it holds, what to use instead and why', () => {
  for (const { name, where, use, why } of rules) {
    assert.ok(where.length > 0 && use.length > 0 && why.length > 0, `${name} explains itself`);
  }
  assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
});

test('a fault in words: place, what stands there, what to use, why, the rule', () => {
  const rule: Rule = { name: 'no-x', where: 'all', use: 'y', why: 'x breaks', faults: () => [] };
  const words = faultInWords(rule, { path: 'a.ts', line: 3, found: 'x(' });
  assert.equal(words, 'a.ts:3: x(\n    use y: x breaks (no-x)');
});
