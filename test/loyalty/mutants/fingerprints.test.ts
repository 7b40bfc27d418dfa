import { expect, test } from "vitest";
import { openShop, programOf } from "../ledger/shop.js";

// Stored fingerprints are compared with those of the same payload: they must be those of the JSON text, character by character.

/** Two 64-bit hashes over the whole text, as cyrb53 mixes them (Bryc 2018). */
function ofText(text: string): string {
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

test.each([
  ["a control character", "\n"],
  ["the last control character", "\u001f"],
  ["a space", " "],
  ["a quote", '"'],
  ["a backslash", "\\"],
  ["an accent", "é"],
  ["the last character before the surrogates", "\ud7ff"],
  ["half a pair", "\ud800"],
  ["the other half", "\udfff"],
  ["both halves", "\ud83d\ude00"],
  ["the first character after the surrogates", "\ue000"],
])("an id with %s has the fingerprint of its JSON", (_, character) => {
  const shop = openShop(programOf({ household: { maximumMembers: 2, redeem: "anyone" } }));
  const memberId = `M${character}1`;
  const command = { type: "addMember", key: "k", at: Date.UTC(2025, 0, 1), memberId } as const;
  const event = shop.grant(command).events.at(-1);
  // Fields in the order of the check: type, key, time, then those of the command.
  expect(event?.fingerprint).toBe(ofText(JSON.stringify(command)));
});
