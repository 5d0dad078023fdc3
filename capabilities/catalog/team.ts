import Type, { type Static } from 'typebox';
import type { Kind } from '../../platform/definitions/kind.ts';
import { apiVersion, Description, Links, Metadata } from './document.ts';

const Chat = Type.String({
  minLength: 1,
  maxLength: 120,
  description: 'The channel where the team is reached, such as "#payments".',
});

const TeamDocument = Type.Object(
  {
    apiVersion: Type.Literal(apiVersion),
    kind: Type.Literal('Team'),
    metadata: Metadata,
    spec: Type.Optional(
      Type.Object(
        { description: Type.Optional(Description), chat: Type.Optional(Chat), links: Type.Optional(Links) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

export type TeamDocument = Static<typeof TeamDocument>;

/**
 * Those who own services. Definitions stand in the journal, which is never edited: so a team has channels and links, and no
 * addresses of persons.
 */
export const teamKind: Kind<TeamDocument> = {
  kind: 'Team',
  apiVersion,
  schema: TeamDocument,
  summary: 'A team that owns services, and where it is reached.',
};
