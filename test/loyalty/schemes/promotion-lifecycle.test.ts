import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changePromotion, promotionStatusAt } from "../../../src/loyalty/schemes/promotion-lifecycle.js";
import { promotionSchema } from "../../../src/model/promotion.js";
import { type PromotionStatus, promotionStatuses } from "../../../src/model/promotion-status.js";
import { day, promotion } from "./promotion-setup.js";

test("as of an instant the decision of that very instant is not known yet", () => {
  const spring = promotion();
  const at = (n: number) => promotionStatusAt(spring, { asOf: day(n) });
  expect([at(0), at(1), at(1.5), at(10), at(10.5), at(99)]).toEqual([
    "draft",
    "draft",
    "planned",
    "planned",
    "running",
    "running",
  ]);
});

test("a day begins in the zone", () => {
  const history = [{ status: "planned" as const, at: Date.UTC(2025, 0, 9, 20) }];
  const status = (timeZone?: string) =>
    promotionStatusAt(promotion({ history }), { asOf: "2025-01-10", timeZone });
  expect([status(), status("Asia/Jakarta")]).toEqual(["planned", "draft"]);
  expect(() => status("Jakarta")).toThrow(expect.objectContaining({ code: "UNKNOWN_TIME_ZONE" }));
});

const draft = promotion({ history: [] });

test.each<[PromotionStatus[], PromotionStatus, number, string]>([
  [[], "running", 15, "transition"],
  [["planned"], "ended", 15, "transition"],
  [["planned", "running"], "draft", 20, "transition"],
  [["planned", "running", "ended"], "running", 20, "transition"],
  [["canceled"], "planned", 20, "transition"],
  [["planned"], "canceled", 0, "out_of_order"],
  [["planned"], "running", 9, "outside_window"],
  [["planned"], "running", 40, "outside_window"],
])("after %j, %s on day %d is refused: %s", (statuses, status, n, code) => {
  const history = statuses.map((one, i) => ({ status: one, at: day(i < 1 ? 1 : 10 + i) }));
  expect(changePromotion({ ...draft, history }, { status, at: day(n) })).toMatchObject({
    ok: false,
    error: { code },
  });
});

test("a plan says what is expected; it may be taken back, and a running promotion ended before its last day", () => {
  const vague = promotion({ history: [], expected: undefined });
  expect(changePromotion(vague, { status: "planned", at: day(1) })).toMatchObject({
    ok: false,
    error: { code: "nothing_expected" },
  });
  const steps = [
    { status: "planned", at: day(1) },
    { status: "draft", at: day(2), reason: "too dear" },
    { status: "planned", at: day(3) },
    { status: "running", at: day(39) },
    { status: "ended", at: day(39) },
  ] as const;
  const last = steps.reduce((one, step) => {
    const result = changePromotion(one, step);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  }, draft);
  expect(last.history).toEqual(steps);
  expect(draft.history).toEqual([]);
});

test("whatever is granted, the record's schema takes", () => {
  const change = fc.record({
    status: fc.constantFrom(...promotionStatuses),
    day: fc.integer({ min: 0, max: 70 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let one = draft;
      for (const { status, day: n } of changes) {
        const result = changePromotion(one, { status, at: day(n) });
        if (result.ok) one = result.value;
      }
      expect(promotionSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    }),
  );
});
