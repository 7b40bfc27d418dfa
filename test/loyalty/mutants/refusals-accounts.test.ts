import { describe, expect, test } from "vitest";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { keep, lotOf, openShop, programOf, type Shop, type ShopCommand } from "../ledger/shop.js";
import { by, clawBack, day, earn, hold, redeem, testRefusals } from "./refused.js";

// Refusals about accounts, their members and levels, and transfers between them.

const levels = [
  { id: "basic", threshold: 0 },
  { id: "gold", threshold: 1000 },
];
const tiers: LoyaltyProgram["tiers"] = {
  levels,
  measure: { kind: "spend" },
  period: { kind: "ever" },
  downgrade: "none",
  levelOfOrder: "start",
};
const household = { maximumMembers: 2, redeem: "owner" } as const;

testRefusals([
  [
    "another than the owner",
    { household },
    [lotOf(9, "2025-01-01"), { type: "addMember", at: day, memberId: "child" }],
    { ...redeem(1), memberId: "child" },
    { code: "owner_only", id: "child" },
    ["owner", "spend its points"],
  ],
  [
    "a stranger",
    { household },
    [lotOf(9, "2025-01-01")],
    { ...redeem(1), memberId: "stranger" },
    { code: "not_a_member", id: "stranger" },
    ['"stranger" is no member', '"A"'],
  ],
  [
    "a transfer to itself",
    {},
    [lotOf(9, "2025-01-01")],
    { type: "transferOut", at: day, transferId: "T", to: "A", points: 1 },
    { code: "same_account", id: "A" },
    ['"A"', "to another one"],
  ],
  [
    "a transfer twice",
    {},
    [lotOf(9, "2025-01-01"), { type: "transferOut", at: day, transferId: "T", to: "B", points: 1 }],
    { type: "transferOut", at: day, transferId: "T", to: "B", points: 1 },
    { code: "duplicate_transfer", id: "T" },
    ['"T"', "booked already"],
  ],
  [
    "a transfer of an unknown type",
    {},
    [lotOf(9, "2025-01-01")],
    { type: "transferOut", at: day, transferId: "T", to: "B", points: 1, pointType: "miles" },
    { code: "unknown_point_type" },
    ['"miles"'],
  ],
  [
    "handing over everything beside an open hold",
    {},
    [lotOf(9, "2025-01-01"), hold(4)],
    { type: "transferOut", at: day, transferId: "T", to: "B" },
    { code: "has_open_holds", id: "A" },
    ['"A" holds 4 points of "points"', "capture or void"],
  ],
  [
    "handing over everything beside arrears",
    { returnPolicy: "unlimited" },
    [earn("O", 60), redeem(60), clawBack()],
    { type: "transferOut", at: day, transferId: "T", to: "B" },
    { code: "has_arrears", id: "A" },
    ['"A" owes 60 points of "points"', "adjust them"],
  ],
  [
    "a lot of an unknown type",
    {},
    [],
    {
      type: "transferIn",
      at: day,
      transferId: "T",
      from: "B",
      lots: [{ pointType: "miles", points: 1, earnedAt: 0, activeAt: 0, expiresAt: null }],
    },
    { code: "unknown_point_type" },
    ['"miles"'],
  ],
  [
    "a level that comes in and that nobody knows",
    { tiers },
    [],
    { type: "transferIn", at: day, transferId: "T", from: "B", lots: [], tier: "platinum" },
    { code: "unknown_tier", id: "platinum" },
    ['"club"', '"platinum"'],
  ],
  [
    "a level that comes in where there are none",
    {},
    [],
    { type: "transferIn", at: day, transferId: "T", from: "B", lots: [], tier: "gold" },
    { code: "unknown_tier", id: "gold" },
    ['"gold"'],
  ],
  [
    "a level where there are none",
    {},
    [],
    { type: "setTier", at: day, tier: "gold", ...by },
    { code: "no_tiers", id: "club" },
    ['"club" has no levels'],
  ],
  [
    "an unknown level",
    { tiers },
    [],
    { type: "setTier", at: day, tier: "platinum", ...by },
    { code: "unknown_tier", id: "platinum" },
    ['"club"', '"platinum"'],
  ],
  [
    "a member where accounts have one",
    {},
    [],
    { type: "addMember", at: day, memberId: "child" },
    { code: "no_household", id: "club" },
    ['"club"', "one member"],
  ],
  [
    "the owner as a member",
    { household },
    [],
    { type: "addMember", at: day, memberId: "member of A" },
    { code: "already_a_member", id: "member of A" },
    ['"member of A" is a member', '"A"'],
  ],
  [
    "one member too many",
    { household },
    [{ type: "addMember", at: day, memberId: "child" }],
    { type: "addMember", at: day, memberId: "aunt" },
    { code: "household_full", requested: 3, limit: 2 },
    ["3 members", "the 2 "],
  ],
  [
    "removing the owner",
    { household },
    [],
    { type: "removeMember", at: day, memberId: "member of A" },
    { code: "is_owner", id: "member of A" },
    ['"member of A" owns', '"A"', "close it"],
  ],
  [
    "removing a stranger",
    { household },
    [],
    { type: "removeMember", at: day, memberId: "aunt" },
    { code: "not_a_member", id: "aunt" },
    ['"aunt" is no member', '"A"'],
  ],
  [
    "enrolling twice",
    {},
    [],
    { type: "enroll", at: day, memberId: "M" },
    { code: "already_enrolled", id: "A" },
    ['"A" is enrolled already'],
  ],
  [
    "enrolling what is closed",
    {},
    [{ type: "close", at: day, ...by }],
    { type: "enroll", at: day, memberId: "M" },
    { code: "already_enrolled", id: "A" },
    ['"A" is closed already'],
  ],
  [
    "anything on what is closed",
    {},
    [{ type: "close", at: day, ...by }],
    lotOf(5, day),
    { code: "account_closed", id: "A" },
    ['"A" is closed'],
  ],
  [
    "another command under a key that was used",
    {},
    [{ ...lotOf(5, day), key: "K" } as ShopCommand],
    { ...lotOf(6, day), key: "K" } as ShopCommand,
    { code: "idempotency_conflict", id: "K" },
    ['"K"', "a key of its own"],
  ],
]);
describe("refused before anything else is looked at", () => {
  test("a command to an account that was never enrolled, or is enrolled elsewhere", () => {
    const shop = openShop(programOf());
    shop.account = { ...shop.account, status: "new" };
    const never = shop.refusal(lotOf(5, day));
    expect(never).toMatchObject({ code: "not_enrolled", id: "A" });
    expect(never.message).toContain('"A" is not enrolled: send an enroll');
    const other = openShop(programOf());
    other.program = programOf({ id: "other" });
    const refusal = other.refusal(lotOf(5, day));
    expect(refusal).toMatchObject({ code: "other_program", id: "other" });
    expect(refusal.message).toContain('"A" is enrolled in "club"');
  });
});

