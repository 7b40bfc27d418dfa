import { describe, expect, test } from "vitest";
import { decideLoyalty } from "../../../src/loyalty/ledger/decide-loyalty.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";

// Every fault of a command: the path of the field, and a message that names the value.

const tiers: LoyaltyProgram["tiers"] = {
  levels: [
    { id: "basic", threshold: 0 },
    { id: "gold", threshold: 1000 },
  ],
  measure: { kind: "spend" },
  period: { kind: "ever" },
  downgrade: "none",
  levelOfOrder: "start",
};
const shop = openShop(programOf({ tiers }));
shop.grant(lotOf(100, "2025-01-01"));

const by = { reason: "asked for it", actor: "desk" };
const line = { lineId: "1", amount: 5 };
const lot = { pointType: "points", points: 1, earnedAt: 0, activeAt: 0, expiresAt: null };
/** One well-formed command of each type, with every field that it may have. */
const whole = {
  enroll: { memberId: "M", birthday: "2000-02-29" },
  earn: {
    orderId: "O",
    lines: [{ ...line, productId: "tea", category: "drinks", quantity: 2 }],
    paidWithPoints: 1,
    channel: "shop",
    segmentIds: ["new"],
    visit: true,
    event: "signup",
    memberId: "member of A",
  },
  adjust: { pointType: "points", points: 5, activeAt: "2025-03-01", expiresAt: "2025-04-01", ...by },
  authorize: { holdId: "H", pointType: "points", points: 5, until: "2025-03-01" },
  capture: { holdId: "H", points: 5 },
  void: { holdId: "H" },
  redeem: {
    redemptionId: "R",
    pointType: "points",
    points: 5,
    orderId: "O",
    orderAmount: 10,
    memberId: "member of A",
  },
  reverseRedemption: { redemptionId: "R", points: 5 },
  clawBack: { orderId: "O", lines: [{ lineId: "1", quantity: 1 }] },
  transferOut: { transferId: "T", to: "B", pointType: "points", points: 5 },
  transferIn: { transferId: "T", from: "B", lots: [lot], tier: "gold" },
  setTier: { tier: "gold", until: "2025-03-01", ...by },
  addMember: { memberId: "child" },
  removeMember: { memberId: "child" },
  close: by,
} as const;

function send(type: string, change: object): unknown {
  const fields = whole[type as keyof typeof whole] ?? {};
  const command = { type, key: "new key", at: "2025-02-01", ...fields, ...change };
  return decideLoyalty(shop.program, shop.account, command as LoyaltyCommand);
}

test.each(Object.keys(whole))("a well-formed %s with all its fields is decided", (type) => {
  expect(() => send(type, {})).not.toThrow();
});

const texts: Readonly<Record<string, readonly string[]>> = {
  enroll: ["memberId"],
  earn: ["orderId", "channel", "event", "memberId"],
  adjust: ["reason", "actor", "pointType"],
  authorize: ["holdId", "pointType"],
  capture: ["holdId"],
  void: ["holdId"],
  redeem: ["redemptionId", "pointType", "rewardId", "orderId", "memberId"],
  reverseRedemption: ["redemptionId"],
  clawBack: ["orderId"],
  transferOut: ["transferId", "to", "pointType"],
  transferIn: ["transferId", "from", "tier"],
  setTier: ["reason", "actor", "tier"],
  addMember: ["memberId"],
  removeMember: ["memberId"],
  close: ["reason", "actor"],
};
describe("texts that are empty or none", () => {
  const fields = Object.entries(texts).flatMap(([type, names]) => names.map((name) => [type, name] as const));
  test.each(fields)("%s: %s", (type, name) => {
    for (const [value, word] of [
      ["", '""'],
      [7, "7"],
    ]) {
      expect(() => send(type, { [name as string]: value })).toThrow(
        expect.objectContaining({
          code: "INVALID_ARGUMENT",
          path: `command.${name}`,
          message: expect.stringContaining(`command.${name} is ${word}: pass a text`),
        }),
      );
    }
  });
  test.each(Object.keys(whole))("the key of %s", (type) => {
    expect(() => send(type, { key: "" })).toThrow(expect.objectContaining({ path: "command.key" }));
    expect(() => send(type, { at: undefined })).toThrow(expect.objectContaining({ path: "command.at" }));
  });
});

