import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check } from './check.ts';
import { file, port, ship, testRegistry } from './testing.ts';

const faultsIn = (text: string, path = 'a.yaml'): readonly string[] =>
  check([{ path, text }], testRegistry).faults.map(
    ({ file: at, line, column, message }) => `${at}:${line}:${column}: ${message}`,
  );

describe('check: accepts', () => {
  test('many documents in a YAML file, with empty ones between', () => {
    const report = check([file('a.yaml', port('kiel'), '', ship('ada', 'kiel'))], testRegistry);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.documents.map(({ kind, name, position }) => [kind, name, position]),
      [
        ['Port', 'kiel', { line: 1, column: 1 }],
        ['Ship', 'ada', { line: 7, column: 1 }],
      ],
    );
  });

  test('JSON: one document, or a list of them', () => {
    const one = { apiVersion: 'test/v1', kind: 'Port', metadata: { name: 'kiel' } };
    const other = { ...one, metadata: { name: 'bergen' } };
    const files = [
      { path: 'one.json', text: JSON.stringify(one) },
      { path: 'list.json', text: JSON.stringify([other], null, 2) },
    ];
    assert.deepEqual(check(files, testRegistry).faults, []);
    assert.equal(check(files, testRegistry).documents.length, 2);
  });

  test('references into other files, in any order, and anchors', () => {
    const anchored = 'apiVersion: test/v1\nkind: Ship\nmetadata: {name: &n kiel}\nspec: {home: *n}\n';
    assert.deepEqual(check([file('a.yaml', anchored), file('b.yaml', port('kiel'))], testRegistry).faults, []);
  });

  test('what is in force counts as declared', () => {
    const kiel = {
      kind: 'Port',
      name: 'kiel',
      file: 'p.yaml',
      source: { from: 'api', commit: null },
      revision: 1,
      at: 0,
      actor: 'system:test',
      body: {},
    } as const;
    const report = check([file('a.yaml', ship('ada', 'kiel'))], testRegistry, new Map([['Port/kiel', kiel]]));
    assert.deepEqual(report.faults, []);
  });
});

const head = 'apiVersion: test/v1\n';

/** A text, and every fault that is told of it. */
const faulty: Readonly<Record<string, readonly [text: string, ...faults: string[]]>> = {
  'no map': ['- a\n', 'a.yaml:1:1: found a list, expected a document: a map with apiVersion, kind, metadata and spec.'],
  'null written out': [
    'null\n',
    'a.yaml:1:1: found nothing (null), expected a document: a map with apiVersion, kind, metadata and spec.',
  ],
  'no kind': [head, 'a.yaml:1:1: "kind" is missing, expected one of Port, Ship.'],
  'a kind that is misspelt': [
    `${head}kind: Shp\n`,
    'a.yaml:2:7: found the kind "Shp", expected one of Port, Ship. Did you mean "Ship"?',
  ],
  'a kind that is no text': [`${head}kind: [Ship]\n`, 'a.yaml:2:7: found the kind a list, expected one of Port, Ship.'],
  'no apiVersion': ['kind: Port\nmetadata: {name: kiel}\n', 'a.yaml:1:1: "apiVersion" is missing, expected "test/v1".'],
  'another apiVersion': [
    'apiVersion: test/v2\nkind: Port\n',
    'a.yaml:1:13: found "test/v2", expected "test/v1" for a Port.',
  ],
  'no name': [
    `${head}kind: Port\nmetadata: {}\n`,
    'a.yaml:3:1: "name" is missing, expected a text matching ^[a-z0-9-]+$.',
  ],
  'no spec': [`${head}kind: Ship\nmetadata: {name: ada}\n`, 'a.yaml:1:1: "spec" is missing, expected a map with home.'],
  'a key that is misspelt, told once': [
    `${head}kind: Ship\nmetadata: {name: ada}\nspec:\n  hom: kiel\n`,
    'a.yaml:5:3: the key "hom" is not known here, expected home or draught. Did you mean "home"?',
  ],
  'a number out of its range': [
    `${port('kiel')}---\n${ship('ada', 'kiel', 31)}`,
    'a.yaml:12:12: found 31, expected a whole number from 1 to 30.',
  ],
  'a value of another type': [
    `${head}kind: Port\nmetadata: {name: kiel}\nspec: {closed: "no"}\n`,
    'a.yaml:4:16: found "no", expected true or false.',
  ],
  'a name that is too long': [
    port('a'.repeat(21)),
    'a.yaml:4:9: found "aaaaaaaaaaaaaaaaaaaaa", expected a text of at most 20 characters; this one has 21.',
  ],
  'a reference to nothing': [
    `${port('kiel')}---\n${ship('ada', 'keil')}`,
    'a.yaml:11:9: found "keil", expected the name of a Port. Did you mean "kiel"?',
  ],
  'a name that stands twice': [
    `${port('kiel')}---\n${port('kiel')}`,
    'a.yaml:9:9: Port "kiel" is defined here and at a.yaml:1:1; rename one or take one out.',
  ],
  'a key that stands twice': [
    `${head}${head}`,
    'a.yaml:2:1: the key "apiVersion" stands twice in one map; take one out.',
  ],
  'a key that reaches the prototype': [
    '__proto__: {kind: Port}\n',
    'a.yaml:1:1: the key "__proto__" is reserved; choose another.',
  ],
  'a tab as indentation': ['a:\n\tb: 1\n', 'a.yaml:2:1: found a tab as indentation; use spaces.'],
  'an indentation that fits nothing': [
    'a:\n  b: 1\n c: 2\n',
    'a.yaml:3:1: the indentation does not fit the lines above; align it with them.',
  ],
  'two colons on a line': [
    'note: see: here\n',
    'a.yaml:1:7: found a second ":" where a value was expected; put the value in quotes, or on lines of its own.',
  ],
  'a quote that is not closed': ['a: "b\n', 'a.yaml:2:1: this text has no closing quote; close it.'],
  'a bracket that is not closed': ['a: [1, 2\n', 'a.yaml:2:1: a "{" or "[" above is not closed; close it.'],
  'an alias without its anchor': [
    'a: *b\n',
    'a.yaml:1:4: found the alias "*b", but nothing above has the anchor "&b".',
  ],
  'a number that is none': ['a: .inf\n', 'a.yaml:1:4: found the number Infinity, expected a finite one.'],
  'a tag': ['a: !!binary aGk=\n', 'a.yaml:1:4: found a tag that means nothing here; take it out.'],
  'another YAML': ['%YAML 1.1\n---\na: yes\n', 'a.yaml:2:1: found %YAML 1.1 above, expected 1.2; take the line out.'],
  'half a character': [
    'a: "\\uD800"\n',
    'a.yaml:1:4: found half a character (a lone surrogate) in a text; take it out.',
  ],
  'the character zero': ['a: "\\0"\n', 'a.yaml:1:4: found the character U+0000 in a text; take it out.'],
};

