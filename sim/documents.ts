import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { memberOf, textIn } from './answers.ts';

/** Definitions as people of the simulation write them. */

export const teamDocument = (name: string, chat: string): JsonObject => ({
  apiVersion: 'plimsoll/v1',
  kind: 'Team',
  metadata: { name },
  spec: { chat },
});

export const serviceDocument = (name: string, owner: string, tier: number): JsonObject => ({
  apiVersion: 'plimsoll/v1',
  kind: 'Service',
  metadata: { name },
  spec: { owner, tier },
});

/** Files to apply, one for each document. JSON is a form that definitions may have. */
export const filesOf = (documents: readonly JsonObject[]): JsonValue =>
  documents.map((document) => ({
    path: `${textIn(document, 'kind').toLowerCase()}-${textIn(memberOf(document, 'metadata'), 'name')}.json`,
    text: JSON.stringify(document),
  }));
