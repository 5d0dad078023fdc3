import { assert } from '../../kernel/assert.ts';
import { type Refusal, refuse } from '../../kernel/decision.ts';
import type { Actor, Cause, Fact } from '../../kernel/fact.ts';
import type { NextId } from '../../kernel/id.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import type { Hashing } from '../../platform/edge/hashing.ts';
import type { Journal } from '../../platform/journal/journal.ts';
import type { Command, CommandResult, Ledger } from '../../platform/journal/ledger.ts';
import type { Records, Stored } from '../../platform/records/records.ts';
import type { Asker } from './decide.ts';
import type { AccessDraft } from './facts.ts';
import { type PowerView, powerOf, powerViewOf } from './power.ts';
import type { RefusalCounter } from './refusals.ts';
import type { OwnerOf } from './scope.ts';
import type { NewRecord } from './stored.ts';
import type { Throttle } from './throttle.ts';

/** A secret of the program's own, good as an admin token: from the environment, or of the command line beside the data. */
export interface SystemToken {
  /** Goes into facts as `system:<name>`. */
  readonly name: string;
  readonly secret: string;
}

/** What the functions of this capability work with. */
export interface Parts {
  readonly ledger: Ledger;
  readonly readFacts: Journal['read'];
  readonly records: Records;
  readonly hashing: Hashing;
  readonly ids: NextId;
  /** A fresh secret: 32 bytes of chance as base64url, 43 characters. */
  readonly secret: () => string;
  /** Where people reach the console, without a slash at the end; links are made of it. */
  readonly externalUrl: string;
  readonly ownerOf: OwnerOf;
  readonly systemTokens: readonly SystemToken[];
  readonly refusals: RefusalCounter;
  readonly accountTries: Throttle;
  readonly addressTries: Throttle;
  /** The hash of a password nobody knows: unknown people cost the same work as known ones. */
  readonly decoyPhc: Promise<string>;
}

/** Who acts, and the request or fact that led to it. */
export interface Acting {
  readonly actor: Actor;
  readonly cause: Cause | null;
}

/** What an operation answers: its value, or an expected "no". */
export type Outcome<Value> = { readonly outcome: 'done'; readonly value: Value } | Refusal;

export const done = <Value>(value: Value): Outcome<Value> => ({ outcome: 'done', value });

export const noSpace = (detail: string): Refusal => refuse('no-space', detail);

const recordsFull = noSpace('The disk is full: nothing was written. Free some space, then ask again.');

/** Who asks, with their power at this moment. */
export const askerOf = (parts: Parts, actor: Actor, view: PowerView = powerViewOf(parts.ledger)): Asker => ({
  power: powerOf(actor, view),
  ownerOf: parts.ownerOf,
});

const outcomeOf = (result: CommandResult): Outcome<readonly Fact[]> => {
  if (result.outcome === 'accepted') return done(result.facts);
  return result.outcome === 'no-space' ? noSpace(result.detail) : result;
};

/**
 * Writes records, then the facts that need them. The fact decides: a record alone grants nothing. So a crash in between does
 * no harm, and neither does a journal that fails without saying how far it came: the reconciler erases what no fact stands
 * behind. A plain "no" takes the records back at once.
 * @param taken the refusal when a record with this key is there already, for keys that people choose
 */
export async function commit<State extends JsonValue>(
  parts: Parts,
  records: readonly NewRecord[],
  command: Command<State, AccessDraft>,
  taken?: (record: NewRecord) => Refusal,
): Promise<Outcome<readonly Fact[]>> {
  const written: NewRecord[] = [];
  const takeBack = async (refusal: Refusal): Promise<Refusal> => {
    for (const { collection, key } of written) await parts.records.erase(collection, key);
    return refusal;
  };
  for (const record of records) {
    const result = await parts.records.put(record.collection, record.key, record.body, 0);
    if (result === 'no-space') return takeBack(recordsFull);
    if (result === 'conflict') {
      assert(taken !== undefined, `no record ${record.key} stands under a fresh id in ${record.collection}`);
      return takeBack(taken(record));
    }
    written.push(record);
  }
  const outcome = outcomeOf(await parts.ledger.execute(command));
  return outcome.outcome === 'refused' ? takeBack(outcome) : outcome;
}

/**
 * Changes a record that is there, from what stands in it now; asks again when somebody else was faster.
 * @param change null leaves it as it is
 * @returns the body that stands there afterwards, null when the record is gone or the disk is full
 */
export async function changeRecord<Body extends JsonObject>(
  parts: Parts,
  collection: string,
  key: string,
  change: (body: Body) => Body | null,
): Promise<Body | null> {
  for (let tries = 0; tries < changeTriesMax; tries += 1) {
    const stored: Stored<Body> | null = await parts.records.get<Body>(collection, key);
    if (stored === null) return null;
    const body = change(stored.body);
    if (body === null) return stored.body;
    const result = await parts.records.put(collection, key, body, stored.revision);
    if (result === 'stored') return body;
    if (result === 'no-space') return null;
  }
  return null;
}

const changeTriesMax = 5;
