import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decision } from '../../kernel/decision.ts';
import type { Fact } from '../../kernel/fact.ts';
import { day, hour, type Millis, minute } from '../../kernel/time.ts';
import {
  type Asker,
  addGrant,
  changePassword,
  createToken,
  createUser,
  disableUser,
  endSession,
  eraseUser,
  type GrantWanted,
  grantCountMax,
  issueLink,
  lapseLink,
  removeGrant,
  revokeToken,
  startSession,
  tokenDepthMax,
  useLink,
} from './decide.ts';
import type { AccessDraft } from './facts.ts';
import { fullPower, type GrantId, type Holding, type Power } from './grant.ts';
import { sessionFold } from './session.ts';
import { linkFold, linkLifeMs } from './sign-in-link.ts';
import { tokenFold } from './token.ts';
import { userFold } from './user.ts';

const now: Millis = 1_795_219_200_000;
const ana = 'usr_ana';

/** Folds facts as the journal would hold them. */
function folded<State>(
  fold: { initial: State; parse(fact: Fact): Fact; apply(state: State, fact: never): State },
  drafts: readonly AccessDraft[],
): State {
  return drafts.reduce((state, draft, index) => {
    const fact = {
      ...draft,
      seq: index + 1,
      id: `fct_${index}`,
      at: now,
      version: index + 1,
      actor: 'user:usr_maker',
      cause: null,
    };
    return fold.apply(state, fold.parse(fact as unknown as Fact) as never);
  }, fold.initial);
}

const outcomeOf = (decision: Decision<AccessDraft>) => ({
  thenFacts: (...types: readonly string[]) => {
    assert.equal(decision.outcome, 'accepted', JSON.stringify(decision));
    if (decision.outcome === 'accepted')
      assert.deepEqual(
        decision.facts.map((fact) => fact.type),
        types,
      );
  },
  thenNothing: () => assert.deepEqual(decision, { outcome: 'accepted', facts: [] }),
  thenRefused: (code: string) => {
    assert.equal(decision.outcome, 'refused', JSON.stringify(decision));
    if (decision.outcome === 'refused') assert.equal(decision.code, code);
    if (decision.outcome === 'refused') assert.match(decision.detail, /\. \S|: /, 'a refusal names the next step');
  },
});

const givenUser = (...drafts: readonly AccessDraft[]) => ({
  when: (decide: (state: typeof userFold.initial) => Decision<AccessDraft>) =>
    outcomeOf(decide(folded(userFold, drafts))),
});

const subject = `user/${ana}` as const;
const created: AccessDraft = { type: 'user.created', subject, data: {} };
const disabled: AccessDraft = { type: 'user.disabled', subject, data: {} };
const erased: AccessDraft = { type: 'user.erased', subject, data: {} };
const granted = (id: string, role: Holding['role'], scope = 'all', until: Millis | null = null): AccessDraft => ({
  type: 'user.grant-added',
  subject,
  data: { grant: id, role, scope, until },
});
const holding = (role: Holding['role'], scope = 'all', until: Millis | null = null): Holding => ({
  role,
  scope,
  until,
});
const wanted = (given: Holding, reason = 'runs the quay'): GrantWanted => ({
  user: ana,
  grant: 'grt_new' as GrantId,
  holding: given,
  reason,
});
const asker = (...power: Power): Asker => ({ power, ownerOf: (service) => ({ checkout: 'crew' })[service] });
const anyone = asker(...fullPower);

