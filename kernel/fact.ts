import type { Id } from './id.ts';
import type { JsonObject } from './json.ts';
import type { Millis } from './time.ts';

/** Position in the journal: 1, 2, 3 … without a gap. 0 means "before the first fact". */
export type Seq = number;

/** How many facts a subject has; the next append names the version it has seen. 0 means "nothing happened to it yet". */
export type Version = number;

/** What a fact is about: a noun and an id, such as `service/checkout` or `user/usr_01…`. */
export type Subject = `${string}/${string}`;

/** Who made it happen. Ids only: names and addresses stand in records, which can be erased. */
export type Actor = `user:${string}` | `token:${string}` | `system:${string}`;

/** What led here: the fact that was reacted to, or the request that asked. */
export type Cause = `fact:${string}` | `request:${string}`;

export type FactId = Id<'fact'>;

/** Something that happened. Past tense, flat, complete, never edited. */
export interface Fact<Type extends string = string, Data extends JsonObject = JsonObject> {
  readonly seq: Seq;
  readonly id: FactId;
  /** When it was decided, milliseconds since 1970 by the clock of the server that decided. */
  readonly at: Millis;
  /** `noun.past-tense`, such as `service.declared`. */
  readonly type: Type;
  readonly subject: Subject;
  /** Place of this fact among those of its subject: 1, 2, 3 … without a gap. */
  readonly version: Version;
  readonly actor: Actor;
  readonly data: Data;
  readonly cause: Cause | null;
}

/** A fact as `decide` returns it: the journal adds number, id, time, actor and cause. */
export interface FactDraft<Type extends string = string, Data extends JsonObject = JsonObject> {
  readonly type: Type;
  readonly subject: Subject;
  readonly data: Data;
}

/** Makes a subject of a noun and an id. */
export const subjectOf = <Noun extends string>(noun: Noun, id: string): `${Noun}/${string}` => `${noun}/${id}`;

/** The noun of a subject: `service` of `service/checkout`. */
export const nounOf = (subject: Subject): string => subject.slice(0, subject.indexOf('/'));

/** The id of a subject: `checkout` of `service/checkout`. */
export const idOf = (subject: Subject): string => subject.slice(subject.indexOf('/') + 1);
