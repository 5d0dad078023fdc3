import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseScript, readDuration, ScriptFault, type Verb, verb } from './script.ts';

const said: string[] = [];
const verbs: readonly Verb<null>[] = [
  verb('WHO signs in', (_stage, { WHO }) => void said.push(WHO)),
  verb('WHO signs out', () => undefined),
  verb('WHO creates token TOKEN as ROLE', () => undefined),
  verb('server crashes', () => void said.push('crash')),
  verb('clock jumps DURATION WAY', (_stage, { DURATION, WAY }) => void said.push(`${DURATION} ${WAY}`)),
  verb('expect WHO answered STATUS', () => undefined),
];

const parse = (text: string) => parseScript(text, 'x.txt', verbs);

const refused: readonly (readonly [string, string, string])[] = [
  ['a line without at', '5m ana signs in', 'x.txt:1:1: expected a line such as "at 5m ana signs in"; found "5m"'],
  ['no time', 'at', 'x.txt:1:3: expected a duration such as 90s or 1h30m after "at"; found "nothing"'],
  [
    'a time without unit',
    'at 5 ana signs in',
    'x.txt:1:4: expected a duration such as 90s or 1h30m after "at"; found "5"',
  ],
  [
    'time that goes back',
    'at 5m ana signs in\nat 4m ana signs in',
    'x.txt:2:4: expected a time no earlier than that of line 1; found "4m"',
  ],
  [
    'a word that is nearly right',
    '\n  at 5m ana sings in',
    'x.txt:2:13: expected "signs", or "creates"; found "sings". Did you mean "signs"?',
  ],
  [
    'a word that does not fit its hole',
    'at 5m ana creates token ci as boss',
    'x.txt:1:31: expected viewer or responder or maintainer or admin; found "boss".',
  ],
  ['a line that ends early', 'at 5m ana signs  ', 'x.txt:1:16: expected "in", or "out"; found the end of the line'],
  ['a line that goes on', 'at 5m server crashes now', 'x.txt:1:22: expected the end of the line; found "now".'],
];

describe('script', () => {
  test('script: comments and empty lines are passed over; words fill the holes', () => {
    const steps = parse('# a story\n\nat 0s ana signs in   # first\nat 1h30m clock jumps 5m back\n');
    assert.deepEqual(
      steps.map(({ atMs, place, filled }) => [atMs, place.line, filled]),
      [
        [0, 3, { WHO: 'ana' }],
        [5_400_000, 4, { DURATION: 300_000, WAY: 'back' }],
      ],
    );
  });

  test('script: a plain word goes before a hole', async () => {
    said.length = 0;
    for (const step of parse('at 0s server crashes\nat 0s server signs in')) {
      await step.verb.run(null, step.filled, step.place);
    }
    assert.deepEqual(said, ['crash', 'server']);
  });

  for (const [what, text, message] of refused) {
    test(`script: refuses ${what}, with its place`, () => assert.throws(() => parse(text), { message }));
  }

  test('script: any text is either read or refused with a place', () => {
    const words = fc.constantFrom(
      'at',
      '5m',
      '0s',
      'ana',
      'signs',
      'in',
      'expect',
      '\n',
      '#',
      'toString',
      '__proto__',
      'é',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (found) => {
        try {
          parse(found.join(' '));
        } catch (error) {
          assert.ok(error instanceof ScriptFault, String(error));
          assert.match(error.message, /^x\.txt:\d+:\d+: expected /);
        }
      }),
    );
  });

  test('duration: reads sums of parts, refuses the rest', () => {
    assert.deepEqual(['0s', '90s', '1h30m', '2d', '15ms'].map(readDuration), [0, 90_000, 5_400_000, 172_800_000, 15]);
    for (const text of ['', '5', 'm', '5 m', '-5m', '5min', '1.5h', '5M']) assert.equal(readDuration(text), null, text);
  });
});