test.each([
  ["enroll", { birthday: "2001-02-29" }, "command.birthday", '"2001-02-29": pass a day'],
  ["enroll", { birthday: 7 }, "command.birthday", "7"],
  ["earn", { lines: "all" }, "command.lines", '"all": pass an array'],
  ["earn", { lines: [5] }, "command.lines[0]", "5"],
  ["earn", { lines: [line, { ...line, lineId: "2", amount: -1 }] }, "command.lines[1].amount", "-1"],
  ["earn", { lines: [{ ...line, lineId: "" }] }, "command.lines[0].lineId", '""'],
  ["earn", { lines: [{ ...line, productId: "" }] }, "command.lines[0].productId", '""'],
  ["earn", { lines: [{ ...line, category: "" }] }, "command.lines[0].category", '""'],
  ["earn", { lines: [{ ...line, quantity: 0 }] }, "command.lines[0].quantity", "0"],
  [
    "earn",
    { lines: [{ ...line, price: 3 }] },
    "command.lines[0].price",
    'the unknown field "price": leave it out',
  ],
  ["earn", { lines: [line, { ...line, amount: 6 }] }, "command.lines[1].lineId", '"1" a second time'],
  ["earn", { paidWithPoints: -1 }, "command.paidWithPoints", "-1"],
  ["earn", { segmentIds: ["new", ""] }, "command.segmentIds[1]", '""'],
  ["earn", { visit: "yes" }, "command.visit", '"yes": pass true or false'],
  ["adjust", { points: 0 }, "command.points", "0: pass points to add"],
  ["adjust", { points: 0.5 }, "command.points", "0.5"],
  ["adjust", { activeAt: "soon" }, "command.activeAt", "soon"],
  ["adjust", { expiresAt: "soon" }, "command.expiresAt", "soon"],
  ["authorize", { points: 0 }, "command.points", "0"],
  ["authorize", { until: "soon" }, "command.until", "soon"],
  ["capture", { points: 0 }, "command.points", "0"],
  ["redeem", { orderAmount: -1 }, "command.orderAmount", "-1"],
  ["redeem", { rewardId: "mug" }, "command.points", "both points and rewardId: pass one"],
  ["redeem", { points: undefined }, "command.points", "neither points and rewardId: pass one"],
  ["reverseRedemption", { points: 0 }, "command.points", "0"],
  ["clawBack", { lines: [] }, "command.lines", "empty: pass at least one"],
  ["clawBack", { lines: [{ lineId: "1", quantity: 0 }] }, "command.lines[0].quantity", "0"],
  ["clawBack", { lines: [line] }, "command.lines[0].amount", '"amount"'],
  ["clawBack", { amount: 5 }, "command.amount", "both lines and amount: pass one"],
  ["clawBack", { lines: undefined, amount: 0 }, "command.amount", "0"],
  [
    "clawBack",
    {
      lines: [
        { lineId: "1", quantity: 1 },
        { lineId: "1", quantity: 2 },
      ],
    },
    "command.lines[1].lineId",
    '"1" a second time',
  ],
  ["transferOut", { points: 0 }, "command.points", "0"],
  ["transferIn", { lots: [{ ...lot, points: 0 }] }, "command.lots[0].points", "0"],
  ["transferIn", { lots: [{ ...lot, pointType: "" }] }, "command.lots[0].pointType", '""'],
  ["transferIn", { lots: [{ ...lot, earnedAt: "soon" }] }, "command.lots[0].earnedAt", "soon"],
  ["transferIn", { lots: [{ ...lot, activeAt: "soon" }] }, "command.lots[0].activeAt", "soon"],
  ["transferIn", { lots: [{ ...lot, expiresAt: undefined }] }, "command.lots[0].expiresAt", "undefined"],
  ["setTier", { until: "soon" }, "command.until", "soon"],
  ["setTier", { tier: undefined }, "command.tier", "undefined"],
  [
    "addMember",
    { nickname: "Al" },
    "command.nickname",
    'command has the unknown field "nickname": leave it out',
  ],
  ["steal", {}, "command.type", '"steal"'],
  ["toString", {}, "command.type", '"toString"'],
] as const)("%s %j", (type, change, path, words) => {
  expect(() => send(type, change)).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT",
      path,
      message: expect.stringContaining(words),
    }),
  );
});

