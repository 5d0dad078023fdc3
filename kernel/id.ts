import { assert } from './assert.ts';
import type { Millis } from './time.ts';

/** An id that only fits where its kind is asked for: a `UserId` is no `TokenId`. */
export type Id<Kind extends string> = string & { readonly kind: Kind };

/** Crockford's base 32: no I, L, O, U, so that an id survives being read aloud. https://www.crockford.com/base32.html */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeCharacters = 10;
const chanceBytes = 10;

const encodeTime = (at: Millis): string => {
  let rest = at;
  let text = '';
  for (let place = 0; place < timeCharacters; place += 1) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

const encodeBytes = (bytes: Uint8Array): string => {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = 0; place < (bytes.length * 8) / 5; place += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
};

/**
 * Makes an id: a prefix that names the kind, then 26 characters as in a ULID (48 bits of time, 80 of chance), so that ids
 * sort by the moment they were made. https://github.com/ulid/spec
 * @param prefix three letters or so, such as `usr`
 * @param at milliseconds since 1970
 * @param chance ten bytes from a good source
 */
export function makeId<Kind extends string>(prefix: string, at: Millis, chance: Uint8Array): Id<Kind> {
  assert(chance.length === chanceBytes, 'an id takes ten bytes of chance');
  assert(at >= 0 && Number.isSafeInteger(at), 'an id takes whole milliseconds since 1970');
  return `${prefix}_${encodeTime(at)}${encodeBytes(chance)}` as Id<Kind>;
}

/** A source of ids, handed in by the edge: real, or seeded in the simulation. */
export type NextId = <Kind extends string>(prefix: string) => Id<Kind>;