describe('check: refuses', () => {
  for (const [name, [text, ...expected]] of Object.entries(faulty)) {
    test(name, () => assert.deepEqual(faultsIn(text), expected));
  }

  test('a name that stands in two files, with both places', () => {
    const report = check([file('a.yaml', port('kiel')), file('b.yaml', port('oslo'), port('kiel'))], testRegistry);
    assert.deepEqual(
      report.faults.map(({ file: at, line, message }) => [at, line, message]),
      [['b.yaml', 9, 'Port "kiel" is defined here and at a.yaml:1:1; rename one or take one out.']],
    );
    assert.deepEqual(
      report.documents.map(({ name }) => name),
      ['oslo'],
    );
  });

  test('a faulty document is told once: those that refer to it are not', () => {
    const closed = `${head}kind: Port\nmetadata: {name: kiel}\nspec: {closed: 1}\n`;
    assert.deepEqual(faultsIn(`${closed}---\n${ship('ada', 'kiel')}`), [
      'a.yaml:4:16: found 1, expected true or false.',
    ]);
  });

  test('more faults than anybody reads are counted', () => {
    const faults = faultsIn(Array.from({ length: 600 }, (_, number) => ship(`s${number}`, 'nowhere')).join('---\n'));
    assert.equal(faults.length, 501);
    assert.match(faults.at(-1) ?? '', /100 more faults from here on; mend those above first\.$/);
  });
});

describe('check: refuses in JSON', () => {
  const cases: Readonly<Record<string, string>> = {
    '{"a":1,"a":2}': '1:8: the key "a" stands twice in one map; take one out.',
    '{\n  "a": tru\n}':
      '2:8: found "t", expected a value: {…}, […], a text in double quotes, a number, true, false or null.',
    '{"a":1}}': '1:8: found "}", expected the end of the file.',
    '{"a":1': '1:7: found the end of the file, expected "," or "}".',
    '{"a" 1}': '1:6: found "1", expected ":" after the key.',
    '{a:1}': '1:2: found "a", expected a key in double quotes.',
    '{"a":"x\n"}': '1:6: this text has no closing quote on its line; close it, and write a line break as \\n.',
    '{"a":"\\x"}':
      '1:6: this text holds an escape or a control character that JSON does not allow; see RFC 8259, section 7.',
    '{"a":"\t"}':
      '1:6: this text holds an escape or a control character that JSON does not allow; see RFC 8259, section 7.',
    '{"__proto__":{}}': '1:2: the key "__proto__" is reserved; choose another.',
    '[[1]]': '1:2: found a list, expected a document: a map with apiVersion, kind, metadata and spec.',
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(JSON.stringify(text), () => assert.deepEqual(faultsIn(text, 'a.json'), [`a.json:${expected}`]));
  }
});
