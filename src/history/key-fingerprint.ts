/**
 * Writes 64 bits that depend on the whole key into `into[0]` and `into[1]`, and says whether they are exact: whether no
 * other key has them.
 *
 * @internal
 */
export type Fingerprint = (key: string | number, into: Uint32Array) => boolean;

/** Characters that one word holds at 6 bits each. */
const WORD = 5;
/** Set in exact bits, clear in hashed ones, so that the two never meet. */
const EXACT = 0x80000000;

/** 1 to 63 for the characters of most ids; 0 for all others, and for "no character". */
const sixBits = /* @__PURE__ */ (() => {
  const codes = new Uint8Array(128);
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";
  for (let i = 0; i < alphabet.length; i++) codes[alphabet.charCodeAt(i)] = i + 1;
  return codes;
})();

/**
 * Texts of up to ten letters, digits and hyphens as they are, at 6 bits a character: such ids need not be compared with
 * each other, which costs a third of the time. Other keys as two multiplicative hashes over the UTF-16 units (or the two
 * words of a number).
 *
 * @internal
 */
export function fingerprintOfKey(key: string | number, into: Uint32Array): boolean {
  if (typeof key === "number") {
    const upper = Math.floor(key / 0x100000000);
    const low = Math.imul(0x9e3779b9 ^ upper, 0x85ebca6b) ^ key;
    spread(Math.imul(0x811c9dc5 ^ key, 0x01000193) ^ upper, low & ~EXACT, into);
    return false;
  }
  if (key.length <= 2 * WORD && packed(key, into)) return true;
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  spread(high, low & ~EXACT, into);
  return false;
}

function packed(key: string, into: Uint32Array): boolean {
  let high = 0;
  let low = 0;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    const code = unit < 128 ? sixBits[unit] : 0;
    if (code === 0) return false;
    if (i < WORD) high = (high << 6) | code;
    else low = (low << 6) | code;
  }
  spread(high, low | EXACT, into);
  return true;
}

/** Makes every bit depend on all, and different pairs stay different: two rounds of a Feistel network. */
function spread(high: number, low: number, into: Uint32Array): void {
  const mixedLow = finalMix(low ^ finalMix(high));
  into[1] = mixedLow;
  into[0] = finalMix(high ^ mixedLow);
}

/** MurmurHash3's (Appleby 2008): one to one. */
function finalMix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
