import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readPlainYaml } from './read-plain-yaml.ts';
import { readFullYaml } from './read-yaml.ts';
import { port, ship } from './testing.ts';
import { plainOf } from './tree.ts';

const numRuns = Number(process.env.PLIMSOLL_FUZZ_RUNS ?? 1_000);

/** True when the plain reader took the text; it then has to agree with the full parser, places included. */
const agrees = (text: string): boolean => {
  const plain = readPlainYaml(text);
  if (plain !== null) assert.deepEqual({ trees: plain, fault: null }, readFullYaml(text));
  return plain !== null;
};

const scalars = [
  'a',
  '1',
  '007',
  '0x1f',
  '1e3',
  '1.5',
  'true',
  'True',
  'null',
  '~',
  'yes',
  'a b',
  'a: b',
  'a:b',
  'a #b',
  'a#b',
  'http://x/y?z=1#k',
  '"q"',
  '"q\\n"',
  "'s'",
  "'s''t'",
  '#c',
  '-',
  '- x',
  '[x]',
  '{x: y}',
  '*a',
  '&a b',
  '!t',
  '|',
  '>',
  '%',
  '@',
  '`',
  ',',
  '.5',
  '.inf',
  'é',
  'a  b',
  'a ',
  '"a" b',
  '2026-11-21',
  '12_000',
  '+1',
  '-1',
  'x,y',
  'a"b',
  "it's",
  'a\u00a0b',
  'a:\u00a0b',
  'a\u2028b',
  'a\u0085b',
  '\ufeffa',
];
const keys = ['a', 'b', 'kind', 'true', 'a.b/c-d', '1', '"k"', 'a b', '?', '<<', '-a', '__proto__', 'null'];
const indents = ['\u00a0', '\u2028', '', ' ', '  ', '   ', '    ', '      '];

const rest = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...keys), fc.constantFrom(': ', ':', ':  '), fc.constantFrom(...scalars))
      .map((parts) => parts.join('')),
  },
  { weight: 3, arbitrary: fc.constantFrom(...keys).map((key) => `${key}:`) },
  { weight: 2, arbitrary: fc.constantFrom(...scalars) },
);
const row = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.constantFrom(...indents), fc.constantFrom('', '', '- ', '-  ', '-'), rest)
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('---', '--- a', '...', '', '   ', '# c', '  # c', '%YAML 1.2') },
);

describe('plain YAML', () => {
  test('what people write is read, and as the full parser reads it', () => {
    const text = `# ports\n${port('kiel')}---\n\n${ship('ada', 'kiel')}  # at the end\n`;
    assert.ok(agrees(text));
    const list = 'a:\n  - b: 1\n    c: "x: y"\n\n  - b: 2\nd:\n- e\n- https://x.example.com/#f\ng: it\'s\n';
    assert.ok(agrees(list));
    assert.deepEqual(readPlainYaml(list)?.map(plainOf), [
      { a: [{ b: 1, c: 'x: y' }, { b: 2 }], d: ['e', 'https://x.example.com/#f'], g: "it's" },
    ]);
  });

  test('refuses what is more than plain, or faulty: the full parser takes it', () => {
    const refused = [
      'a: [1]',
      'a: |\n  x',
      'a: &x 1',
      'a: b\n  c',
      'a: b # c',
      'a:\tb',
      'a: 1\r\n',
      'a: 1\na: 2',
      'a: 1.5',
      'a: Yes: no',
      'a:',
      '- a',
      '"a": 1',
      'a: "\\n"',
      '--- a',
      'a: 1\n ...\nb',
    ];
    assert.deepEqual(
      refused.filter((text) => readPlainYaml(text) !== null),
      [],
    );
  });

  test('any lines: what it reads, the full parser reads the same way', () => {
    let taken = 0;
    const property = fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      if (agrees(rows.join('\n'))) taken += 1;
    });
    fc.assert(property, { numRuns: numRuns * 5 });
    assert.ok(taken > numRuns / 20, `the property is about something: ${taken} texts were plain`);
  });

  test('any value written as YAML: what it reads, the full parser reads the same way', () => {
    const key = fc.constantFrom('a', 'b', 'kind', 'spec', 'x.y');
    const leaf = fc.oneof(fc.constantFrom(...scalars), fc.integer(), fc.boolean(), fc.string({ maxLength: 6 }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }),
        (document) => void agrees(stringify(document)),
      ),
      { numRuns },
    );
  });
});
