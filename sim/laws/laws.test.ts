import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Actor, Cause, Fact, FactId, Subject } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { breachesOf, laws } from './index.ts';
import type { Evidence, SeenRequest } from './law.ts';

interface Told {
  readonly by: Actor;
  readonly type: string;
  readonly subject: Subject;
  readonly data?: JsonObject;
  readonly at?: number;
  readonly cause?: Cause;
}

const factsOf = (told: readonly Told[]): readonly Fact[] =>
  told.map(({ by, type, subject, data = {}, at, cause = null }, place) => ({
    seq: place + 1,
    id: `fct_${place + 1}` as FactId,
    at: at ?? place + 1,
    type,
    subject,
    version: 1,
    actor: by,
    data,
    cause,
  }));

const evidenceOf = (told: readonly Told[], more: Partial<Evidence> = {}): Evidence => ({
  facts: factsOf(told),
  requests: new Map(),
  startedAfter: [0],
  records: '[]',
  secrets: new Set(),
  erased: new Set(),
  ...more,
});

const root: Actor = 'system:first-start';
const far = 1_000_000;

const created = (user: string, by: Actor = root): Told => ({ by, type: 'user.created', subject: `user/${user}` });
const granted = (user: string, role: string, by: Actor = root, until: number | null = null): Told => ({
  by,
  type: 'user.grant-added',
  subject: `user/${user}`,
  data: { grant: `grt_${user}`, role, scope: 'all', until },
});
const signedIn = (user: string, endsAt = far): Told => ({
  by: `user:${user}`,
  type: 'session.started',
  subject: `session/ses_${user}`,
  data: { user, epoch: 0, method: 'link', endsAt },
});
const disabled = (user: string, by: Actor = root): Told => ({ by, type: 'user.disabled', subject: `user/${user}` });
const person = (user: string, role: string): readonly Told[] => [created(user), granted(user, role), signedIn(user)];
const set = (by: Actor, revision = 1, body: JsonObject = {}, cause?: Cause): Told => ({
  by,
  type: 'definition.set',
  subject: 'definition/Team/harbour',
  data: { revision, file: 'a.yaml', source: { from: 'api' }, body },
  ...(cause === undefined ? {} : { cause }),
});
const applied = (by: Actor, revision = 1): Told => ({
  by,
  type: 'definitions.revision-applied',
  subject: 'definitions/in-force',
  data: { revision },
});
const token = (by: Actor, role = 'maintainer', expiresAt = far): Told => ({
  by,
  type: 'token.created',
  subject: 'token/tok_1',
  data: { role, scope: 'all', expiresAt },
});
const revoked: Told = { by: root, type: 'token.revoked', subject: 'token/tok_1', data: { reason: 'asked' } };
const link = (type: string, at?: number): Told => ({
  by: type === 'used' ? 'user:ana' : root,
  type: `sign-in-link.${type}`,
  subject: 'sign-in-link/lnk_1',
  data: type === 'issued' ? { user: 'ana', expiresAt: 100 } : { user: 'ana' },
  ...(at === undefined ? {} : { at }),
});

const seen = (more: Partial<SeenRequest> = {}): SeenRequest => ({
  method: 'POST',
  path: '/api/v1/definitions/apply',
  status: 200,
  arrivedAfter: 0,
  arrivedAt: 0,
  ...more,
});

const kept: readonly (readonly [string, readonly Told[], Partial<Evidence>?])[] = [
  ['nothing happened', []],
  ['a maintainer applies', [...person('ana', 'maintainer'), set('user:ana'), applied('user:ana')]],
  [
    'an admin of a day, in that day',
    [created('ana'), granted('ana', 'admin', root, 9), signedIn('ana'), created('ben', 'user:ana')],
  ],
  [
    'a token acts for its maker',
    [...person('ana', 'admin'), token('user:ana'), set('token:tok_1'), applied('token:tok_1')],
  ],
  ['a new body is a new revision', [set(root), applied(root), set(root, 2, { title: 'x' }), applied(root, 2)]],
  ['a link is used in time', [created('ana'), link('issued'), link('used')]],
  [
    'a request arrived while its sender was still allowed',
    [...person('ana', 'maintainer'), disabled('ana'), set('user:ana', 1, {}, 'request:r')],
    { requests: new Map([['r', seen({ arrivedAfter: 3, arrivedAt: 3 })]]) },
  ],
  [
    'the server died over a request that arrived in time',
    [...person('ana', 'maintainer'), disabled('ana'), set('user:ana', 1, {}, 'request:r')],
  ],
  [
    'one admin leaves, another stays',
    [...person('ana', 'admin'), created('ben'), { ...granted('ben', 'admin'), at: 5 }, disabled('ana')],
  ],
];

