import fc from "fast-check";
import { expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { checkCommand } from "../../../src/loyalty/ledger/check-command.js";
import type { EarnCommand, LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import { readEarn } from "../../../src/loyalty/ledger/read-earn.js";

// An earn that is read by name, held against the table of all commands: a field that is inherited has the table read it.

function byTable(command: object): LoyaltyCommand {
  const inherited = { unknown: true };
  return Object.assign(Object.create(inherited), command);
}

const text = fc.string({ minLength: 1, maxLength: 3 });
const instant = fc.constantFrom<unknown>(
  0,
  -0,
  -5,
  Date.UTC(2025, 0, 1),
  new Date(7),
  "2025-01-01",
  "2025-01-01T10:00:00+02:00",
);
const junk = fc.constantFrom<unknown>(
  undefined,
  null,
  "",
  -1,
  -0,
  1.5,
  Number.NaN,
  2 ** 60,
  1n,
  true,
  {},
  [],
  [""],
  [null],
  [{}],
  new Date(Number.NaN),
  "2025-02-30",
);
const line = fc.record(
  {
    lineId: text,
    productId: text,
    category: text,
    quantity: fc.integer({ min: 1, max: 9 }),
    amount: fc.nat(),
  },
  { requiredKeys: ["lineId", "amount"] },
);
const lines = fc.uniqueArray(line, { maxLength: 40, selector: ({ lineId }) => lineId });
const earn = fc.record(
  {
    type: fc.constant("earn"),
    key: text,
    at: instant,
    recordedAt: instant,
    orderId: text,
    lines,
    paidWithPoints: fc.constantFrom(0, -0, 7),
    channel: text,
    segmentIds: fc.array(text, { maxLength: 3 }),
    visit: fc.boolean(),
    event: text,
    memberId: text,
  },
  { requiredKeys: ["type", "key", "at", "orderId"] },
);
const fields = ["key", "at", "recordedAt", "orderId", "lines", "paidWithPoints", "channel", "segmentIds"];
const others = ["visit", "event", "memberId", "points", "toString"];
/** Mostly with one field that is something else, of the command or of its first line. */
const spoiled = fc
  .tuple(
    earn,
    fc.constantFrom("command", "line", "twice", "nowhere"),
    fc.constantFrom(...fields, ...others),
    fc.constantFrom("lineId", "productId", "category", "quantity", "amount", "price"),
    junk,
  )
  .map(([command, where, field, ofLine, value]): object => {
    if (where === "command") return { ...command, [field]: value };
    const [first, ...rest] = command.lines ?? [];
    if (where === "nowhere" || first === undefined) return command;
    const more = where === "twice" ? [first] : [{ ...first, [ofLine]: value }];
    return { ...command, lines: where === "twice" ? [first, ...more, ...rest] : [...more, ...rest] };
  });

function attempt(command: object): unknown {
  try {
    return JSON.stringify(checkCommand(command as LoyaltyCommand, "Asia/Jakarta"));
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    return [error.code, error.path, error.message];
  }
}

test("takes what the table takes, as the table gives it, and leaves it all else", () => {
  const seen = { read: 0, refused: 0 };
  fc.assert(
    fc.property(spoiled, (command) => {
      expect(readEarn(byTable(command) as EarnCommand, "Asia/Jakarta")).toBeNull();
      const expected = attempt(byTable(command));
      expect(attempt(command)).toEqual(expected);
      const read = readEarn(command as EarnCommand, "Asia/Jakarta");
      if (read !== null) expect(JSON.stringify(read)).toBe(expected);
      seen[typeof expected === "string" ? "read" : "refused"]++;
    }),
    { numRuns: 1000 },
  );
  expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100);
});

test("keeps lists of its own, and 0 for -0", () => {
  const segmentIds = ["vip"];
  const given = [{ lineId: "1", amount: -0 }];
  const command: EarnCommand = {
    type: "earn",
    key: "k",
    at: -0,
    orderId: "O",
    lines: given,
    segmentIds,
    paidWithPoints: -0,
  };
  const read = readEarn(command, "UTC");
  expect(read?.segmentIds).not.toBe(segmentIds);
  expect(read?.lines).not.toBe(given);
  expect([read?.at, read?.paidWithPoints, read?.lines?.[0].amount]).toEqual([0, 0, 0]);
});

test("leaves long orders to the table, which has a set for their ids", () => {
  const order = (count: number): EarnCommand => ({
    type: "earn",
    key: "k",
    at: 0,
    orderId: "O",
    lines: Array.from({ length: count }, (_, i) => ({ lineId: String(i), amount: 1 })),
  });
  expect(readEarn(order(32), "UTC")?.lines).toHaveLength(32);
  expect(readEarn(order(33), "UTC")).toBeNull();
  expect(checkCommand(order(33), "UTC")).toMatchObject({ lines: order(33).lines });
});
