import Type from 'typebox';
import type { AnyRoute } from '../../platform/http/route.ts';
import {
  actingOf,
  doneAnswer,
  doneSchema,
  idSchema,
  lineSchema,
  problemsOf,
  refusalAnswer,
  replyWith,
  roleSchema,
  route,
  scopeSchema,
} from './api-shapes.ts';
import type { Parts } from './parts.ts';
import { dropToken, makeToken } from './tokens.ts';
import { viewTokens } from './view.ts';

const strict = { additionalProperties: false } as const;

const path = '/api/v1/tokens';
const momentOrNull = Type.Union([Type.Integer(), Type.Null()]);
const tokenSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  prefix: Type.String(),
  role: roleSchema,
  scope: scopeSchema,
  createdAt: Type.Integer(),
  createdBy: Type.String(),
  createdByName: Type.String(),
  lastUsedAt: momentOrNull,
  expiresAt: Type.Integer(),
  revokedAt: momentOrNull,
});

const listRoute = (parts: Parts): AnyRoute =>
  route({
    name: 'access.list-tokens',
    method: 'GET',
    path,
    summary: 'API tokens, without their secrets; dead ones for 30 days',
    permission: 'tokens.read',
    shape: { reply: Type.Object({ tokens: Type.Array(tokenSchema) }) },
    async handle() {
      return replyWith({ tokens: await viewTokens(parts) });
    },
  });

const createRoute = (parts: Parts): AnyRoute =>
  route({
    name: 'access.create-token',
    method: 'POST',
    path,
    summary: 'Make an API token, with no more than you hold; its secret is shown this once',
    permission: 'tokens.manage',
    status: 201,
    shape: {
      body: Type.Object(
        {
          title: lineSchema(100),
          role: roleSchema,
          scope: scopeSchema,
          expiresInDays: Type.Integer({ minimum: 1, maximum: 365 }),
        },
        strict,
      ),
      reply: Type.Object({
        id: Type.String(),
        secret: Type.String(),
        title: Type.String(),
        prefix: Type.String(),
        role: roleSchema,
        scope: scopeSchema,
        expiresAt: Type.Integer(),
      }),
    },
    problems: problemsOf('more-than-own', 'token-too-deep'),
    async handle(call) {
      const { title, role, scope } = call.body;
      const outcome = await makeToken(parts, { ...call.body, now: call.now }, actingOf(call));
      return outcome.outcome === 'refused'
        ? refusalAnswer(outcome)
        : replyWith({ title, role, scope, ...outcome.value });
    },
  });

const revokeRoute = (parts: Parts): AnyRoute =>
  route({
    name: 'access.revoke-token',
    method: 'DELETE',
    path: `${path}/:token`,
    summary: 'Revoke an API token, and the power of those it has made',
    permission: 'tokens.manage',
    shape: { params: Type.Object({ token: idSchema('tok') }), reply: doneSchema },
    problems: problemsOf('token-not-found'),
    async handle(call) {
      const outcome = await dropToken(parts, { ...call.params, reason: 'asked' }, actingOf(call));
      return outcome.outcome === 'refused' ? refusalAnswer(outcome) : doneAnswer;
    },
  });

/** API tokens: listed, made, revoked. */
export const tokenRoutes = (parts: Parts): readonly AnyRoute[] => [
  listRoute(parts),
  createRoute(parts),
  revokeRoute(parts),
];
