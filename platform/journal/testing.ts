import type { Fact, FactDraft, FactId, Subject } from '../../kernel/fact.ts';
import { makeId, type NextId } from '../../kernel/id.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { FactToAppend } from './journal.ts';
import type { SubjectFold, WholeFold } from './ledger.ts';

/** What the tests and the benchmark of this folder share: facts about parcels, and folds of them. */

let made = 0;

/** An id that this process has not made before; `salt` keeps several processes apart. */
export const nextFactId = (salt = process.pid): FactId => {
  made += 1;
  const chance = new Uint8Array(10);
  new DataView(chance.buffer).setUint32(2, salt);
  new DataView(chance.buffer).setUint32(6, made);
  return makeId('fct', 1_763_766_000_000, chance);
};

export const testIds: NextId = (prefix) => nextFactId().replace('fct', prefix) as ReturnType<typeof makeId<never>>;

/** A fact about a parcel, ready to be appended. */
export const parcelFact = (subject: Subject, data: JsonObject = {}, type = 'parcel.moved'): FactToAppend => ({
  id: nextFactId(),
  at: 1_763_766_000_000,
  type,
  subject,
  actor: 'system:test',
  data,
  cause: null,
});

export const parcelMoved = (subject: Subject, to: string): FactDraft => ({
  type: 'parcel.moved',
  subject,
  data: { to },
});

export const parcelDelivered = (subject: Subject): FactDraft => ({ type: 'parcel.delivered', subject, data: {} });

export type Parcel = { readonly at: string | null; readonly moves: number; readonly isDelivered: boolean };

/** Where each parcel is. A delivered one is closed. */
export const parcels: SubjectFold<Parcel> = {
  name: 'parcels',
  shape: 1,
  noun: 'parcel',
  initial: { at: null, moves: 0, isDelivered: false },
  parse: (fact) => {
    if (fact.type === 'parcel.moved' || fact.type === 'parcel.delivered') return fact;
    throw new Error(`parcels know no ${fact.type}`);
  },
  apply: (parcel, fact: Fact) =>
    fact.type === 'parcel.delivered'
      ? { ...parcel, isDelivered: true }
      : { at: String(fact.data.to), moves: parcel.moves + 1, isDelivered: false },
  isClosed: (parcel) => parcel.isDelivered,
};

export type Moves = { readonly count: number };

/** How many moves there were, of all parcels. */
export const moves: WholeFold<Moves> = {
  name: 'moves',
  shape: 1,
  initial: { count: 0 },
  parse: (fact) => (fact.type === 'parcel.moved' ? fact : null),
  apply: ({ count }) => ({ count: count + 1 }),
};
