import type { Fact } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { isoOf } from '../../kernel/time.ts';

/** Digits of `sequence`: any safe integer fits, and texts of one length sort as their numbers do. */
const sequenceDigits = 16;

/**
 * A fact as a CloudEvent 1.0 in JSON, with the sequence extension.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The journal the fact stands in; with `id` it is unique. */
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** RFC 3339 in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: JsonObject;
  /** The fact's number as text that sorts: https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/sequence.md */
  readonly sequence: string;
  /** Place among the facts of its subject. */
  readonly factversion: number;
  readonly actor: string;
  /** Left out where nothing is known to have led here. */
  readonly cause?: string;
}

/** Path of the journal in the API: `source` where none is given, relative to the server it came from. */
export const journalPath = '/api/v1/journal';

/** Turns a fact into a CloudEvent. */
export const cloudEventOf = (fact: Fact, source: string = journalPath): CloudEvent => ({
  specversion: '1.0',
  id: fact.id,
  source,
  type: fact.type,
  subject: fact.subject,
  time: isoOf(fact.at),
  datacontenttype: 'application/json',
  data: fact.data,
  sequence: String(fact.seq).padStart(sequenceDigits, '0'),
  factversion: fact.version,
  actor: fact.actor,
  ...(fact.cause === null ? {} : { cause: fact.cause }),
});
