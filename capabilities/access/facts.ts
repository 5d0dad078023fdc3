import Type, { type Static, type TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { assert } from '../../kernel/assert.ts';
import type { Fact, FactDraft } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { roles } from './permissions.ts';

const strict = { additionalProperties: false } as const;
const role = Type.Enum(roles);
const moment = Type.Integer({ minimum: 0 });
const end = Type.Union([moment, Type.Null()]);

/** Why a session ended. */
export const sessionEnds = [
  'signed-out',
  'idle',
  'too-old',
  'password-changed',
  'replaced',
  'person-disabled',
  'person-erased',
] as const;
export type SessionEnd = (typeof sessionEnds)[number];

/** How a session was started. */
export const signInMethods = ['password', 'link'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/**
 * Everything that happens here, by the noun of its subject. Ids and decided values only: names, addresses, titles, reasons
 * and hashes stand in records. An old shape is upgraded in `parser`, when there is one.
 */
const schemas = {
  user: {
    'user.created': Type.Object({}, strict),
    'user.details-changed': Type.Object({}, strict),
    'user.grant-added': Type.Object({ grant: Type.String(), role, scope: Type.String(), until: end }, strict),
    'user.grant-removed': Type.Object({ grant: Type.String() }, strict),
    'user.password-changed': Type.Object({ password: Type.String() }, strict),
    'user.disabled': Type.Object({}, strict),
    'user.erased': Type.Object({}, strict),
  },
  session: {
    'session.started': Type.Object(
      { user: Type.String(), epoch: Type.Integer({ minimum: 0 }), method: Type.Enum(signInMethods), endsAt: moment },
      strict,
    ),
    'session.ended': Type.Object({ user: Type.String(), reason: Type.Enum(sessionEnds) }, strict),
  },
  token: {
    'token.created': Type.Object({ role, scope: Type.String(), expiresAt: moment }, strict),
    'token.revoked': Type.Object({ reason: Type.Enum(['asked', 'expired', 'maker-erased']) }, strict),
  },
  'sign-in-link': {
    'sign-in-link.issued': Type.Object({ user: Type.String(), expiresAt: moment }, strict),
    'sign-in-link.used': Type.Object({ user: Type.String() }, strict),
    'sign-in-link.lapsed': Type.Object({ user: Type.String() }, strict),
  },
  access: {
    'access.refusals-counted': Type.Object(
      {
        from: moment,
        to: moment,
        total: Type.Integer({ minimum: 1 }),
        counts: Type.Record(Type.String(), Type.Integer()),
      },
      strict,
    ),
  },
} as const;

type Schemas = typeof schemas;
type Noun = keyof Schemas;
type DataOf<Schema> = Schema extends TObject ? Static<Schema> & JsonObject : never;
type FactsOf<N extends Noun> = { [T in keyof Schemas[N] & string]: Fact<T, DataOf<Schemas[N][T]>> }[keyof Schemas[N] &
  string];
type DraftsOf<N extends Noun> = {
  [T in keyof Schemas[N] & string]: FactDraft<T, DataOf<Schemas[N][T]>>;
}[keyof Schemas[N] & string];

export type UserFact = FactsOf<'user'>;
export type SessionFact = FactsOf<'session'>;
export type TokenFact = FactsOf<'token'>;
export type LinkFact = FactsOf<'sign-in-link'>;
export type RefusalsFact = FactsOf<'access'>;

export type AccessDraft = { [N in Noun]: DraftsOf<N> }[Noun];

/** The types of all facts of this capability. */
export const accessFactTypes: readonly string[] = Object.values(schemas).flatMap((ofNoun) => Object.keys(ofNoun));

/**
 * Makes the reader of one noun's facts.
 * @throws AssertionFailure (from the reader) on a type it does not know, or data of another shape
 */
function parser<N extends Noun>(noun: N): (fact: Fact) => FactsOf<N> {
  const validators = new Map(
    Object.entries<TObject>(schemas[noun]).map(([type, schema]) => [type, Compile(schema)] as const),
  );
  return (fact) => {
    const isKnown = validators.get(fact.type)?.Check(fact.data) ?? false;
    assert(isKnown, `fact ${fact.seq} is a ${noun} fact of a known type and shape: ${fact.type}`);
    return fact as FactsOf<N>;
  };
}

export const parseUserFact = parser('user');
export const parseSessionFact = parser('session');
export const parseTokenFact = parser('token');
export const parseLinkFact = parser('sign-in-link');
export const parseRefusalsFact = parser('access');
