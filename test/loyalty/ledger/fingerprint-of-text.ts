/** Two 64-bit hashes over the whole text, as cyrb53 mixes them (Bryc 2018): what commandFingerprint gives for that JSON. */
export function fingerprintOfText(text: string): string {
  const word = (seed: number, factor: number) => {
    let hash = seed;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), factor);
    return hash;
  };
  const mixed = (a: number, b: number) =>
    Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const pair = (flip: number, first: number, second: number) => {
    const a = word(0xdeadbeef ^ flip, first);
    const b = word(0x41c6ce57 ^ flip, second);
    return `${mixed(a, b)}.${mixed(b, a)}`;
  };
  return `${pair(0, 2654435761, 1597334677)}.${pair(0x9e3779b9, 2246822507, 3266489909)}`;
}
