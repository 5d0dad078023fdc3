import { assert } from '../../kernel/assert.ts';
import type { Actor, Cause, Fact, FactId, Seq, Subject, Version } from '../../kernel/fact.ts';
import { type JsonObject, pointerTo } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import type { FactToAppend } from './journal.ts';

/** Longest text of a row, in UTF-16 units. A larger thing is a document: store it elsewhere and let the fact name it. */
export const rowTextLengthMax = 1_048_576;

/** Deepest nesting of a fact's data. Facts are flat; a definition's diff needs a few levels. */
export const factDepthMax = 32;

const subjectPattern = /^[a-z][a-z0-9-]*\/[^\p{C}\p{Z}]{1,256}$/u;
const typePattern = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/;
const actorPattern = /^(?:user|token|system):[^\p{C}\p{Z}]{1,128}$/u;
const causePattern = /^(?:fact|request):[^\p{C}\p{Z}]{1,128}$/u;
const idPattern = /^[!-~]{1,64}$/;

/** A fact on its way to its row: all of its text but the two numbers that only the journal knows. */
export interface PreparedFact {
  readonly id: FactId;
  readonly subject: Subject;
  /** The row's text after number and version. */
  readonly rest: string;
}

/** A fact as a store holds it: its text, the columns it is found by, and the hash that ties it to the row before. */
export interface Row {
  readonly seq: Seq;
  readonly id: string;
  readonly subject: string;
  readonly version: Version;
  /**
   * The canonical text, a JSON array: `[seq,version,id,at,type,subject,actor,cause,data]`, as JSON.stringify writes it.
   * Reading it and writing it again gives the same text.
   */
  readonly text: string;
  /** SHA-256 over the hash of the row before and this text, in hex. */
  readonly hash: string;
}

type RowMembers = readonly [Seq, Version, FactId, Millis, string, Subject, Actor, Cause | null, JsonObject];

/** Where a value stops being JSON, as a JSON pointer and what was found there; null when all of it is JSON. */
function notJson(value: unknown, depth: number): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : `: found ${value}`;
  if (typeof value !== 'object') return `: found ${typeof value}`;
  if (depth === factDepthMax) return `: found more than ${factDepthMax} levels`;
  if (!Array.isArray(value) && !isPlain(value)) return `: found an object of a class`;
  for (const key of Object.keys(value)) {
    const inner = notJson(Reflect.get(value, key), depth + 1);
    if (inner !== null) return pointerTo('', key) + inner;
  }
  return null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function assertMatches(pattern: RegExp, value: string, law: string): void {
  if (!pattern.test(value)) assert(false, `${law}, found ${JSON.stringify(value)}`);
}

/**
 * Turns a fact into the text of its row, but for its two numbers.
 * @throws AssertionFailure when something in it is not what a fact may hold: a bug of the caller, found before it is kept for ever
 */
export function prepareFact(fact: FactToAppend): PreparedFact {
  assertMatches(idPattern, fact.id, "a fact's id is 1 to 64 printable characters");
  assertMatches(typePattern, fact.type, "a fact's type reads noun.past-tense");
  assertMatches(subjectPattern, fact.subject, 'a subject reads noun/id');
  assertMatches(actorPattern, fact.actor, 'an actor reads user:id, token:id or system:name');
  if (fact.cause !== null) assertMatches(causePattern, fact.cause, 'a cause reads fact:id or request:id');
  assert(Number.isSafeInteger(fact.at) && fact.at >= 0, 'a fact happened at whole milliseconds since 1970');
  const fault = notJson(fact.data, 0);
  if (fault !== null) assert(false, `the data of a fact is JSON: ${fact.type} ${fault}`);
  const { id, at, type, subject, actor, cause, data } = fact;
  // Without the opening bracket: number and version go before it.
  const rest = JSON.stringify([id, at, type, subject, actor, cause, data]).slice(1);
  assert(rest.length <= rowTextLengthMax, "a fact's text has at most rowTextLengthMax characters");
  return { id, subject, rest };
}

/** The whole text of a row. */
export const rowText = (seq: Seq, version: Version, rest: string): string => `[${seq},${version},${rest}`;

/** Reads a row's text. @throws SyntaxError when it is no JSON, which only a damaged row is */
export const factOf = (text: string): Fact => factOfRow(JSON.parse(text) as RowMembers);

/** Reads the texts of many rows, joined to one JSON array; null when it is no JSON, which only a damaged row makes it. */
export function factsOf(texts: string): readonly Fact[] | null {
  try {
    return (JSON.parse(texts) as readonly RowMembers[]).map(factOfRow);
  } catch {
    return null;
  }
}

// Members by their place: taking an array apart by its iterator costs as much again as reading the text.
function factOfRow(row: RowMembers): Fact {
  return {
    seq: row[0],
    version: row[1],
    id: row[2],
    at: row[3],
    type: row[4],
    subject: row[5],
    actor: row[6],
    cause: row[7],
    data: row[8],
  };
}