describe('a person', () => {
  test('is created with a first grant', () => {
    givenUser()
      .when((state) => createUser(state, wanted(holding('viewer')), anyone, now))
      .thenFacts('user.created', 'user.grant-added');
  });
  test('is refused under an id that is taken, without a reason, or with more than the asker has', () => {
    givenUser(created)
      .when((state) => createUser(state, wanted(holding('viewer')), anyone, now))
      .thenRefused('user-exists');
    givenUser()
      .when((state) => createUser(state, wanted(holding('viewer'), '  '), anyone, now))
      .thenRefused('reason-missing');
    const maintainer = asker([holding('maintainer')]);
    givenUser()
      .when((state) => createUser(state, wanted(holding('admin')), maintainer, now))
      .thenRefused('more-than-own');
  });
  test('is disabled and erased, quietly when that has happened', () => {
    const alone = { user: ana, othersKeep: false };
    givenUser(created)
      .when((state) => disableUser(state, alone))
      .thenFacts('user.disabled');
    givenUser(created, disabled)
      .when((state) => disableUser(state, alone))
      .thenNothing();
    givenUser(created, disabled)
      .when((state) => eraseUser(state, alone))
      .thenFacts('user.erased');
    givenUser(created, erased)
      .when((state) => eraseUser(state, alone))
      .thenNothing();
  });
  test('is not found when unknown or erased', () => {
    const alone = { user: ana, othersKeep: false };
    givenUser()
      .when((state) => disableUser(state, alone))
      .thenRefused('user-not-found');
    givenUser()
      .when((state) => eraseUser(state, alone))
      .thenRefused('user-not-found');
    givenUser(created, erased)
      .when((state) => disableUser(state, alone))
      .thenRefused('user-not-found');
  });
  test('stays when the last admin without an end, whatever other grants there are', () => {
    const alone = { user: ana, othersKeep: false };
    const keeper = [created, granted('grt_1', 'admin'), granted('grt_2', 'admin', 'all', now + day)];
    givenUser(...keeper)
      .when((state) => disableUser(state, alone))
      .thenRefused('last-admin');
    givenUser(...keeper)
      .when((state) => eraseUser(state, alone))
      .thenRefused('last-admin');
    givenUser(...keeper)
      .when((state) => eraseUser(state, { user: ana, othersKeep: true }))
      .thenFacts('user.erased');
  });
});

describe('a grant', () => {
  const add =
    (given: Holding, by = anyone, reason?: string) =>
    (state: typeof userFold.initial) =>
      addGrant(state, wanted(given, reason), by, now);

  test('is added within what the asker holds: role, scope and end', () => {
    const crewUntilTomorrow = asker([holding('maintainer', 'team:crew', now + day)]);
    givenUser(created)
      .when(add(holding('responder', 'service:checkout', now + hour), crewUntilTomorrow))
      .thenFacts('user.grant-added');
    for (const more of [
      holding('admin', 'team:crew', now + hour),
      holding('viewer', 'all', now + hour),
      holding('viewer', 'service:search', now + hour),
      holding('viewer', 'team:harbour', now + hour),
      holding('viewer', 'team:crew', now + 2 * day),
      holding('viewer', 'team:crew'),
    ]) {
      givenUser(created).when(add(more, crewUntilTomorrow)).thenRefused('more-than-own');
    }
  });
  test('is refused by an asker whose own grant is over, or whose token is narrower than they are', () => {
    givenUser(created)
      .when(add(holding('viewer', 'all', now + hour), asker([holding('admin', 'all', now)])))
      .thenRefused('more-than-own');
    const byToken = asker([holding('viewer', 'all', now + day)], [holding('admin')]);
    givenUser(created)
      .when(add(holding('responder', 'all', now + hour), byToken))
      .thenRefused('more-than-own');
  });
  test('is refused without a reason, with an end that is past, a scope that is none, or for nobody', () => {
    givenUser(created)
      .when(add(holding('viewer'), anyone, ''))
      .thenRefused('reason-missing');
    givenUser(created)
      .when(add(holding('viewer', 'all', now)))
      .thenRefused('end-in-past');
    givenUser(created)
      .when(add(holding('viewer', 'planet:earth')))
      .thenRefused('more-than-own');
    givenUser()
      .when(add(holding('viewer')))
      .thenRefused('user-not-found');
    givenUser(created, disabled)
      .when(add(holding('viewer')))
      .thenRefused('user-disabled');
  });
  test(`is refused as the ${grantCountMax + 1}st of a person`, () => {
    const many = Array.from({ length: grantCountMax }, (_, index) => granted(`grt_${index}`, 'viewer'));
    givenUser(created, ...many)
      .when(add(holding('viewer')))
      .thenRefused('too-many-grants');
  });
  test('is taken away, but not the last admin without an end', () => {
    const remove = (grant: string, othersKeep: boolean) => (state: typeof userFold.initial) =>
      removeGrant(state, { user: ana, grant, othersKeep });
    givenUser(created, granted('grt_1', 'admin')).when(remove('grt_1', false)).thenRefused('last-admin');
    givenUser(created, granted('grt_1', 'admin')).when(remove('grt_1', true)).thenFacts('user.grant-removed');
    const twice = [created, granted('grt_1', 'admin'), granted('grt_2', 'admin')];
    givenUser(...twice)
      .when(remove('grt_1', false))
      .thenFacts('user.grant-removed');
    givenUser(created, granted('grt_1', 'viewer')).when(remove('grt_2', true)).thenRefused('grant-not-found');
    givenUser().when(remove('grt_1', true)).thenRefused('user-not-found');
  });
});

