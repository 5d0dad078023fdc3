/**
 * Arithmetic over internet addresses: reading them, ranges of them, and what each is good for. Pure. The way out
 * (`egress.ts`) asks here whether an address may be connected to.
 */

/** An address as a number: 32 bits for family 4, 128 bits for family 6. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** All addresses that share the first `prefixLength` bits with `base`. */
export interface AddressRange {
  readonly base: Address;
  readonly prefixLength: number;
}

/** What an address is for. Only `public` ones are reached without being asked for. */
export type AddressUse =
  | 'public'
  | 'loopback'
  | 'private'
  /** RFC 6598: between a carrier and its customers; in use as private space too. */
  | 'shared'
  | 'link-local'
  /** Where a cloud hands out credentials to whoever asks from inside. */
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  /** An IPv6 address that stands for an IPv4 one: it would lead around a check of IPv4 ranges. */
  | 'translated'
  | 'reserved';

const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** Dotted decimal in four parts, no leading zeros: the only form that every reader takes for the same address. */
const ipv4Pattern = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const groupPattern = /^[0-9a-f]{1,4}$/i;

function bitsOfIpv4(text: string): bigint | null {
  const match = ipv4Pattern.exec(text);
  if (match === null) return null;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

/** The 16-bit groups of one side of `::`. A dotted tail, as in `::ffff:10.0.0.1`, gives two. */
function groupsOf(side: string): readonly bigint[] | null {
  if (side === '') return [];
  const groups: bigint[] = [];
  const steps = side.split(':');
  for (const [place, step] of steps.entries()) {
    const dotted = place === steps.length - 1 ? bitsOfIpv4(step) : null;
    if (dotted !== null) groups.push(dotted >> 16n, dotted & 0xffffn);
    else if (groupPattern.test(step)) groups.push(BigInt(`0x${step}`));
    else return null;
  }
  return groups;
}

function bitsOfIpv6(text: string): bigint | null {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const isShortened = sides.length === 2;
  const left = sides[0] ?? '';
  // Only the very end may be dotted: `1.2.3.4::` is no address.
  if (isShortened && left.includes('.')) return null;
  const [before, after] = [groupsOf(left), groupsOf(sides[1] ?? '')];
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  if (isShortened ? missing < 1 : missing !== 0) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...after];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

/**
 * Reads an address: dotted decimal, or the forms of RFC 4291. Null for anything else: names, zones (`fe80::1%eth0`), octal,
 * hexadecimal or short forms of IPv4, brackets.
 */
export function parseAddress(text: string): Address | null {
  const bits4 = bitsOfIpv4(text);
  if (bits4 !== null) return { family: 4, bits: bits4 };
  const bits6 = text.includes(':') ? bitsOfIpv6(text) : null;
  return bits6 === null ? null : { family: 6, bits: bits6 };
}

const hostBitsOf = (family: 4 | 6, prefixLength: number): bigint => (1n << BigInt(widthOf(family) - prefixLength)) - 1n;

/**
 * Reads a range in CIDR form, such as `10.0.0.0/8` or `fd00::/8`. Null when it is none, also when bits are set behind the
 * prefix (`10.1.2.3/8`), because then one of the two halves is a slip.
 */
export function parseRange(text: string): AddressRange | null {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const base = match === null ? null : parseAddress(match[1] ?? '');
  if (base === null) return null;
  const prefixLength = Number(match?.[2]);
  if (prefixLength > widthOf(base.family)) return null;
  return (base.bits & hostBitsOf(base.family, prefixLength)) === 0n ? { base, prefixLength } : null;
}

/** True when the address lies in the range. Families never mix: `::ffff:10.0.0.1` is not in `10.0.0.0/8`. */
export function isWithin(range: AddressRange, address: Address): boolean {
  if (range.base.family !== address.family) return false;
  const behind = BigInt(widthOf(address.family) - range.prefixLength);
  return address.bits >> behind === range.base.bits >> behind;
}

const knownRange = (text: string): AddressRange => {
  const range = parseRange(text);
  if (range === null) throw new Error(`the table of addresses holds "${text}", which is no range`);
  return range;
};

/**
 * The first match wins, so single addresses stand before the ranges they lie in. Sources: the IANA registries of
 * special-purpose addresses (RFC 6890 and its updates), and the clouds' own manuals for their metadata services.
 */
const specialRanges: readonly (readonly [AddressUse, AddressRange])[] = (
  [
    ['metadata', '169.254.169.254/32'],
    ['metadata', '100.100.100.200/32'],
    ['metadata', '168.63.129.16/32'],
    ['metadata', '192.0.0.192/32'],
    ['metadata', 'fd00:ec2::/32'],
    ['metadata', 'fd20:ce::254/128'],
    ['metadata', 'fd00:42::42/128'],
    ['unspecified', '0.0.0.0/8'],
    ['private', '10.0.0.0/8'],
    ['shared', '100.64.0.0/10'],
    ['loopback', '127.0.0.0/8'],
    ['link-local', '169.254.0.0/16'],
    ['private', '172.16.0.0/12'],
    ['reserved', '192.0.0.0/24'],
    ['reserved', '192.0.2.0/24'],
    ['reserved', '192.88.99.0/24'],
    ['private', '192.168.0.0/16'],
    ['reserved', '198.18.0.0/15'],
    ['reserved', '198.51.100.0/24'],
    ['reserved', '203.0.113.0/24'],
    ['multicast', '224.0.0.0/4'],
    ['reserved', '240.0.0.0/4'],
    ['public', '0.0.0.0/0'],
    ['unspecified', '::/128'],
    ['loopback', '::1/128'],
    ['translated', '::/96'],
    ['translated', '::ffff:0:0/96'],
    ['translated', '::ffff:0:0:0/96'],
    ['translated', '64:ff9b::/96'],
    ['translated', '64:ff9b:1::/48'],
    ['translated', '2001::/32'],
    ['reserved', '2001::/23'],
    ['reserved', '2001:db8::/32'],
    ['translated', '2002::/16'],
    ['reserved', '3fff::/20'],
    ['public', '2000::/3'],
    ['private', 'fc00::/7'],
    ['link-local', 'fe80::/10'],
    ['multicast', 'ff00::/8'],
    ['reserved', '::/0'],
  ] as const
).map(([use, text]) => [use, knownRange(text)]);

/** What an address is for. What the registries do not hand out as global unicast is `reserved`. */
export function useOf(address: Address): AddressUse {
  for (const [use, range] of specialRanges) {
    if (isWithin(range, address)) return use;
  }
  return 'reserved';
}

/** Uses that an operator may open by naming a range; the others stay shut whatever is named. */
const openable: ReadonlySet<AddressUse> = new Set<AddressUse>(['loopback', 'private', 'shared']);

/**
 * Whether the program may connect to an address.
 * @param allowed ranges that the operator has opened; they open loopback, private and shared addresses only
 * @returns null when it may, otherwise what the address is for
 */
export function refusedUse(address: Address, allowed: readonly AddressRange[]): Exclude<AddressUse, 'public'> | null {
  const use = useOf(address);
  if (use === 'public') return null;
  const isOpened = openable.has(use) && allowed.some((range) => isWithin(range, address));
  return isOpened ? null : use;
}

/** True for a use that naming a range would open: the refusal then says how. */
export const isOpenable = (use: AddressUse): boolean => openable.has(use);
