import Type, { type Static } from 'typebox';
import { assert } from '../../kernel/assert.ts';
import type { Refusal } from '../../kernel/decision.ts';
import { problemOf, problemOfRefusal } from '../../kernel/problem.ts';
import type { Answer, AnyRoute, Call, Cookie, Route, Shape } from '../../platform/http/route.ts';
import type { Acting } from './parts.ts';
import { roles } from './permissions.ts';

/** Schemas and answers that the routes of this capability share. */

type DeepReadonly<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

type ReadonlyRoute<S extends Shape> = Omit<Route<S>, 'handle'> & {
  handle(call: Call<S>): Promise<Answer<DeepReadonly<Static<S['reply']>>>>;
};

/** A route, checked against its own shape; views are readonly, and the server only reads them. */
export const route = <S extends Shape>(data: ReadonlyRoute<S>): AnyRoute => data;

/** Who acts in a call of a route with a permission: the server has let nobody else through. */
export function actingOf(call: Pick<Call<Shape>, 'identity' | 'cause'>): Acting {
  assert(call.identity !== null, 'a route with a permission is called by somebody known');
  return { actor: call.identity.actor, cause: call.cause };
}

const strict = { additionalProperties: false } as const;

/** Names of teams and services, as definitions write them. */
const resourceName = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\s:/]+$' });

export const roleSchema = Type.Enum(roles);
export const momentSchema = Type.Integer({
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  description: 'milliseconds since 1970',
});
export const scopeSchema = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, strict),
  Type.Object({ kind: Type.Literal('team'), team: resourceName }, strict),
  Type.Object({ kind: Type.Literal('service'), service: resourceName }, strict),
]);
/** No characters that steer a terminal or hide in a line. */
export const lineSchema = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$' });
export const emailSchema = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+$',
  description: 'an e-mail address, such as ana@harbour.example',
});
export const passwordSchema = Type.String({ maxLength: 1_024 });
export const idSchema = (prefix: string) =>
  Type.String({ pattern: `^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`, maxLength: 40 });
export const doneSchema = Type.Object({ done: Type.Literal(true) }, strict);

/** The status of each refusal; codes are kept stable, they are part of the API. */
const statusOfCode: Readonly<Record<string, number>> = {
  'sign-in-refused': 401,
  'link-refused': 401,
  'session-needed': 403,
  'more-than-own': 403,
  'cross-site': 403,
  'current-password-wrong': 403,
  'user-not-found': 404,
  'grant-not-found': 404,
  'token-not-found': 404,
  'user-disabled': 409,
  'user-exists': 409,
  'token-exists': 409,
  'email-taken': 409,
  'email-missing': 409,
  'last-admin': 409,
  'too-many-grants': 409,
  'token-too-deep': 409,
  'reason-missing': 422,
  'end-in-past': 422,
  'password-refused': 422,
  'sign-in-throttled': 429,
  'no-space': 507,
};

/** The `problems` of a route: these codes with their statuses, and what may meet every change. */
export const problemsOf = (...codes: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...codes, 'no-space'].map((code) => [code, statusOfCode[code] ?? 400]));

const waitHeaders = ({ data }: Refusal): { headers?: Readonly<Record<string, string>> } =>
  data?.retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(data.retryAfterSeconds) } };

/** The answer to a refusal. */
export const refusalAnswer = (refusal: Refusal): Answer<never> => ({
  kind: 'problem',
  problem: problemOfRefusal(refusal, statusOfCode[refusal.code] ?? 400),
  ...waitHeaders(refusal),
});

export const replyWith = <Body>(body: Body, cookies: readonly Cookie[] = []): Answer<Body> =>
  cookies.length === 0 ? { kind: 'reply', body } : { kind: 'reply', body, cookies };

export const doneAnswer: Answer<{ done: true }> = { kind: 'reply', body: { done: true } };

/** The answer to a token where only a person with a session can be meant. */
export const sessionNeeded: Answer<never> = {
  kind: 'problem',
  problem: problemOf(
    'session-needed',
    403,
    'This is about a session of a person, and the request came with a token. Sign in instead.',
  ),
};
