import { type Argon2Parameters, argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Hashing } from './hashing.ts';

/** What argon2id is made to cost. */
export interface Argon2Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * 19 MiB, two passes, one lane: the first of the argon2id settings that the OWASP Password Storage Cheat Sheet counts as equal.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
export const argon2CostDefault: Argon2Cost = { memoryKib: 19_456, passes: 2, lanes: 1 };

/** A stored hash that asks for more than this is not one of ours: verifying it would be a way to stop the server. */
const memoryKibMax = 1_048_576;
const passesMax = 16;
const lanesMax = 16;

const saltBytes = 16;
const tagBytes = 32;

interface Phc {
  readonly cost: Argon2Cost;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** The PHC string format: base 64 without padding. https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,128})$/;

const textOf = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const phcOf = ({ cost, salt, tag }: Phc): string =>
  `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$${textOf(salt)}$${textOf(tag)}`;

function readPhc(text: string): Phc | null {
  const parts = phcPattern.exec(text);
  if (parts === null) return null;
  const [memoryKib, passes, lanes] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const isTooMuch = memoryKib > memoryKibMax || passes > passesMax || lanes > lanesMax;
  // RFC 9106, section 3.1: at least one lane and one pass, and 8 KiB of memory a lane.
  if (isTooMuch || lanes < 1 || passes < 1 || memoryKib < 8 * lanes) return null;
  const salt = Buffer.from(parts[4] ?? '', 'base64');
  const tag = Buffer.from(parts[5] ?? '', 'base64');
  return { cost: { memoryKib, passes, lanes }, salt, tag };
}

/** argon2id on a thread of its own, so that the event loop goes on. */
function tagOf(password: string, salt: Buffer, cost: Argon2Cost, tagLength: number): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: Buffer.from(password, 'utf8'),
    nonce: salt,
    parallelism: cost.lanes,
    memory: cost.memoryKib,
    passes: cost.passes,
    tagLength,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  });
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Hashing of the running program. @param cost what a password costs; the default unless a test needs it cheap */
export function makeRealHashing(cost: Argon2Cost = argon2CostDefault): Hashing {
  return {
    fingerprint: (secret) => digestOf(secret).toString('hex'),
    async hashPassword(password) {
      const salt = randomBytes(saltBytes);
      return phcOf({ cost, salt, tag: await tagOf(password, salt, cost, tagBytes) });
    },
    async verifyPassword(password, phc) {
      const stored = readPhc(phc);
      if (stored === null) return false;
      return timingSafeEqual(stored.tag, await tagOf(password, stored.salt, stored.cost, stored.tag.length));
    },
    // Both are hashed first: timingSafeEqual wants equal lengths, and the length of a secret is then not told either.
    same: (left, right) => timingSafeEqual(digestOf(left), digestOf(right)),
  };
}

export const realHashing: Hashing = makeRealHashing();
