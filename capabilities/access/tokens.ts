import { type Refusal, refuse } from '../../kernel/decision.ts';
import type { Actor } from '../../kernel/fact.ts';
import { day, type Millis, minute } from '../../kernel/time.ts';
import { readToken, shownPrefix, tokenText } from './credential.ts';
import { createToken, revokeToken } from './decide.ts';
import { hasPower, isActive } from './grant.ts';
import { type Acting, askerOf, changeRecord, commit, done, type Outcome, type Parts } from './parts.ts';
import type { Role } from './permissions.ts';
import { powerOf, powerViewOf, subjectsBehind } from './power.ts';
import { type GrantScope, textOfScope } from './scope.ts';
import { collections, type TokenRecord } from './stored.ts';
import { type TokenId, tokenFold, tokenSubject } from './token.ts';

/** Last use is written at most so often. */
const usedEveryMs: Millis = minute;

export interface TokenAsked {
  readonly title: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly expiresInDays: number;
  readonly now: Millis;
}

export interface MadeToken {
  readonly id: TokenId;
  /** Shown this once; only its fingerprint is kept. */
  readonly secret: string;
  readonly prefix: string;
  readonly expiresAt: Millis;
}

/** Makes a token, never with more than its maker holds. */
export async function makeToken(parts: Parts, asked: TokenAsked, acting: Acting): Promise<Outcome<MadeToken>> {
  const id = parts.ids<'token'>('tok');
  const secret = parts.secret();
  const text = tokenText({ id, secret });
  const expiresAt = asked.now + asked.expiresInDays * day;
  const body: TokenRecord = {
    fingerprint: parts.hashing.fingerprint(secret),
    prefix: shownPrefix(text),
    title: asked.title,
    lastUsedAt: null,
    writtenAt: asked.now,
  };
  const wanted = { token: id, role: asked.role, scope: textOfScope(asked.scope), expiresAt };
  const outcome = await commit(parts, [{ collection: collections.tokens, key: id, body }], {
    ...acting,
    fold: tokenFold,
    subject: tokenSubject(id),
    alsoGuard: subjectsBehind(acting.actor, powerViewOf(parts.ledger)),
    decide: (state, now) => createToken(state, wanted, askerOf(parts, acting.actor), now),
  });
  return outcome.outcome === 'refused' ? outcome : done({ id, secret: text, prefix: body.prefix, expiresAt });
}

/** Revokes a token, and with it the power of those it has made. Its record stays for a while, for the list. */
export async function dropToken(
  parts: Parts,
  asked: { readonly token: string; readonly reason: 'asked' | 'expired' | 'maker-erased' },
  acting: Acting,
): Promise<Outcome<null>> {
  const outcome = await commit(parts, [], {
    ...acting,
    fold: tokenFold,
    subject: tokenSubject(asked.token),
    decide: (state) => revokeToken(state, asked.token, asked.reason),
  });
  return outcome.outcome === 'refused' ? outcome : done(null);
}

/** One answer for every token that is not good: unknown, revoked, of somebody who left. */
export const tokenRefused: Refusal = refuse(
  'token-refused',
  'This token is not good: it is unknown, expired or revoked, or whoever made it may no longer use it. Make a new one.',
);

/** Who shows this token: a token of ours or one of the program's own; null when it is not good. Counts as use of it. */
export async function showToken(
  parts: Parts,
  text: string,
  now: Millis,
): Promise<{ readonly actor: Actor; readonly id: string } | null> {
  const system = parts.systemTokens.find((token) => parts.hashing.same(token.secret, text));
  if (system !== undefined) return { actor: `system:${system.name}`, id: system.name };
  const credential = readToken(text);
  if (credential === null) return null;
  const stored = await parts.records.get<TokenRecord>(collections.tokens, credential.id);
  const state = parts.ledger.statesOf(tokenFold).get(tokenSubject(credential.id));
  if (stored === null || state?.status !== 'live' || !isActive(state.holding, now)) return null;
  if (!parts.hashing.same(stored.body.fingerprint, parts.hashing.fingerprint(credential.secret))) return null;
  // A token whose maker left, or lost every role, is no good any more: not even where being known is enough.
  if (!hasPower(powerOf(`token:${credential.id}`, powerViewOf(parts.ledger)), now)) return null;
  await changeRecord<TokenRecord>(parts, collections.tokens, credential.id, (record) =>
    record.lastUsedAt === null || now >= record.lastUsedAt + usedEveryMs ? { ...record, lastUsedAt: now } : null,
  );
  return { actor: `token:${credential.id}`, id: credential.id };
}

/** Revokes the tokens that a person made, and erases what was written about them. */
export async function eraseTokensOf(parts: Parts, user: string, acting: Acting): Promise<void> {
  for (const { key } of await parts.records.list(collections.tokens)) {
    const { state } = await parts.ledger.stateOf(tokenFold, tokenSubject(key));
    if (state.status === 'unknown' || state.maker !== `user:${user}`) continue;
    const outcome = await dropToken(parts, { token: key, reason: 'maker-erased' }, acting);
    if (outcome.outcome === 'done') await parts.records.erase(collections.tokens, key);
  }
}
