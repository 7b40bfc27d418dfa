import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCommand } from "../../../src/loyalty/ledger/check-command.js";
import { commandFingerprint } from "../../../src/loyalty/ledger/command-fingerprint.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import { fingerprintOfText } from "./fingerprint-of-text.js";

// Quotes, backslashes, control characters, lone surrogates: all that JSON writes otherwise than it stands.
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((drawn) => `${drawn}\n"\ud800`);
const anyText = fc.oneof(text, fc.string({ minLength: 1, maxLength: 12 }));
// Of one block of digits and of two, with zeros between them, below 0, at the ends of what is exact.
const anyInstant = fc.oneof(
  fc.integer({ min: -1e12, max: 2e12 }),
  fc.constantFrom(0, -1, 999_999_999, 1e9, -1e12),
);
const anyAmount = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(2 ** 31, 2 ** 53 - 1, 7e15 + 3));
const line = fc.record(
  { lineId: anyText, category: anyText, quantity: fc.integer({ min: 1, max: 9 }), amount: anyAmount },
  { requiredKeys: ["lineId", "amount"] },
);
const earn = fc.record(
  {
    type: fc.constant("earn" as const),
    key: anyText,
    at: anyInstant,
    orderId: anyText,
    lines: fc.uniqueArray(line, { maxLength: 3, selector: ({ lineId }) => lineId }),
    channel: anyText,
    segmentIds: fc.array(anyText, { maxLength: 3 }),
    visit: fc.boolean(),
  },
  { requiredKeys: ["type", "key", "at", "orderId"] },
);
const transferIn = fc.record({
  type: fc.constant("transferIn" as const),
  key: anyText,
  at: fc.nat(),
  transferId: anyText,
  from: anyText,
  lots: fc.array(
    fc.record({
      pointType: anyText,
      points: fc.integer({ min: 1, max: 99 }),
      earnedAt: fc.nat(),
      activeAt: fc.nat(),
      expiresAt: fc.option(fc.nat()),
    }),
    { maxLength: 2 },
  ),
  tier: fc.option(anyText),
});

test("is that of the command's JSON, without its arrival, in whatever order its fields come", () => {
  fc.assert(
    fc.property(fc.oneof(earn, transferIn), fc.nat(), (command: LoyaltyCommand, later) => {
      const checked = checkCommand(command, "UTC");
      const fingerprint = commandFingerprint(checked);
      expect(fingerprint).toBe(fingerprintOfText(JSON.stringify(checked)));
      const turned = Object.fromEntries(Object.entries(command).reverse());
      const again = { ...turned, recordedAt: checked.at + later } as unknown as LoyaltyCommand;
      expect(commandFingerprint(checkCommand(again, "UTC"))).toBe(fingerprint);
    }),
  );
});
