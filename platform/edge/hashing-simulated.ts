import { createHash } from 'node:crypto';
import type { Chance } from './chance.ts';
import type { Hashing } from './hashing.ts';

const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

/**
 * Hashing of the simulation: microseconds instead of tens of milliseconds, and the same every time, since the salt comes from
 * seeded chance. The strings have the shape of PHC, but the real hashing never takes one of them for a match.
 */
export function makeSimulatedHashing(chance: Chance): Hashing {
  const phcOf = (password: string, salt: string): string =>
    `$argon2id$v=19$m=8,t=1,p=1$${salt}$${textOf(digestOf(`${salt}:${password}`))}`;
  return {
    fingerprint: (secret) => digestOf(secret).toString('hex'),
    hashPassword: async (password) => phcOf(password, textOf(chance.bytes(16))),
    async verifyPassword(password, phc) {
      const [, , , , salt = ''] = phc.split('$');
      return phc === phcOf(password, salt);
    },
    same: (left, right) => left === right,
  };
}
