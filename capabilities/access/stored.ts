import type { JsonObject } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Records } from '../../platform/records/records.ts';

/**
 * What stands in records, by collection. Each body says when it was written: a record that no fact stands behind is erased
 * when it is old enough not to be on its way.
 */
export type StoredBody = { readonly writtenAt: Millis };

/** By user id. */
export type PersonRecord = StoredBody & { readonly name: string; readonly email: string | null };
/** By e-mail address in its normal form: one person an address. */
export type EmailRecord = StoredBody & { readonly user: string };
/** By password id. */
export type PasswordRecord = StoredBody & { readonly user: string; readonly phc: string };
/** By grant id: why somebody holds it, in words. */
export type GrantRecord = StoredBody & { readonly user: string; readonly reason: string };
/** By session id. */
export type SessionRecord = StoredBody & {
  readonly user: string;
  readonly fingerprint: string;
  readonly csrfToken: string;
  /** The secret before this one. `until` is null while the new one has not been seen: its answer may have been lost. */
  readonly previous: { readonly fingerprint: string; readonly until: Millis | null } | null;
  readonly rotatedAt: Millis;
  readonly lastSeenAt: Millis;
};
/** By token id. */
export type TokenRecord = StoredBody & {
  readonly fingerprint: string;
  readonly prefix: string;
  readonly title: string;
  readonly lastUsedAt: Millis | null;
};
/** By link id. */
export type LinkRecord = StoredBody & { readonly user: string; readonly fingerprint: string };

export const collections = {
  people: 'access-people',
  emails: 'access-emails',
  passwords: 'access-passwords',
  grants: 'access-grants',
  sessions: 'access-sessions',
  tokens: 'access-tokens',
  links: 'access-sign-in-links',
} as const;

/** A record to be written before the fact that needs it. */
export interface NewRecord {
  readonly collection: string;
  readonly key: string;
  readonly body: StoredBody & JsonObject;
}

/** One form of an address. Mail servers tell case apart before the @ by right, and do not in fact. */
export const normalEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** Collections whose first record needs a fact before it: a session needs a sign-in link, a password or a token a person. */
const collectionsOfUse = [collections.passwords, collections.sessions, collections.tokens] as const;

/** True when somebody has used this installation: the journal beside these records then cannot be an empty one. */
export async function hasServed(records: Pick<Records, 'list'>): Promise<boolean> {
  for (const collection of collectionsOfUse) {
    if ((await records.list(collection)).length > 0) return true;
  }
  return false;
}

/** True when the records name anybody. The last admin cannot be erased, so only records that are new, or were lost, name nobody. */
export const knowsAnybody = async (records: Pick<Records, 'list'>): Promise<boolean> =>
  (await records.list(collections.people)).length > 0;
