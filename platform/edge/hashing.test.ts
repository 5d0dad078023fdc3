import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Hashing } from './hashing.ts';
import { argon2CostDefault, makeRealHashing, realHashing } from './hashing-real.ts';
import { makeSimulatedHashing } from './hashing-simulated.ts';

const cheap = { memoryKib: 64, passes: 1, lanes: 1 };
const counted = () => {
  let count = 0;
  const bytes = (length: number): Uint8Array => {
    count += 1;
    return new Uint8Array(length).fill(count);
  };
  return { bytes };
};

const hashings: readonly (readonly [string, () => Hashing])[] = [
  ['real', () => makeRealHashing(cheap)],
  ['simulated', () => makeSimulatedHashing(counted())],
];

for (const [name, make] of hashings) {
  describe(`hashing, ${name}`, () => {
    test('passwords: the right one matches, any other does not', async () => {
      const hashing = make();
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (password, other) => {
          const phc = await hashing.hashPassword(password);
          assert.equal(await hashing.verifyPassword(password, phc), true);
          assert.equal(await hashing.verifyPassword(other, phc), other === password);
        }),
        { numRuns: 30, seed: 26 },
      );
    });

    test('salt: the same password never gives the same string', async () => {
      const hashing = make();
      assert.notEqual(await hashing.hashPassword('a long one indeed'), await hashing.hashPassword('a long one indeed'));
    });

    test('unreadable strings are refused, not thrown', async () => {
      const hashing = make();
      const huge = '$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      const tiny = '$argon2id$v=19$m=1,t=0,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      for (const phc of ['', '$', 'plain', '$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA', huge, tiny]) {
        assert.equal(await hashing.verifyPassword('a long one indeed', phc), false, phc);
      }
    });

    test('fingerprint: SHA-256 in hex, as FIPS 180-2 gives it for "abc"', () => {
      const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      assert.equal(make().fingerprint('abc'), expected);
    });

    test('same: equal texts only, also of other lengths', () => {
      const hashing = make();
      assert.equal(hashing.same('abc', 'abc'), true);
      assert.equal(hashing.same('abc', 'abd'), false);
      assert.equal(hashing.same('abc', 'abcd'), false);
    });
  });
}

describe('hashing, real: what is stored', () => {
  test('the default cost is the one OWASP names, and stands in the string', async () => {
    assert.deepEqual(argon2CostDefault, { memoryKib: 19_456, passes: 2, lanes: 1 });
    assert.match(await realHashing.hashPassword('x'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$=]{22}\$[^$=]{43}$/);
  });

  test('the tag is argon2id of the password under the salt and cost in the string', async () => {
    const [, , , , salt = '', tag = ''] = (await makeRealHashing(cheap).hashPassword('harbour')).split('$');
    const expected = argon2Sync('argon2id', {
      message: 'harbour',
      nonce: Buffer.from(salt, 'base64'),
      parallelism: 1,
      memory: 64,
      passes: 1,
      tagLength: 32,
    });
    assert.equal(Buffer.from(tag, 'base64').toString('hex'), expected.toString('hex'));
  });

  test('a string of the simulation never matches', async () => {
    const phc = await makeSimulatedHashing(counted()).hashPassword('harbour');
    assert.equal(await realHashing.verifyPassword('harbour', phc), false);
  });
});
