import Type from 'typebox';
import type { Answer, AnyRoute, Call, Shape } from '../../platform/http/route.ts';
import {
  doneAnswer,
  doneSchema,
  emailSchema,
  lineSchema,
  passwordSchema,
  problemsOf,
  refusalAnswer,
  replyWith,
  roleSchema,
  route,
  sessionNeeded,
} from './api-shapes.ts';
import { readSessionText } from './credential.ts';
import type { Acting, Outcome, Parts } from './parts.ts';
import { changePerson } from './people.ts';
import {
  closeSession,
  type NewSession,
  noSessionCookie,
  type ShownSession,
  sessionCookieName,
  showSession,
} from './sessions.ts';
import { setPassword, signIn, signInWithLink } from './sign-in.ts';
import { type SessionView, viewSession } from './view.ts';

const sessionSchema = Type.Object({
  user: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
  roles: Type.Array(roleSchema),
  permissions: Type.Array(Type.String()),
  csrfToken: Type.String(),
  hasPassword: Type.Boolean(),
  idleEndsAt: Type.Integer(),
  absoluteEndsAt: Type.Integer(),
});

const path = '/api/v1/session';

type AnyCall = Pick<Call<Shape>, 'identity' | 'cookies' | 'now' | 'cause'>;

const shownBy = async (parts: Parts, call: AnyCall): Promise<ShownSession | null> =>
  call.identity?.by === 'session' ? showSession(parts, call.cookies[sessionCookieName] ?? '', call.now) : null;

const actingIn = (shown: ShownSession, call: AnyCall): Acting => ({
  actor: `user:${shown.session.user}`,
  cause: call.cause,
});

/** Hands out a new session; the one that the browser had before, if any, ends with it. */
async function handOut(parts: Parts, outcome: Outcome<NewSession>, call: AnyCall): Promise<Answer<SessionView>> {
  if (outcome.outcome === 'refused') return refusalAnswer(outcome);
  const { cookie } = outcome.value;
  const shown = await showSession(parts, cookie.value, call.now);
  if (shown === null) return sessionNeeded;
  const before = call.cookies[sessionCookieName] ?? '';
  const replaced = await showSession(parts, before, call.now);
  if (replaced !== null)
    await closeSession(parts, readSessionText(before)?.id ?? '', 'replaced', actingIn(replaced, call));
  return replyWith(await viewSession(parts, shown, call.now), [cookie]);
}

const signInRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.sign-in',
    method: 'POST',
    path,
    summary: 'Sign in by e-mail address and password',
    permission: 'open',
    shape: {
      body: Type.Object({ email: emailSchema, password: passwordSchema }, { additionalProperties: false }),
      reply: sessionSchema,
    },
    problems: problemsOf('sign-in-refused', 'sign-in-throttled', 'session-needed'),
    bodyBytesMax: 16_384,
    async handle(call) {
      const asked = { ...call.body, address: call.remoteAddress, now: call.now };
      return handOut(parts, await signIn(parts, asked, call.cause), call);
    },
  }),
  route({
    name: 'access.sign-in-by-link',
    method: 'POST',
    path: `${path}/link`,
    summary: 'Sign in by the code of a one-time link',
    permission: 'open',
    shape: {
      body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
      reply: sessionSchema,
    },
    problems: problemsOf('link-refused', 'sign-in-throttled', 'session-needed'),
    bodyBytesMax: 4_096,
    async handle(call) {
      const asked = { code: call.body.code, now: call.now };
      return handOut(parts, await signInWithLink(parts, asked, call.cause), call);
    },
  }),
];

const ownSessionRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.read-session',
    method: 'GET',
    path,
    summary: 'Who is signed in, what they may do, and until when',
    permission: 'signed-in',
    shape: { reply: sessionSchema },
    problems: problemsOf('session-needed'),
    async handle(call) {
      const shown = await shownBy(parts, call);
      return shown === null ? sessionNeeded : replyWith(await viewSession(parts, shown, call.now));
    },
  }),
  route({
    name: 'access.sign-out',
    method: 'DELETE',
    path,
    summary: 'Sign out: the session ends at once',
    permission: 'signed-in',
    shape: { reply: doneSchema },
    problems: problemsOf('session-needed'),
    async handle(call) {
      const shown = await shownBy(parts, call);
      if (shown === null) return sessionNeeded;
      const outcome = await closeSession(parts, shown.id, 'signed-out', actingIn(shown, call));
      return outcome.outcome === 'refused' ? refusalAnswer(outcome) : { ...doneAnswer, cookies: [noSessionCookie] };
    },
  }),
];

const profileRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.set-password',
    method: 'PUT',
    path: `${path}/password`,
    summary: 'Set your password; every session of yours ends, and a new one starts here',
    permission: 'signed-in',
    shape: {
      body: Type.Object(
        { password: passwordSchema, currentPassword: Type.Optional(passwordSchema) },
        { additionalProperties: false },
      ),
      reply: sessionSchema,
    },
    problems: problemsOf(
      'session-needed',
      'sign-in-refused',
      'sign-in-throttled',
      'current-password-wrong',
      'password-refused',
      'email-missing',
      'user-not-found',
      'user-disabled',
    ),
    bodyBytesMax: 16_384,
    async handle(call) {
      const shown = await shownBy(parts, call);
      if (shown === null) return sessionNeeded;
      const { password, currentPassword = null } = call.body;
      const asked = { shown, password, currentPassword, address: call.remoteAddress, now: call.now };
      return handOut(parts, await setPassword(parts, asked, actingIn(shown, call)), call);
    },
  }),
  route({
    name: 'access.set-profile',
    method: 'PUT',
    path: `${path}/profile`,
    summary: 'Set your name and the e-mail address you sign in with',
    permission: 'signed-in',
    shape: {
      body: Type.Object({ name: lineSchema(100), email: emailSchema }, { additionalProperties: false }),
      reply: sessionSchema,
    },
    problems: problemsOf('session-needed', 'email-taken', 'user-not-found', 'user-disabled'),
    async handle(call) {
      const shown = await shownBy(parts, call);
      if (shown === null) return sessionNeeded;
      const asked = { user: shown.session.user, ...call.body, now: call.now };
      const outcome = await changePerson(parts, asked, actingIn(shown, call));
      return outcome.outcome === 'refused'
        ? refusalAnswer(outcome)
        : replyWith(await viewSession(parts, shown, call.now));
    },
  }),
];

/** Signing in and out, and what people change about themselves. */
export const sessionRoutes = (parts: Parts): readonly AnyRoute[] => [
  ...signInRoutes(parts),
  ...ownSessionRoutes(parts),
  ...profileRoutes(parts),
];
