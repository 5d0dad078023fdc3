import assert from 'node:assert/strict';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Address, type AddressRange, isWithin, parseAddress, parseRange, refusedUse, useOf } from './addresses.ts';

const address = (text: string): Address => {
  const parsed = parseAddress(text);
  assert.ok(parsed, `${text} is an address`);
  return parsed;
};

const range = (text: string): AddressRange => {
  const parsed = parseRange(text);
  assert.ok(parsed, `${text} is a range`);
  return parsed;
};

describe('address: reading', () => {
  test('address: what node takes for IPv4 is read to the same number', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const expected = text.split('.').reduce((bits, part) => bits * 256n + BigInt(part), 0n);
        assert.deepEqual(parseAddress(text), { family: 4, bits: expected });
      }),
    );
  });

  test('address: every form of IPv6 reads as its canonical form does', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
        assert.deepEqual(parseAddress(text), parseAddress(canonical));
        assert.equal(parseAddress(text)?.family, 6);
      }),
    );
  });

  test('address: text that node takes for no address is refused, and the other way round', () => {
    const nearlyAddress = fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:%/'), maxLength: 24 });
    fc.assert(
      fc.property(nearlyAddress, (text) => {
        const isZoned = text.includes('%');
        const expected = isIPv4(text) ? 4 : isIPv6(text) && !isZoned ? 6 : undefined;
        assert.equal(parseAddress(text)?.family, expected);
      }),
      { numRuns: 2_000 },
    );
  });

  for (const text of [
    '',
    '127.1',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '256.0.0.1',
    '1.2.3.4.5',
    ' 127.0.0.1',
    '[::1]',
    'fe80::1%eth0',
    '::1::',
    '1.2.3.4::',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    'localhost',
    '１２７.0.0.1',
  ]) {
    test(`address: refuses ${JSON.stringify(text)}`, () => assert.equal(parseAddress(text), null));
  }
});

describe('range: reading and holding', () => {
  test('range: holds what node’s own block list holds', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (baseText, prefixLength, probe) => {
        const shift = BigInt(32 - prefixLength);
        const bits = (address(baseText).bits >> shift) << shift;
        const list = new BlockList();
        list.addSubnet(baseText, prefixLength, 'ipv4');
        assert.equal(isWithin({ base: { family: 4, bits }, prefixLength }, address(probe)), list.check(probe));
      }),
    );
  });

  test('range: a family 6 range holds its first and last address and neither neighbour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 127 }), fc.bigInt({ min: 1n, max: (1n << 100n) - 1n }), (length, seed) => {
        const size = 1n << BigInt(128 - length);
        const base = (((seed << 27n) / size) * size) % (1n << 128n);
        const held: AddressRange = { base: { family: 6, bits: base }, prefixLength: length };
        const at = (bits: bigint): boolean => isWithin(held, { family: 6, bits });
        assert.ok(at(base) && at(base + size - 1n));
        if (base > 0n) assert.ok(!at(base - 1n));
        if (base + size < 1n << 128n) assert.ok(!at(base + size));
      }),
    );
  });

  for (const text of [
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.1/8',
    '::/129',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    'shop/8',
    '/8',
    '',
  ]) {
    test(`range: refuses ${JSON.stringify(text)}`, () => assert.equal(parseRange(text), null));
  }
});

describe('address: use', () => {
  const table: readonly (readonly [string, string])[] = [
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['100.64.0.1', 'shared'],
    ['100.127.255.255', 'shared'],
    ['100.128.0.0', 'public'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['192.0.0.192', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['fd20:ce::254', 'metadata'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.7', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['fec0::1', 'reserved'],
    ['100::1', 'reserved'],
    ['::ffff:127.0.0.1', 'translated'],
    ['::ffff:8.8.8.8', 'translated'],
    ['::127.0.0.1', 'translated'],
    ['64:ff9b::a9fe:a9fe', 'translated'],
    ['64:ff9b:1::1', 'translated'],
    ['2002:7f00:1::', 'translated'],
    ['2001:0:7f00:1::', 'translated'],
  ];
  for (const [text, use] of table) {
    test(`address: ${text} is ${use}`, () => assert.equal(useOf(address(text)), use));
  }

  test('address: an IPv6 address outside global unicast is never public', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (bits) => {
        const isGlobal = bits >> 125n === 1n;
        if (!isGlobal) assert.notEqual(useOf({ family: 6, bits }), 'public');
      }),
    );
  });
});

describe('address: what an operator may open', () => {
  const everything = [range('0.0.0.0/0'), range('::/0')];

  test('address: private and loopback stay shut until their range is named', () => {
    assert.equal(refusedUse(address('10.0.0.1'), []), 'private');
    assert.equal(refusedUse(address('10.0.0.1'), [range('10.0.0.0/8')]), null);
    assert.equal(refusedUse(address('10.0.0.1'), [range('10.1.0.0/16')]), 'private');
    assert.equal(refusedUse(address('::1'), [range('127.0.0.0/8')]), 'loopback');
    assert.equal(refusedUse(address('8.8.8.8'), []), null);
  });

  test('address: metadata, link-local, translated, multicast, unspecified stay shut when all is opened', () => {
    for (const text of [
      '169.254.169.254',
      '100.100.100.200',
      'fd00:ec2::254',
      'fe80::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
    ]) {
      assert.notEqual(refusedUse(address(text), everything), null, text);
    }
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffffn }), (low) => {
        const bits = address('169.254.0.0').bits | low;
        assert.notEqual(refusedUse({ family: 4, bits }, everything), null);
      }),
    );
  });
});