describe("transfers and merges", () => {
  const pair = (change: Partial<LoyaltyProgram> = {}): readonly [Shop, Shop] => {
    const program = programOf(change);
    return [openShop(program, "A"), openShop(program, "B")];
  };
  const transfer = { key: "T", transferId: "T", at: day, points: 5 };

  test("whose other side refuses have not happened on either", () => {
    const [a, b] = pair();
    a.grant(lotOf(9, "2025-01-01"));
    b.grant({ type: "close", at: day, ...by });
    expect(transferPoints(a.program, a.account, b.account, transfer)).toMatchObject({
      ok: false,
      error: { code: "account_closed", id: "B" },
    });
  });

  test("that were booked on the sending side alone say what is missing", () => {
    const [a, b] = pair();
    a.grant(lotOf(9, "2025-01-01"));
    const sent = transferPoints(a.program, a.account, b.account, transfer);
    if (!sent.ok) throw new Error(sent.error.message);
    keep(a, sent.value.from);
    const again = () => transferPoints(a.program, a.account, b.account, transfer);
    expect(again).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        path: "to",
        message: expect.stringMatching(/"B".*"T".*in one transaction/),
      }),
    );
  });

  test.each([
    [{ reason: "" }, "merge.reason", '""'],
    [{ actor: 5 }, "merge.actor", "5"],
    [{ points: 5 }, "merge.points", '"points"'],
  ])("a merge with %j names the path and the value", (change, path, word) => {
    const [a, b] = pair();
    const merge = { key: "M", transferId: "M", at: day, ...by, ...change } as unknown;
    const merged = () =>
      mergeAccounts(a.program, b.account, a.account, merge as Parameters<typeof mergeAccounts>[3]);
    expect(merged).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path, message: expect.stringContaining(word) }),
    );
  });

  test("must be objects with a number of points", () => {
    const [a, b] = pair();
    const sent = (value: unknown) => () =>
      transferPoints(a.program, a.account, b.account, value as Parameters<typeof transferPoints>[3]);
    expect(sent(null)).toThrow(
      expect.objectContaining({ path: "transfer", message: expect.stringContaining("{ key, transferId") }),
    );
    expect(sent({ ...transfer, points: 0 })).toThrow(
      expect.objectContaining({ path: "transfer.points", message: expect.stringContaining("0") }),
    );
    expect(sent({ ...transfer, at: "soon" })).toThrow(expect.objectContaining({ path: "transfer.at" }));
  });
});
