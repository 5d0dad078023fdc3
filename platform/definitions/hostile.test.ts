import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type from 'typebox';
import { check } from './check.ts';
import { positionsIn } from './lines.ts';
import { createRegistry } from './registry.ts';
import { port, ship, testRegistry } from './testing.ts';

/** Runs of each property; PLIMSOLL_FUZZ_RUNS=100000 is the full run by hand. */
const numRuns = Number(process.env.PLIMSOLL_FUZZ_RUNS ?? 300);

const openRegistry = createRegistry([
  { kind: 'Open', apiVersion: 'test/v1', summary: 'Anything.', schema: Type.Object({}) },
]);

const bomb = (levels: number): string => {
  const line = (level: number): string =>
    `a${level}: &a${level} [${Array(10)
      .fill(`*a${level - 1}`)
      .join(',')}]\n`;
  return `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: levels }, (_, level) => line(level + 1)).join('')}`;
};

const hostile: Readonly<Record<string, readonly [text: string, fault: RegExp]>> = {
  'a small alias bomb': [bomb(9), /more than 20000 values \(aliases written out\)/],
  'aliases of one long text': [
    `a: &a "${'x'.repeat(50_000)}"\nb: [${Array(10).fill('*a').join(',')}]`,
    /longer than 256 KiB/,
  ],
  'an alias inside its own anchor': ['a: &a [*a]\n', /nested deeper than 64 levels/],
  'a deep list': ['['.repeat(100_000), /nested deeper than 64 levels/],
  'a deep list in blocks': ['- '.repeat(100_000), /nested deeper than 64 levels/],
  'a deep map': ['{a: '.repeat(100_000), /nested deeper than 64 levels/],
  'a long document': [`a: "${'x'.repeat(300_000)}"\n`, /longer than 256 KiB/],
  'many keys': [Array.from({ length: 19_990 }, (_, key) => `k${key}: ${key}\n`).join(''), /more than 20000 values/],
  'many documents': ['---\na\n'.repeat(10_001), /more than 10000 documents in one file/],
  'many empty documents': ['---\n'.repeat(10_002), /more than 10000 documents in one file/],
};

describe('hostile text: refused in bounded time', () => {
  for (const [name, [text, fault]] of Object.entries(hostile)) {
    test(name, () => {
      const start = performance.now();
      const { faults, documents } = check([{ path: 'a.yaml', text }], testRegistry);
      assert.match(faults[0]?.message ?? '', fault);
      assert.equal(documents.length, 0);
      // What is quadratic in the parser (keys, depth, anchors) takes minutes here; the bound leaves room for a busy machine.
      assert.ok(performance.now() - start < 5_000);
    });
  }

  test('deep JSON', () => {
    const { faults } = check([{ path: 'a.json', text: '{"a":'.repeat(100_000) }], testRegistry);
    assert.match(faults[0]?.message ?? '', /nested deeper than 64 levels/);
  });
});

describe('5,000 documents', () => {
  const ships = Array.from({ length: 4_999 }, (_, number) => ship(`s${number}`, 'kiel'));
  const oneEach = ships.map((text, number) => ({ path: `ships/${number}.yaml`, text }));
  const together = [{ path: 'ships.yaml', text: ships.join('---\n') }];
  for (const [name, files] of Object.entries({ 'one a file': oneEach, 'in one file': together })) {
    test(`check within 2 s: ${name}`, () => {
      const start = process.cpuUsage();
      const { documents, faults } = check([{ path: 'ports.yaml', text: port('kiel') }, ...files], testRegistry);
      // Time of the processor, so that other tests on the machine do not count.
      const { user, system } = process.cpuUsage(start);
      assert.deepEqual([documents.length, faults], [5_000, []]);
      assert.ok((user + system) / 1_000 < 2_000);
    });
  }
});

/** Text that looks like YAML often enough to get deep into the parser. */
const pieces = [
  'a',
  ': ',
  '\n',
  '  ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '&x',
  '*x',
  '!!str',
  '|',
  '>',
  '#',
  '---\n',
  '...\n',
  '?',
  '%',
  '\t',
  '\\',
  'kind: Ship\n',
  'apiVersion: test/v1\n',
  'metadata: {name: a}\n',
  'spec:',
  '~',
  '1e9',
  '\r\n',
  'é',
  '\ud800',
  '<<',
  '__proto__',
];
const yamlish = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

describe('any text', () => {
  const reader = (path: string) => (text: string) => {
    const lines = text.split('\n');
    for (const { line, column, message } of check([{ path, text }], testRegistry).faults) {
      const row = lines[line - 1];
      assert.ok(
        row !== undefined && column >= 1 && column <= row.length + 1,
        `${line}:${column} lies outside the text`,
      );
      assert.ok(message.length > 0);
    }
  };

  test('YAML never throws, and every fault lies inside the text', () => {
    fc.assert(fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), reader('a.yaml')), { numRuns });
  });

  test('JSON never throws, and every fault lies inside the text', () => {
    const cut = fc.tuple(fc.json(), fc.nat(60)).map(([json, at]) => json.slice(0, at));
    fc.assert(fc.property(fc.oneof(fc.json(), cut, yamlish), reader('a.json')), { numRuns });
  });

  test('a JSON value is read as JSON.parse reads it, from JSON and from YAML', () => {
    const value = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
    fc.assert(
      fc.property(value, (metadata) => {
        fc.pre(!/__proto__|constructor|prototype|\\u0000|\\ud[89a-f]/.test(JSON.stringify(metadata)));
        const document = { apiVersion: 'test/v1', kind: 'Open', metadata: { name: 'a', any: metadata } };
        const text = JSON.stringify(document, null, 1);
        for (const path of ['a.json', 'a.yaml']) {
          const { documents, faults } = check([{ path, text }], openRegistry);
          assert.deepEqual(faults, []);
          assert.deepEqual(documents[0]?.body, JSON.parse(text));
        }
      }),
      { numRuns },
    );
  });
});

describe('positions', () => {
  test('count lines and columns from 1, up to the end of the text', () => {
    const at = positionsIn('ab\ncd\n');
    assert.deepEqual([0, 2, 3, 5, 6, 99].map(at), [
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 3 },
      { line: 3, column: 1 },
      { line: 3, column: 1 },
    ]);
  });
});
