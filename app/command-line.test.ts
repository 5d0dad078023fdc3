import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Command, CommandFailure } from './command.ts';
import { findCommand, helpOf, helpOfAll, parseGiven } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';

const sample: Command = {
  name: 'sample',
  summary: 'Try the parser.',
  operands: ['DIR', '[NAME]'],
  flags: [
    { name: 'url', value: 'URL', environment: 'PLIMSOLL_URL', help: 'where' },
    { name: 'json', help: 'for programs' },
  ],
  about: [],
  run: async () => exitCodes.done,
};

const usage = (message: RegExp) => (failure: unknown) =>
  failure instanceof CommandFailure && failure.code === exitCodes.usage && message.test(failure.message);

describe('command line', () => {
  test('flags come with a space or an equals sign, in any order', () => {
    const given = parseGiven(sample, ['--url', 'http://a', 'ops', '--json']);
    assert.deepEqual({ ...given.flags }, { url: 'http://a' });
    assert.deepEqual(given.operands, ['ops']);
    assert.equal(given.json, true);
    assert.equal(parseGiven(sample, ['--url=http://a?b=c', 'ops']).flags.url, 'http://a?b=c');
  });

  test('what stands behind -- is an operand', () => {
    assert.deepEqual(parseGiven(sample, ['--', '--json']).operands, ['--json']);
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown flag, with the one that was meant', ['ops', '--ulr', 'x'], /--ulr is not known\. Did you mean "url"/],
    ['a flag without its value', ['ops', '--url'], /--url needs a value: --url URL/],
    ['a flag that takes the next flag for its value', ['ops', '--url', '--json'], /--url needs a value/],
    ['an empty flag', ['ops', '--url', ''], /--url is empty: expected --url URL, or leave it out/],
    ['an empty flag with an equals sign', ['ops', '--url='], /--url is empty/],
    ['an empty operand', [''], /DIR is empty/],
    ['a flag given twice', ['ops', '--url', 'a', '--url', 'b'], /given twice/],
    ['a value for a switch', ['ops', '--json=yes'], /takes no value/],
    ['a missing operand', [], /needs DIR/],
    ['an operand too many', ['a', 'b', 'c'], /"c" was not expected/],
    ['a short flag', ['-x', 'ops'], /written out/],
  ];
  for (const [name, words, message] of refusals) {
    test(`refuses ${name}`, () => assert.throws(() => parseGiven(sample, words), usage(message)));
  }

  test('an unknown command is refused with the nearest one', () => {
    assert.throws(() => findCommand([sample], 'sampel'), usage(/Did you mean "sample"/));
  });

  test('help: names operands, flags, variables and exit codes', () => {
    const help = helpOf(sample);
    for (const part of ['plimsoll sample DIR [NAME] [flags]', '--url URL', 'PLIMSOLL_URL', 'Exit codes', '64']) {
      assert.ok(help.includes(part), part);
    }
    assert.ok(helpOfAll([sample], '1.2.3').includes('sample DIR [NAME]  Try the parser.'));
  });
});