const broken: readonly (readonly [string, RegExp, readonly Told[], Partial<Evidence>?])[] = [
  ['a viewer applies', /may not do that/, [...person('ana', 'viewer'), set('user:ana')]],
  ['a stranger applies', /may not do that/, [set('user:eve')]],
  ['somebody without a session applies', /may not do that/, [created('ana'), granted('ana', 'admin'), set('user:ana')]],
  [
    'a session is over',
    /may not do that/,
    [created('ana'), granted('ana', 'admin'), signedIn('ana', 4), set('user:ana')],
  ],
  [
    'a grant has ended',
    /may not do that/,
    [created('ana'), granted('ana', 'admin', root, 4), signedIn('ana'), set('user:ana')],
  ],
  [
    'somebody disabled goes on',
    /may not do that/,
    [...person('ana', 'maintainer'), disabled('ana'), set('user:ana')],
    { startedAfter: [0, 4] },
  ],
  [
    'somebody hands on a role after it was taken',
    /may not do that/,
    [
      ...person('ana', 'admin'),
      created('ben'),
      disabled('ana'),
      { ...granted('ben', 'viewer', 'user:ana'), cause: 'request:r' },
    ],
    { requests: new Map([['r', seen({ arrivedAfter: 3 })]]) },
  ],
  [
    'a maintainer makes an admin',
    /may not do that/,
    [...person('ana', 'maintainer'), created('ben'), granted('ben', 'admin', 'user:ana')],
  ],
  [
    'a token outlives its maker’s power',
    /may not do that/,
    [...person('ana', 'admin'), token('user:ana'), disabled('ana'), set('token:tok_1')],
    { startedAfter: [0, 5] },
  ],
  [
    'a revoked token goes on',
    /may not do that/,
    [...person('ana', 'admin'), token('user:ana'), revoked, set('token:tok_1')],
    { startedAfter: [0, 5] },
  ],
  [
    'a token that ran out goes on',
    /may not do that/,
    [...person('ana', 'admin'), token('user:ana', 'admin', 5), set('token:tok_1')],
  ],
  ['somebody signs another in', /may not do that/, [created('ana'), { ...signedIn('ana'), by: 'user:eve' }]],
  ['a type that no rule knows', /no rule says/, [{ by: root, type: 'moon.landed', subject: 'moon/1' }]],
  ['the last admin goes', /the last admin is gone/, [...person('ana', 'admin'), disabled('ana')]],
  ['a token is revoked twice', /comes after/, [token(root), revoked, revoked]],
  ['a link is used twice', /comes after/, [created('ana'), link('issued'), link('used'), link('used')]],
  ['a link is used late', /the link was over/, [created('ana'), link('issued'), link('used', 100)]],
  ['a definition is applied twice', /was in force already/, [set(root), applied(root), set(root, 2)]],
  ['a definition goes that was not there', /was not in force/, [{ ...set(root), type: 'definition.removed' }]],
  ['a revision is left out', /is of revision 3, not 2/, [set(root), applied(root), applied(root, 3)]],
  ['a document carries another revision', /is of revision 2, not 1/, [set(root, 2)]],
  [
    'a refused request left a fact',
    /was refused with 403/,
    [set(root, 1, {}, 'request:r')],
    { requests: new Map([['r', seen({ status: 403 })]]) },
  ],
  [
    'a full disk left a fact',
    /was refused with 507/,
    [set(root, 1, {}, 'request:r')],
    { requests: new Map([['r', seen({ status: 507 })]]) },
  ],
  [
    'reading left a fact',
    /only read/,
    [set(root, 1, {}, 'request:r')],
    { requests: new Map([['r', seen({ method: 'GET' })]]) },
  ],
  [
    'a fact holds an address',
    /which no fact may/,
    [set(root, 1, { mail: 'Ana@harbour.test' })],
    { secrets: new Set(['ana@harbour.test']) },
  ],
  ['an erased person left an address', /still hold/, [], { records: '["ana@x"]', erased: new Set(['ana@x']) }],
];

describe('laws', () => {
  for (const [what, told, more] of kept) {
    test(`laws: kept when ${what}`, () => assert.deepEqual(breachesOf(evidenceOf(told, more)), []));
  }
  for (const [what, expected, told, more] of broken) {
    test(`laws: broken when ${what}`, () => assert.match(breachesOf(evidenceOf(told, more)).join('\n'), expected));
  }
  test('laws: each of them is broken by some test', () => {
    const unbroken = laws.filter((law) => broken.every(([, , told, more]) => law(evidenceOf(told, more)).length === 0));
    assert.deepEqual(unbroken, []);
  });
});