describe('a session', () => {
  const session = { session: 'ses_1', method: 'password', now } as const;
  const started: AccessDraft = {
    type: 'session.started',
    subject: 'session/ses_1',
    data: { user: ana, epoch: 0, method: 'password', endsAt: now + day },
  };
  test('starts for an active person only', () => {
    givenUser(created)
      .when((state) => startSession(state, ana, session))
      .thenFacts('session.started');
    givenUser(created, disabled)
      .when((state) => startSession(state, ana, session))
      .thenRefused('user-disabled');
    givenUser()
      .when((state) => startSession(state, ana, session))
      .thenRefused('user-not-found');
  });
  test('ends once', () => {
    outcomeOf(endSession(folded(sessionFold, [started]), 'ses_1', 'signed-out')).thenFacts('session.ended');
    const ended: AccessDraft = { type: 'session.ended', subject: 'session/ses_1', data: { user: ana, reason: 'idle' } };
    outcomeOf(endSession(folded(sessionFold, [started, ended]), 'ses_1', 'signed-out')).thenNothing();
    outcomeOf(endSession(sessionFold.initial, 'ses_1', 'signed-out')).thenNothing();
  });
  test('starts anew, in the next epoch, with a new password', () => {
    const change = { user: ana, password: 'pwd_1', session };
    givenUser(created)
      .when((state) => changePassword(state, change))
      .thenFacts('user.password-changed', 'session.started');
    const decision = changePassword(folded(userFold, [created]), change);
    assert.equal(decision.outcome === 'accepted' && decision.facts[1]?.data.epoch, 1);
    givenUser(created, erased)
      .when((state) => changePassword(state, change))
      .thenRefused('user-not-found');
  });
});

