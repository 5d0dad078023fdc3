import type { Millis } from '../../kernel/time.ts';
import type { Ledger } from '../../platform/journal/ledger.ts';
import { type IssuedLink, issueSignInLink } from './links.ts';
import { type Acting, done, type Outcome, type Parts } from './parts.ts';
import { addPerson } from './people.ts';
import { refusalsDraft } from './refusals.ts';
import { isKeeper, userFold } from './user.ts';

/** The longest-serving admin of everything, or null when there is nobody yet. */
export function firstKeeper(ledger: Ledger): string | null {
  const keepers = [...ledger.statesOf(userFold)].filter(([, state]) => isKeeper(state)).map(([subject]) => subject);
  const [first] = keepers.sort();
  return first === undefined ? null : first.slice('user/'.length);
}

const firstStart: Acting = { actor: 'system:first-start', cause: null };

/**
 * On the first start: makes the first admin, called "you" until they say otherwise, and a link to sign in by.
 * @returns null when somebody is there already
 */
export async function makeFirstAdmin(parts: Parts, now: Millis): Promise<Outcome<IssuedLink> | null> {
  if (firstKeeper(parts.ledger) !== null) return null;
  const asked = { name: 'you', email: null, role: 'admin', reason: 'first start of this installation', now } as const;
  const outcome = await addPerson(parts, asked, firstStart);
  return outcome.outcome === 'refused' ? outcome : done(outcome.value.link);
}

/** Another link for the first admin, for whoever may read the data folder. @returns null when there is nobody yet */
export async function issueAdminLink(parts: Parts, now: Millis): Promise<Outcome<IssuedLink> | null> {
  const user = firstKeeper(parts.ledger);
  return user === null ? null : issueSignInLink(parts, { user, now }, { actor: 'system:command-line', cause: null });
}

/**
 * Writes what was refused since the last time as one fact, at most once a minute.
 * @param isStopping writes what there is, however short the time
 * @returns true when a fact was written
 */
export async function flushRefusals(parts: Parts, now: Millis, isStopping: boolean): Promise<boolean> {
  const window = parts.refusals.due(now, isStopping);
  if (window === null) return false;
  const result = await parts.ledger.record([refusalsDraft(window)], { actor: 'system:access', cause: null });
  if (result.outcome === 'accepted') parts.refusals.written(window);
  return result.outcome === 'accepted';
}
