import { randomBytes } from 'node:crypto';
import { makeId, type NextId } from '../../kernel/id.ts';
import type { Clock } from './clock.ts';

/** Unguessable bytes; the simulation hands out seeded ones. */
export interface Chance {
  bytes(count: number): Uint8Array;
}

/** The operating system's random source. */
export const realChance: Chance = { bytes: (count) => randomBytes(count) };

/** Ids from a clock and a source of chance. */
export const idsFrom = (clock: Clock, chance: Chance): NextId => {
  return (prefix) => makeId(prefix, clock.now(), chance.bytes(10));
};

/** A secret for people and machines to carry: 32 bytes as base64url, 43 characters. */
export const makeSecret = (chance: Chance): string => Buffer.from(chance.bytes(32)).toString('base64url');
