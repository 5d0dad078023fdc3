import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Choice, choicesFor, moved } from './choice.ts';
import { entriesOf, type Hands, type Known } from './entries.ts';

const known: Known = {
  services: Array.from({ length: 20 }, (_, place) => ({
    name: `service-${place}`,
    title: 'A title',
    owner: { name: 'harbour', title: 'Harbour' },
  })),
  teams: [{ name: 'harbour', title: 'Harbour' }],
  people: [{ id: 'usr_1', name: 'Ana Ruiz' }],
};

const handsOf = (permissions: readonly string[]): Hands & { readonly done: string[] } => {
  const done: string[] = [];
  return {
    done,
    may: (permission) => permissions.includes(permission),
    go: (href) => done.push(`go ${href}`),
    signOut: () => done.push('sign out'),
    copy: (text) => done.push(`copy ${text}`),
    wishTheme: (wish) => done.push(`theme ${wish}`),
    here: () => 'https://plimsoll.example/',
    hasKeys: true,
  };
};

const admin = ['services.read', 'definitions.read', 'audit.read', 'tokens.read', 'people.read', 'tokens.manage'];
const keysOf = (choices: readonly Choice[]): readonly string[] =>
  choices.flatMap(({ entries }) => entries.map(({ key }) => key));

describe('palette', () => {
  test('nothing typed: places first, then what can be done, no group too long', () => {
    const choices = choicesFor('', entriesOf(known, handsOf(admin)));
    assert.deepEqual(
      choices.map(({ name }) => name),
      ['Go to', 'Do'],
    );
    assert.equal(choices[0]?.entries[0]?.text, 'Bridge');
    for (const { entries } of choices) assert.ok(entries.length <= 7);
  });
  test('what the person may not do: is not offered', () => {
    const offered = entriesOf(known, handsOf(['services.read'])).map(({ text }) => text);
    assert.equal(offered.includes('Create a token'), false);
    assert.equal(offered.includes('Audit'), false);
    assert.equal(offered.includes('Services'), true);
  });
  test('a name: leads to its page, the group of the best entry first', () => {
    const hands = handsOf(admin);
    const choices = choicesFor('ana', entriesOf(known, hands));
    choices[0]?.entries[0]?.take();
    assert.deepEqual(hands.done, ['go /people?person=usr_1']);
    assert.equal(choicesFor('sign out', entriesOf(known, hands))[0]?.name, 'Do');
  });
  test('keys of entries: are unique', () => {
    const keys = entriesOf(known, handsOf(admin)).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });
  test('up and down: go round the ends', () => {
    const choices = choicesFor('token', entriesOf(known, handsOf(admin)));
    const keys = keysOf(choices);
    assert.equal(moved(choices, null, 1), keys[0]);
    assert.equal(moved(choices, keys[0] ?? null, -1), keys.at(-1));
    assert.equal(moved(choices, keys.at(-1) ?? null, 1), keys[0]);
  });
  test('nothing found: nothing can be chosen', () => {
    assert.equal(moved(choicesFor('zzzz', entriesOf(known, handsOf(admin))), null, 1), null);
  });
});
