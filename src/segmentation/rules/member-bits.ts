/** Who is a member, one bit for each place. @internal */
export type MemberBits = Uint32Array;

/** Nobody, among so many. @internal */
export function noMembers(count: number): MemberBits {
  return new Uint32Array(Math.ceil(count / 32));
}

/** @internal */
export function addMember(bits: MemberBits, place: number): void {
  bits[place >>> 5] |= 1 << (place & 31);
}

/** How many members there are. @internal */
export function sizeOf(bits: MemberBits): number {
  let size = 0;
  for (let i = 0; i < bits.length; i++) size += bitCount(bits[i]);
  return size;
}

/** How many are members of both. @internal */
export function sizeOfBoth(a: MemberBits, b: MemberBits): number {
  let size = 0;
  for (let i = 0; i < a.length; i++) size += bitCount(a[i] & b[i]);
  return size;
}

/** The places of the members, ascending. @internal */
export function* placesIn(bits: MemberBits): Generator<number> {
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]; word !== 0; word &= word - 1) yield 32 * i + (31 - Math.clz32(word & -word));
  }
}

/** Bits set in 32: sums of pairs, of fours, of bytes (Warren 2012, "Hacker's Delight", 5-1). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
