import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../src/core/errors.js";
import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import { defineProgram, parseLoyaltyCommand } from "../../src/loyalty/parse-loyalty.js";
import { largest, smallest } from "./program/whole-programs.js";

describe("defineProgram", () => {
  test("fills in what the draft leaves out", () => {
    expect(defineProgram(smallest)).toEqual({
      ...smallest,
      version: 1,
      timeZone: "UTC",
      earnRules: [],
      earnOn: "gross",
      roundingPer: "order",
      rounding: "floor",
      burnOrder: "soonestExpiry",
      rewards: [],
      returnPolicy: "withinBalance",
      reversal: { into: "originalLots" },
      lateEarns: "frozen",
    });
  });
  test("keeps every field, through JSON and back, and defining it again changes nothing", () => {
    const program = defineProgram(largest);
    expect(program).toStrictEqual(largest);
    expect(defineProgram(JSON.parse(JSON.stringify(program)))).toStrictEqual(program);
    expect(structuredClone(program)).toStrictEqual(program);
  });
  test("gives plain data that does not change, without fields that are undefined", () => {
    const program = defineProgram({
      ...smallest,
      name: undefined,
      earnRules: [...largest.earnRules.slice(1, 2)],
    });
    expect(Object.keys(program)).not.toContain("name");
    expect(Object.isFrozen(program)).toBe(true);
    expect(Object.isFrozen(program.earnRules[0]?.award)).toBe(true);
  });
});

function refusalOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was refused");
}

/** Every field that a form has, none left out. */
type Whole<Union extends { readonly type: string }> = {
  [Type in Union["type"]]: Required<Omit<Extract<Union, { type: Type }>, "type">>;
};

const base = { key: "K", at: "2025-03-01", recordedAt: "2025-03-01T09:00:00+07:00" };
const dates = { earnedAt: 0, activeAt: 1, expiresAt: null };
const lot = { pointType: "points", points: 5, ...dates };
const commands: Whole<LoyaltyCommand> = {
  enroll: { ...base, memberId: "M", birthday: "2000-02-29" },
  earn: {
    ...base,
    orderId: "O",
    lines: [{ lineId: "1", productId: "p", category: "c", quantity: 2, amount: 100 }],
    paidWithPoints: 100,
    channel: "app",
    segmentIds: ["s"],
    visit: false,
    event: "review",
    memberId: "M",
  },
  adjust: { ...base, pointType: "points", points: -5, reason: "r", actor: "a", activeAt: 0, expiresAt: null },
  authorize: {
    ...base,
    holdId: "H",
    pointType: "points",
    points: 5,
    orderAmount: 900,
    until: new Date(0),
    orderId: "O",
  },
  capture: { ...base, holdId: "H", points: 5 },
  void: { ...base, holdId: "H" },
  redeem: {
    ...base,
    redemptionId: "R",
    pointType: "points",
    points: 5,
    rewardId: "mug",
    orderId: "O",
    orderAmount: 0,
    memberId: "M",
  },
  reverseRedemption: { ...base, redemptionId: "R", points: 5 },
  clawBack: { ...base, orderId: "O", lines: [{ lineId: "1", quantity: 1 }], amount: 5 },
  transferOut: { ...base, transferId: "T", to: "B", pointType: "points", points: 5 },
  transferIn: { ...base, transferId: "T", from: "A", lots: [lot], tier: null },
  expire: base,
  setTier: { ...base, tier: null, until: 0, reason: "r", actor: "a" },
  addMember: { ...base, memberId: "M" },
  removeMember: { ...base, memberId: "M" },
  close: { ...base, reason: "r", actor: "a" },
};

describe("parseLoyaltyCommand", () => {
  test.each(Object.entries(commands))("%s with every field, kept as it is", (type, fields) => {
    const { rewardId, ...paid } = { rewardId: undefined, ...fields };
    const { amount, ...byLine } = { amount: undefined, ...fields };
    const whole = type === "redeem" ? paid : type === "clawBack" ? byLine : fields;
    expect(parseLoyaltyCommand({ type, ...whole })).toStrictEqual({ type, ...whole });
  });
  test.each(Object.entries(commands))("%s with a field that it does not have", (type, fields) => {
    expect(refusalOf(() => parseLoyaltyCommand({ type, ...fields, points2: 1 })).message).toContain(
      "points2",
    );
  });
  const redeem = { ...base, type: "redeem", redemptionId: "R", points: 5 };
  test.each<[string, object, string]>([
    ["a fraction", { ...redeem, points: 99.9 }, "command.points"],
    ["no points (28: medici #8)", { ...redeem, points: 0 }, "command.points"],
    ["points below 0", { ...redeem, points: -5 }, "command.points"],
    ["not a number", { ...redeem, points: Number.NaN }, "command.points"],
    ["text for a number", { ...redeem, points: "5" }, "command.points"],
    ["points and a reward", { ...redeem, rewardId: "mug" }, "command.points"],
    ["neither points nor a reward", { ...redeem, points: undefined }, "command.points"],
    ["no key", { ...redeem, key: "" }, "command.key"],
    ["a time without an offset", { ...redeem, at: "2025-03-01T10:00" }, "command.at"],
    ["a day that does not exist", { ...redeem, at: "2025-02-29" }, "command.at"],
    ["an unknown type", { ...redeem, type: "spend" }, "command.type"],
    ["no type", { ...redeem, type: undefined }, "command.type"],
    ["an adjustment of nothing", { type: "adjust", ...commands.adjust, points: 0 }, "command.points"],
    ["a return by line and by amount", { type: "clawBack", ...commands.clawBack }, "command.amount"],
    [
      "a line twice",
      { ...base, type: "earn", orderId: "O", lines: [1, 2].map((amount) => ({ lineId: "A", amount })) },
      "command.lines[1].lineId",
    ],
    [
      "a line of no units",
      { ...base, type: "earn", orderId: "O", lines: [{ lineId: "A", amount: 1, quantity: 0 }] },
      "command.lines[0].quantity",
    ],
    [
      "money below 0",
      { ...base, type: "earn", orderId: "O", lines: [{ lineId: "A", amount: -1 }] },
      "command.lines[0].amount",
    ],
    [
      "more paid than the lines come to",
      { ...base, type: "earn", orderId: "O", paidWithPoints: 1 },
      "command.paidWithPoints",
    ],
    ["a transfer of no lots", { type: "transferIn", ...commands.transferIn, lots: [] }, "command.lots"],
  ])("%s is refused", (_, command, path) => {
    const error = refusalOf(() => parseLoyaltyCommand(command));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(path);
  });
  test("points beyond 2^53 - 1", () => {
    const error = refusalOf(() => parseLoyaltyCommand({ ...redeem, points: 2 ** 53 }));
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "command.points"]);
    expect(error.message).toContain(String(2 ** 53));
  });
});
