import { describe, expect, test } from "vitest";
import { decideLoyalty } from "../../src/loyalty/ledger/decide-loyalty.js";
import { foldLoyalty } from "../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import { defineProgram, parseLoyaltyCommand } from "../../src/loyalty/parse-loyalty.js";
import type { LoyaltyProgramDraft } from "../../src/loyalty/program/program-draft.js";
import { thrown } from "../core/thrown.js";
import { openShop, programOf } from "./ledger/shop.js";

// What a caller reads who made a mistake: the place, the value and the way out.

const draft: LoyaltyProgramDraft = {
  id: "club",
  currency: "EUR",
  pointTypes: [{ id: "points", kind: "spendable" }],
};

describe("a programme", () => {
  test("a field that it does not have is told by its name, not by what it holds", () => {
    const error = thrown(() => defineProgram({ ...draft, earnRulez: [] } as never));
    expect(error.path).toBe("program.earnRulez");
    expect(error.message).toContain("program.earnRulez is not a known field: leave it out");
    expect(error.message).not.toContain("an array");
    const command = { type: "expire", key: "k", at: 0, nickname: "x" };
    expect(thrown(() => parseLoyaltyCommand(command)).message).toContain(
      "command.nickname is not a known field",
    );
  });
  test("hours that begin and end at one time: the time is named", () => {
    const hours = { from: "10:00", until: "10:00" };
    const rule = { id: "r", award: { per: "order", points: 1 }, when: { hours } } as const;
    const error = thrown(() => defineProgram({ ...draft, earnRules: [rule] }));
    expect(error.path).toBe("program.earnRules[0].when.hours.until");
    expect(error.message).toContain('"10:00" is the same time as from: leave hours out for the whole day');
  });
  test.each<[number, number | undefined, number | null]>([
    [7, 5, 10],
    [3, 5, 5],
    [10, 5, null],
    [7, undefined, null],
  ])("fewest points of %d in steps of %s", (minimumPoints, step, least) => {
    const redemption = { points: 1, amount: 1, minimumPoints, ...(step === undefined ? {} : { step }) };
    if (least === null) {
      expect(defineProgram({ ...draft, redemption }).redemption).toEqual(redemption);
      return;
    }
    const error = thrown(() => defineProgram({ ...draft, redemption }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "program.redemption.minimumPoints"]);
    expect(error.message).toContain(
      `${minimumPoints} is no multiple of step, 5: the fewest that can be spent are ${least}`,
    );
  });
});

describe("a command and an event", () => {
  test("points of no type, where none is spendable", () => {
    const shop = openShop(programOf({ pointTypes: [{ id: "status", kind: "qualifying" }], earnRules: [] }));
    const adjust = { type: "adjust", at: "2025-01-01", points: 5, reason: "r", actor: "a" } as const;
    const refusal = shop.refusal(adjust);
    expect(refusal.code).toBe("unknown_point_type");
    expect(refusal.message).toBe(
      'program "club" has no spendable points, which are meant where no pointType is named',
    );
    expect(shop.refusal({ ...adjust, pointType: "miles" }).message).toBe(
      'program "club" has no points of type "miles"',
    );
    expect(shop.grant({ ...adjust, pointType: "status" }).outcome.points).toEqual({ status: 5 });
  });
  test("a birthday after the day of joining, by the programme's zone", () => {
    const program = programOf({ timeZone: "Asia/Jakarta" });
    // 18:00 in London is 1 February in Jakarta.
    const at = "2025-01-31T18:00:00Z";
    const enroll = (birthday: string) =>
      decideLoyalty(program, emptyLoyaltyAccount("A"), {
        type: "enroll",
        key: "k",
        at,
        memberId: "M",
        birthday,
      });
    expect(enroll("2025-02-01").ok).toBe(true);
    const error = thrown(() => enroll("2025-02-02"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "command.birthday"]);
    expect(error.message).toContain('"2025-02-02"');
  });
  test("half a point in an event is no question of 2^53", () => {
    const { events } = openShop(programOf());
    const [enrolled] = events;
    const half = {
      ...enrolled,
      seq: 2,
      type: "adjusted",
      postings: [
        { account: "adjusted", pointType: "points", points: -10.5 },
        { account: "available", pointType: "points", points: 10.5 },
      ],
    };
    const error = thrown(() => foldLoyalty([enrolled, half as never]));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "event.postings"]);
    expect(error.message).toBe('event.postings has -10.5 points for "adjusted": points are whole numbers');
  });
});