describe("instants that do not fit each other, at the very instant and one millisecond after it", () => {
  const at = Date.UTC(2025, 1, 1);
  test.each([
    [
      "adjust",
      { activeAt: at - 1 },
      { activeAt: at },
      "command.activeAt",
      /\d{13}, before command\.at, \d{13}/,
    ],
    [
      "adjust",
      { activeAt: at + 5, expiresAt: at + 5 },
      { activeAt: at + 5, expiresAt: at + 6 },
      "command.expiresAt",
      /not after \d{13}, from when the points count/,
    ],
    ["authorize", { until: at }, { until: at + 1 }, "command.until", /not after command\.at, \d{13}/],
    ["setTier", { until: at }, { until: at + 1 }, "command.until", /not after command\.at, \d{13}/],
  ] as const)("%s %j is thrown, %j is not", (type, fault, fine, path, words) => {
    expect(() => send(type, fault)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path, message: expect.stringMatching(words) }),
    );
    expect(() => send(type, fine)).not.toThrow();
  });
  test("a floor that is taken away has no end", () => {
    expect(() => send("setTier", { tier: null })).toThrow(
      expect.objectContaining({
        path: "command.until",
        message: expect.stringContaining("without a tier"),
      }),
    );
  });
  test.each(["activeAt", "expiresAt"])("points that are taken have no %s", (field) => {
    const { activeAt: _, expiresAt: __, ...taken } = whole.adjust;
    const change = { activeAt: undefined, expiresAt: undefined, points: -5, [field]: at };
    expect(() => send("adjust", { ...taken, ...change })).toThrow(
      expect.objectContaining({
        path: `command.${field}`,
        message: expect.stringContaining(`command.${field} is given with points to take`),
      }),
    );
  });
  test("a command arrives neither before it happened nor before the last one", () => {
    expect(() => send("close", { recordedAt: at })).not.toThrow();
    expect(() => send("close", { recordedAt: at - 1 })).toThrow(
      expect.objectContaining({
        path: "command.recordedAt",
        message: expect.stringMatching(/\d{13}, before command\.at, \d{13}/),
      }),
    );
    const last = Date.UTC(2025, 0, 1);
    expect(() => send("close", { at: last - 9, recordedAt: last })).not.toThrow();
    expect(() => send("close", { at: last - 9, recordedAt: last - 1 })).toThrow(
      expect.objectContaining({
        path: "command.recordedAt",
        message: expect.stringMatching(/last arrival, \d{13}: pass that or later/),
      }),
    );
  });
  test("a share of an order cannot be held against an order without an amount", () => {
    const redemption = { pointType: "points", points: 1, amount: 1, maximumShare: 0.5 };
    const program = programOf({ redemption } as Partial<LoyaltyProgram>);
    const sent = (more: object) => () =>
      decideLoyalty(program, shop.account, {
        type: "redeem",
        key: "new key",
        at,
        redemptionId: "R",
        points: 5,
        ...more,
      } as LoyaltyCommand);
    expect(sent({})).toThrow(
      expect.objectContaining({
        path: "command.orderAmount",
        message: expect.stringContaining("points may pay 0.5 of an order"),
      }),
    );
    expect(sent({ orderAmount: 10 })).not.toThrow();
  });
});

describe("arguments that are none", () => {
  const command = { type: "close", key: "new key", at: "2025-02-01", ...by } as const;
  test.each([
    ["program", () => decideLoyalty(null as never, shop.account, command), "as defineProgram gives it"],
    [
      "account",
      () => decideLoyalty(shop.program, null as never, command),
      "as emptyLoyaltyAccount or foldLoyalty",
    ],
    ["command", () => decideLoyalty(shop.program, shop.account, null as never), "{ type, key, at, ... }"],
  ])("%s", (path, run, words) => {
    expect(run).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path, message: expect.stringContaining(words) }),
    );
  });
});
