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

/** @internal */
export function isMember(bits: MemberBits, place: number): boolean {
  return ((bits[place >>> 5] >>> (place & 31)) & 1) === 1;
}

/** Adds all members of one to the other; those who were not there before. @internal */
export function addMembers(all: MemberBits, bits: MemberBits): MemberBits {
  const added = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    added[i] = bits[i] & ~all[i];
    all[i] |= bits[i];
  }
  return added;
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

/** The ids of the members, as the customers come. @internal */
export function memberIds(bits: MemberBits, customerIds: readonly string[]): string[] {
  const ids: string[] = new Array(sizeOf(bits));
  let next = 0;
  for (const place of placesIn(bits)) ids[next++] = customerIds[place];
  return ids;
}

/** Bits set in 32: sums of pairs, of fours, of bytes (Warren 2012, "Hacker's Delight", 5-1). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