describe('a sign-in link', () => {
  const link = { link: 'lnk_1', user: ana };
  const issued: AccessDraft = {
    type: 'sign-in-link.issued',
    subject: 'sign-in-link/lnk_1',
    data: { user: ana, expiresAt: now + linkLifeMs },
  };
  const used: AccessDraft = { type: 'sign-in-link.used', subject: 'sign-in-link/lnk_1', data: { user: ana } };
  const use = (drafts: readonly AccessDraft[], at: Millis, person: readonly AccessDraft[] = [created]) =>
    outcomeOf(
      useLink(folded(linkFold, drafts), folded(userFold, person), {
        link: 'lnk_1',
        session: 'ses_1',
        method: 'link',
        now: at,
      }),
    );

  test('is issued by whoever has as much power as the person', () => {
    givenUser(created, granted('grt_1', 'admin'))
      .when((state) => issueLink(state, link, anyone, now))
      .thenFacts('sign-in-link.issued');
    const temporary = asker([holding('admin', 'all', now + day)]);
    givenUser(created, granted('grt_1', 'admin'))
      .when((state) => issueLink(state, link, temporary, now))
      .thenRefused('more-than-own');
    givenUser(created, granted('grt_1', 'admin', 'all', now))
      .when((state) => issueLink(state, link, temporary, now))
      .thenFacts('sign-in-link.issued');
    givenUser(created, disabled)
      .when((state) => issueLink(state, link, anyone, now))
      .thenRefused('user-disabled');
    givenUser()
      .when((state) => issueLink(state, link, anyone, now))
      .thenRefused('user-not-found');
  });
  test('signs in once, in time, for a person who may', () => {
    use([issued], now).thenFacts('sign-in-link.used', 'session.started');
    use([issued, used], now).thenRefused('link-refused');
    use([issued], now + linkLifeMs).thenRefused('link-refused');
    use([issued], now, [created, disabled]).thenRefused('link-refused');
    use([], now).thenRefused('link-refused');
  });
  test('lapses when its time is over, and only then', () => {
    outcomeOf(lapseLink(folded(linkFold, [issued]), 'lnk_1', now + linkLifeMs)).thenFacts('sign-in-link.lapsed');
    outcomeOf(lapseLink(folded(linkFold, [issued]), 'lnk_1', now + minute)).thenNothing();
    outcomeOf(lapseLink(folded(linkFold, [issued, used]), 'lnk_1', now + linkLifeMs)).thenNothing();
  });
});

describe('a token', () => {
  const token = { token: 'tok_1', role: 'viewer', scope: 'all', expiresAt: now + day } as const;
  const made: AccessDraft = {
    type: 'token.created',
    subject: 'token/tok_1',
    data: { role: 'viewer', scope: 'all', expiresAt: now + day },
  };
  test('is made within what the maker holds', () => {
    outcomeOf(createToken(tokenFold.initial, token, anyone, now)).thenFacts('token.created');
    const crew = asker([holding('admin', 'team:crew')]);
    outcomeOf(createToken(tokenFold.initial, token, crew, now)).thenRefused('more-than-own');
    outcomeOf(createToken(tokenFold.initial, token, asker([holding('admin', 'all', now + hour)]), now)).thenRefused(
      'more-than-own',
    );
    outcomeOf(createToken(tokenFold.initial, token, asker([]), now)).thenRefused('more-than-own');
  });
  test('is refused under a taken id, with a past end, or too far from a person', () => {
    outcomeOf(createToken(folded(tokenFold, [made]), token, anyone, now)).thenRefused('token-exists');
    outcomeOf(createToken(tokenFold.initial, { ...token, expiresAt: now }, anyone, now)).thenRefused('end-in-past');
    const layer = [holding('admin')];
    const deep: Power = [layer, ...Array.from({ length: tokenDepthMax - 1 }, () => layer)];
    outcomeOf(createToken(tokenFold.initial, token, asker(...deep), now)).thenRefused('token-too-deep');
  });
  test('is revoked once', () => {
    outcomeOf(revokeToken(folded(tokenFold, [made]), 'tok_1', 'asked')).thenFacts('token.revoked');
    const revoked: AccessDraft = { type: 'token.revoked', subject: 'token/tok_1', data: { reason: 'asked' } };
    outcomeOf(revokeToken(folded(tokenFold, [made, revoked]), 'tok_1', 'asked')).thenNothing();
    outcomeOf(revokeToken(tokenFold.initial, 'tok_1', 'asked')).thenRefused('token-not-found');
  });
});

describe('facts', () => {
  test('an unknown type, a foreign member or a wrong value stops the fold', () => {
    const fact = { seq: 1, id: 'fct_1', at: now, subject, version: 1, actor: 'system:test', cause: null };
    for (const strange of [
      { type: 'user.renamed', data: {} },
      { type: 'user.created', data: { name: 'Ana' } },
      { type: 'user.grant-added', data: { grant: 'grt_1', role: 'king', scope: 'all', until: null } },
    ]) {
      assert.throws(() => userFold.parse({ ...fact, ...strange } as unknown as Fact), /law broken/);
    }
  });
});
