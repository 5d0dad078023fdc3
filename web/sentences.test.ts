import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessFactTypes } from '../capabilities/access/facts.ts';
import type { ToldFact } from './facts/fact.ts';
import { actorOf, type Names, sentenceOf, toldTypes } from './sentences.ts';

const names: Names = {
  person: (user) => ({ usr_1: 'Ana Ruiz' })[user] ?? 'someone',
  token: (token) => ({ tok_1: 'ci' })[token] ?? 'of before',
};

const fact = (type: string, subject: string, data: ToldFact['data'] = {}): ToldFact => ({
  seq: 7,
  at: Date.UTC(2026, 10, 21, 3),
  type,
  subject,
  actor: 'user:usr_1',
  data,
});

const tell = (...told: Parameters<typeof fact>): string => sentenceOf(fact(...told), names).text;

describe('sentences of access', () => {
  test('every fact of access: has a sentence of its own', () => {
    assert.deepEqual(
      accessFactTypes.filter((type) => !toldTypes.includes(type)),
      [],
    );
  });
  test('people: by name, never by id', () => {
    assert.equal(tell('user.created', 'user/usr_1'), 'Ana Ruiz may sign in');
    assert.equal(tell('user.disabled', 'user/usr_9'), 'someone may not sign in any more');
    assert.equal(
      tell('user.grant-added', 'user/usr_1', { role: 'maintainer', scope: 'team:harbour', until: null }),
      'Ana Ruiz is maintainer for the services of team harbour',
    );
  });
  test('sessions: how they began and why they ended', () => {
    assert.equal(
      tell('session.started', 'session/ses_1', { user: 'usr_1', method: 'link' }),
      'Ana Ruiz signed in by a one-time link',
    );
    assert.equal(
      tell('session.ended', 'session/ses_1', { user: 'usr_1', reason: 'idle' }),
      'Ana Ruiz was signed out, idle for too long',
    );
  });
  test('a grant with an end: says the day', () => {
    const data = { role: 'viewer', scope: 'service:checkout', until: Date.UTC(2026, 11, 1) };
    assert.equal(sentenceOf(fact('user.grant-added', 'user/usr_1', data), names).detail, 'Granted until Tue 1 Dec');
  });
  test('refusals: are counted', () => {
    assert.equal(tell('access.refusals-counted', 'access/refusals', { total: 1 }), '1 request refused');
  });
});

describe('who acted', () => {
  test('parts of the program: by a name that a person knows', () => {
    assert.equal(actorOf('system:local', names), 'the command line on the server');
    assert.equal(actorOf('system:definitions-folder', names), 'the definitions folder');
  });
});

describe('sentences of definitions', () => {
  const revision = {
    revision: 3,
    source: { from: 'folder', commit: '0123456789' },
    changed: [],
    moved: [],
    removed: [],
  };

  test('a revision with few documents: names them', () => {
    const told = sentenceOf(
      fact('definitions.revision-applied', 'definitions/in-force', {
        ...revision,
        added: ['Service/checkout', 'Team/harbour'],
        removed: ['Service/old-basket'],
      }),
      names,
    );
    assert.equal(told.text, 'Service checkout and team harbour declared; service old-basket removed');
    assert.equal(told.detail, 'Revision 3, from the folder, commit 0123456');
  });
  test('a revision with many documents: counts them by kind', () => {
    const added = ['Service/a', 'Service/b', 'Service/c', 'EscalationPolicy/d', 'EscalationPolicy/e'];
    const text = tell('definitions.revision-applied', 'definitions/in-force', { ...revision, added });
    assert.equal(text, '3 services and 2 escalation policies declared');
  });
  test('a revision of one service: leads to it', () => {
    const data = { ...revision, added: ['Service/check/out'] };
    const told = sentenceOf(fact('definitions.revision-applied', 'definitions/in-force', data), names);
    assert.equal(told.href, '/services/check%2Fout');
  });
  test('a changed document: names the places, once each', () => {
    const text = tell('definition.set', 'definition/Service/checkout', {
      kind: 'Service',
      name: 'checkout',
      change: 'changed',
      diff: [
        { pointer: '/spec/tier' },
        { pointer: '/spec/dependencies/0/service' },
        { pointer: '/spec/dependencies/1' },
      ],
    });
    assert.equal(text, 'Service checkout changed: tier and dependencies');
  });
});

describe('sentences of what nobody taught us', () => {
  test('an unknown type: is told by its words and its subject', () => {
    assert.equal(tell('rollout.halted-by-hand', 'rollout/checkout-2'), 'Rollout halted by hand: checkout-2');
  });
  test('a type that is a name of every object: is no teller', () => {
    assert.equal(tell('constructor', 'x/y'), 'Constructor: y');
  });
  test('data of another shape: is told without what is missing, and never throws', () => {
    const strange = [{}, { added: 'x', diff: 7, source: null, until: 'soon', total: null, user: 4 }];
    for (const type of toldTypes) for (const data of strange) assert.notEqual(tell(type, 'a/b', data), '');
  });
});

describe('actors', () => {
  test('a person, a token, the program', () => {
    assert.equal(actorOf('user:usr_1', names), 'Ana Ruiz');
    assert.equal(actorOf('token:tok_1', names), 'token ci');
    assert.equal(actorOf('system:first-start', names), 'the first start');
    assert.equal(actorOf('system:keep-house', names), 'Plimsoll (keep house)');
  });
});
