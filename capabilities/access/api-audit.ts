import Type from 'typebox';
import type { AnyRoute } from '../../platform/http/route.ts';
import { replyWith, route } from './api-shapes.ts';
import { type AuditAsked, viewAudit } from './audit.ts';
import type { Parts } from './parts.ts';

const strict = { additionalProperties: false } as const;

const entrySchema = Type.Object({
  seq: Type.Integer(),
  at: Type.Integer(),
  type: Type.String(),
  actor: Type.String(),
  actorName: Type.String(),
  subject: Type.String(),
  subjectName: Type.String(),
  data: Type.Object({}, { additionalProperties: true }),
});
const windowSchema = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  total: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer()),
});

/** Who did what, when. */
export const auditRoute = (parts: Parts): AnyRoute =>
  route({
    name: 'access.read-audit',
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Who did what, when, newest first; and counts of what strangers were refused',
    permission: 'audit.read',
    shape: {
      query: Type.Object(
        {
          before: Type.Optional(Type.Integer({ minimum: 1 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
          actor: Type.Optional(Type.String({ maxLength: 100, pattern: '^(user|token|system):.+$' })),
          type: Type.Optional(Type.String({ maxLength: 100, pattern: '^[a-z-]+([.][a-z-]+)?$' })),
        },
        strict,
      ),
      reply: Type.Object({
        entries: Type.Array(entrySchema),
        refusals: Type.Array(windowSchema),
        next: Type.Union([Type.Integer(), Type.Null()]),
      }),
    },
    async handle(call) {
      const asked: AuditAsked = { limit: 100, ...call.query };
      return replyWith(await viewAudit(parts, asked));
    },
  });
