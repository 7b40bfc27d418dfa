import { expect, test } from "vitest";
import { fingerprintOfText } from "../ledger/fingerprint-of-text.js";
import { openShop, programOf } from "../ledger/shop.js";

// Stored fingerprints are compared with those of the same payload: they must be those of the JSON text, character by character.

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
  expect(event?.fingerprint).toBe(fingerprintOfText(JSON.stringify(command)));
});
