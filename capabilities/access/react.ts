import type { JsonObject } from '../../kernel/json.ts';
import { day, type Millis, minute } from '../../kernel/time.ts';
import type { Stored } from '../../platform/records/records.ts';
import { lapseLink } from './decide.ts';
import type { SessionEnd } from './facts.ts';
import { type Acting, commit, type Parts } from './parts.ts';
import { endOf, type Session, sessionFold, sessionSubject } from './session.ts';
import { closeSession } from './sessions.ts';
import { linkFold, linkSubject, type SignInLink } from './sign-in-link.ts';
import { collections, type StoredBody } from './stored.ts';
import { type Token, tokenFold, tokenSubject } from './token.ts';
import { dropToken } from './tokens.ts';
import { type User, userFold, userSubject } from './user.ts';

/** A record younger than this may be on its way to its fact. */
export const unbackedAgeMsMin: Millis = minute;

/** A token that died is listed for so long, then its record goes. */
export const deadTokenAgeMs: Millis = 30 * day;

/** Something that is still to be done. Each step may be done twice. */
export type Step =
  | { readonly do: 'end-session'; readonly session: string; readonly reason: SessionEnd }
  | { readonly do: 'lapse-link'; readonly link: string }
  | { readonly do: 'revoke-token'; readonly token: string; readonly reason: 'expired' | 'maker-erased' }
  | { readonly do: 'erase-record'; readonly collection: string; readonly key: string };

type StoredRecord = Stored<StoredBody & JsonObject>;
type Collection = keyof typeof collections;

/** Everything the reconciler looks at: states by subject, records by collection. A state that is not there is closed, or never was. */
export interface AccessView {
  readonly users: ReadonlyMap<string, User>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly links: ReadonlyMap<string, SignInLink>;
  readonly tokens: ReadonlyMap<string, Token>;
  /** Tokens with a record that have left memory, by id. */
  readonly deadTokens: ReadonlyMap<string, Token>;
  readonly records: Readonly<Record<Collection, readonly StoredRecord[]>>;
}

const idIn = (subject: string): string => subject.slice(subject.indexOf('/') + 1);

function sessionSteps(view: AccessView, now: Millis): readonly Step[] {
  const seenAt = new Map(view.records.sessions.map(({ key, body }) => [key, Number(body.lastSeenAt)]));
  return [...view.sessions].flatMap(([subject, session]): readonly Step[] => {
    if (session.status !== 'live') return [];
    const id = idIn(subject);
    const reason = endOf(session, view.users.get(userSubject(session.user)), seenAt.get(id) ?? null, now);
    return reason === null ? [] : [{ do: 'end-session', session: id, reason }];
  });
}

const linkSteps = (view: AccessView, now: Millis): readonly Step[] =>
  [...view.links].flatMap(([subject, link]): readonly Step[] =>
    link.status === 'issued' && now >= link.expiresAt ? [{ do: 'lapse-link', link: idIn(subject) }] : [],
  );

function isMakerErased(view: AccessView, maker: string): boolean {
  if (!maker.startsWith('user:')) return false;
  const state = view.users.get(userSubject(maker.slice('user:'.length)));
  return state === undefined || state.status === 'erased';
}

function tokenSteps(view: AccessView, now: Millis): readonly Step[] {
  return [...view.tokens].flatMap(([subject, token]): readonly Step[] => {
    if (token.status !== 'live') return [];
    const { until } = token.holding;
    if (until !== null && now >= until) return [{ do: 'revoke-token', token: idIn(subject), reason: 'expired' }];
    return isMakerErased(view, token.maker)
      ? [{ do: 'revoke-token', token: idIn(subject), reason: 'maker-erased' }]
      : [];
  });
}

