import type { CheckedCommand } from "./check-command.js";

/**
 * A fingerprint of what a command asks for: equal for equal payloads, whatever the order of their fields; `recordedAt` is
 * left out, because a retry arrives later. Two independent 64-bit hashes of the canonical text, each mixed as in cyrb53
 * (Bryc 2018), as four words.
 *
 * The text is JSON with the fields in the order of the check's tables: stored fingerprints hang on that order, so fields are
 * added to a table at its end. Structure is kept, so that no two payloads come to one text.
 *
 * @internal
 */
export function commandFingerprint(command: CheckedCommand): string {
  const text = JSON.stringify({ ...command, recordedAt: undefined });
  // Both hashes in one pass: reading the text is what costs.
  let a1 = 0xdeadbeef;
  let a2 = 0x41c6ce57;
  let b1 = 0xdeadbeef ^ 0x9e3779b9;
  let b2 = 0x41c6ce57 ^ 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a1 = Math.imul(a1 ^ unit, 2654435761);
    a2 = Math.imul(a2 ^ unit, 1597334677);
    b1 = Math.imul(b1 ^ unit, 2246822507);
    b2 = Math.imul(b2 ^ unit, 3266489909);
  }
  // Signed 32-bit words: small integers are written fastest.
  return `${mixed(a1, a2)}.${mixed(a2, a1)}.${mixed(b1, b2)}.${mixed(b2, b1)}`;
}

/** One word of which each bit depends on all bits of both. */
function mixed(word: number, other: number): number {
  return Math.imul(word ^ (word >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
}
