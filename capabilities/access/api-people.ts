import Type from 'typebox';
import type { AnyRoute } from '../../platform/http/route.ts';
import {
  actingOf,
  doneAnswer,
  doneSchema,
  emailSchema,
  idSchema,
  lineSchema,
  momentSchema,
  problemsOf,
  refusalAnswer,
  replyWith,
  roleSchema,
  route,
  scopeSchema,
} from './api-shapes.ts';
import { allows } from './grant.ts';
import { issueSignInLink } from './links.ts';
import type { Outcome, Parts } from './parts.ts';
import { addPerson, disablePerson, dropGrant, erasePerson, giveGrant } from './people.ts';
import { powerOf, powerViewOf } from './power.ts';
import { scopeAll } from './scope.ts';
import { firstKeeper } from './start.ts';
import { viewPeople } from './view.ts';

const strict = { additionalProperties: false } as const;

const path = '/api/v1/people';
const userParams = Type.Object({ user: idSchema('usr') });
const grantSchema = Type.Object({
  id: Type.String(),
  role: roleSchema,
  scope: scopeSchema,
  until: Type.Union([Type.Integer(), Type.Null()]),
  active: Type.Boolean(),
  reason: Type.Optional(Type.String()),
});
const personSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.Optional(Type.String()),
  disabled: Type.Boolean(),
  grants: Type.Array(grantSchema),
});

const answerOf = (outcome: Outcome<unknown>) => (outcome.outcome === 'refused' ? refusalAnswer(outcome) : doneAnswer);

const listRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.list-people',
    method: 'GET',
    path,
    summary: 'People and what they are granted',
    permission: 'people.read',
    shape: { reply: Type.Object({ people: Type.Array(personSchema) }) },
    async handle(call) {
      const asked = { permission: 'access.manage', scope: scopeAll, now: call.now, ownerOf: parts.ownerOf };
      const isManager = allows(powerOf(actingOf(call).actor, powerViewOf(parts.ledger)), asked);
      return replyWith({ people: await viewPeople(parts, isManager, call.now) });
    },
  }),
  route({
    name: 'access.add-person',
    method: 'POST',
    path,
    summary: 'Add a person with a first role over everything; answers a link to sign in by',
    permission: 'access.manage',
    status: 201,
    shape: {
      body: Type.Object(
        { name: lineSchema(100), email: emailSchema, role: roleSchema, reason: Type.Optional(lineSchema(500)) },
        strict,
      ),
      reply: Type.Object({ id: Type.String(), signInLink: Type.String(), expiresAt: Type.Integer() }),
    },
    problems: problemsOf('email-taken', 'more-than-own', 'reason-missing'),
    async handle(call) {
      const asked = { reason: 'first role, given when they were added', ...call.body, now: call.now };
      const outcome = await addPerson(parts, asked, actingOf(call));
      if (outcome.outcome === 'refused') return refusalAnswer(outcome);
      const { id, link } = outcome.value;
      return replyWith({ id, signInLink: link.url, expiresAt: link.expiresAt });
    },
  }),
  route({
    name: 'access.issue-sign-in-link',
    method: 'POST',
    path: '/api/v1/sign-in-links',
    summary: 'Make a one-time link that signs a person in; without one, the first admin',
    permission: 'access.manage',
    status: 201,
    shape: {
      body: Type.Object({ user: Type.Optional(idSchema('usr')) }, strict),
      reply: Type.Object({ user: Type.String(), signInLink: Type.String(), expiresAt: Type.Integer() }),
    },
    problems: problemsOf('user-not-found', 'user-disabled', 'more-than-own'),
    async handle(call) {
      const user = call.body.user ?? firstKeeper(parts.ledger) ?? '';
      const outcome = await issueSignInLink(parts, { user, now: call.now }, actingOf(call));
      if (outcome.outcome === 'refused') return refusalAnswer(outcome);
      return replyWith({ user, signInLink: outcome.value.url, expiresAt: outcome.value.expiresAt });
    },
  }),
];

const grantRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.add-grant',
    method: 'POST',
    path: `${path}/:user/grants`,
    summary: 'Grant a person a role over a scope, with a reason and perhaps an end',
    permission: 'access.manage',
    status: 201,
    shape: {
      params: userParams,
      body: Type.Object(
        {
          role: roleSchema,
          scope: scopeSchema,
          reason: lineSchema(500),
          until: Type.Optional(Type.Union([momentSchema, Type.Null()])),
        },
        strict,
      ),
      reply: Type.Object({ id: Type.String() }),
    },
    problems: problemsOf(
      'user-not-found',
      'user-disabled',
      'more-than-own',
      'too-many-grants',
      'reason-missing',
      'end-in-past',
    ),
    async handle(call) {
      const asked = { ...call.params, until: null, ...call.body, now: call.now };
      const outcome = await giveGrant(parts, asked, actingOf(call));
      return outcome.outcome === 'refused' ? refusalAnswer(outcome) : replyWith({ id: outcome.value });
    },
  }),
  route({
    name: 'access.remove-grant',
    method: 'DELETE',
    path: `${path}/:user/grants/:grant`,
    summary: 'Take a grant away; the last admin keeps theirs',
    permission: 'access.manage',
    shape: { params: Type.Object({ user: idSchema('usr'), grant: idSchema('grt') }), reply: doneSchema },
    problems: problemsOf('user-not-found', 'grant-not-found', 'last-admin'),
    async handle(call) {
      return answerOf(await dropGrant(parts, call.params, actingOf(call)));
    },
  }),
];

const leavingRoutes = (parts: Parts): readonly AnyRoute[] => [
  route({
    name: 'access.disable-person',
    method: 'POST',
    path: `${path}/:user/disable`,
    summary: 'Disable a person: sessions end, and their tokens have no power',
    permission: 'access.manage',
    shape: { params: userParams, reply: doneSchema },
    problems: problemsOf('user-not-found', 'last-admin'),
    async handle(call) {
      return answerOf(await disablePerson(parts, { ...call.params, now: call.now }, actingOf(call)));
    },
  }),
  route({
    name: 'access.erase-person',
    method: 'DELETE',
    path: `${path}/:user`,
    summary: 'Erase a person: name, address and password are gone; the journal keeps the id',
    permission: 'access.manage',
    shape: { params: userParams, reply: doneSchema },
    problems: problemsOf('user-not-found', 'last-admin'),
    async handle(call) {
      return answerOf(await erasePerson(parts, { ...call.params, now: call.now }, actingOf(call)));
    },
  }),
];

/** People: added, granted, disabled, erased. */
export const peopleRoutes = (parts: Parts): readonly AnyRoute[] => [
  ...listRoutes(parts),
  ...grantRoutes(parts),
  ...leavingRoutes(parts),
];