/** Whether a fact stands behind a record, by collection. */
function backingOf(view: AccessView, now: Millis): Record<Collection, (record: StoredRecord) => boolean> {
  const emailOf = new Map(view.records.people.map(({ key, body }) => [key, body.email]));
  const detailsOf = (user: unknown) => {
    const state = view.users.get(userSubject(String(user)));
    return state !== undefined && 'details' in state ? state.details : undefined;
  };
  return {
    people: ({ key }) => detailsOf(key) !== undefined,
    emails: ({ key, body }) => detailsOf(body.user) !== undefined && emailOf.get(String(body.user)) === key,
    passwords: ({ key, body }) => detailsOf(body.user)?.password === key,
    grants: ({ key, body }) => detailsOf(body.user)?.grants.some((grant) => grant.id === key) ?? false,
    sessions: ({ key }) => view.sessions.get(sessionSubject(key))?.status === 'live',
    links: ({ key }) => {
      const link = view.links.get(linkSubject(key));
      return link?.status === 'issued' && now < link.expiresAt;
    },
    tokens: ({ key }) => {
      const token = view.tokens.get(tokenSubject(key)) ?? view.deadTokens.get(key);
      if (token === undefined || token.status === 'unknown' || isMakerErased(view, token.maker)) return false;
      return token.status === 'live' || now < token.revokedAt + deadTokenAgeMs;
    },
  };
}

function recordSteps(view: AccessView, now: Millis, ageMsMin: Millis): readonly Step[] {
  const isBacked = backingOf(view, now);
  return (Object.keys(collections) as readonly Collection[]).flatMap((collection) =>
    view.records[collection]
      .filter((record) => now >= record.body.writtenAt + ageMsMin && !isBacked[collection](record))
      .map(({ key }): Step => ({ do: 'erase-record', collection: collections[collection], key })),
  );
}

/**
 * What is still to be done: sessions and links that are over, tokens that ran out or whose maker was erased, and records that
 * no fact stands behind (a crash between the two writes, in either order).
 * @param ageMsMin records younger than this are left; 0 at the start, when nothing can be on its way
 */
export const stepsDue = (view: AccessView, now: Millis, ageMsMin: Millis): readonly Step[] => [
  ...sessionSteps(view, now),
  ...linkSteps(view, now),
  ...tokenSteps(view, now),
  ...recordSteps(view, now, ageMsMin),
];

async function viewOf(parts: Parts): Promise<AccessView> {
  // Records first: a state that appears meanwhile only makes a record better backed.
  const lists = await Promise.all(
    Object.entries(collections).map(
      async ([name, collection]) => [name, await parts.records.list(collection)] as const,
    ),
  );
  const records = Object.fromEntries(lists) as unknown as AccessView['records'];
  const tokens = parts.ledger.statesOf(tokenFold);
  const deadTokens = new Map<string, Token>();
  for (const { key } of records.tokens) {
    if (tokens.get(tokenSubject(key))?.status === 'live') continue;
    const { state } = await parts.ledger.stateOf(tokenFold, tokenSubject(key));
    deadTokens.set(key, state);
  }
  return {
    users: parts.ledger.statesOf(userFold),
    sessions: parts.ledger.statesOf(sessionFold),
    links: parts.ledger.statesOf(linkFold),
    tokens,
    deadTokens,
    records,
  };
}

const acting: Acting = { actor: 'system:access', cause: null };

async function carryOut(parts: Parts, step: Step): Promise<void> {
  switch (step.do) {
    case 'end-session':
      await closeSession(parts, step.session, step.reason, acting);
      return;
    case 'revoke-token':
      await dropToken(parts, step, acting);
      return;
    case 'erase-record':
      await parts.records.erase(step.collection, step.key);
      return;
    case 'lapse-link':
      await commit(parts, [], {
        ...acting,
        fold: linkFold,
        subject: linkSubject(step.link),
        decide: (state, now) => lapseLink(state, step.link, now),
      });
      return;
  }
}

/**
 * Brings facts and records in line. Takes no input but the time and looks at everything; running it twice does nothing twice.
 * Called at the start (before the listeners open) with `isStart`, then every minute or so.
 * @returns the steps that were carried out
 */
export async function reconcile(parts: Parts, now: Millis, isStart: boolean): Promise<readonly Step[]> {
  const steps = stepsDue(await viewOf(parts), now, isStart ? 0 : unbackedAgeMsMin);
  for (const step of steps) await carryOut(parts, step);
  return steps;
}
