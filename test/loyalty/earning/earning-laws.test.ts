import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundingModes, roundQuotient } from "../../../src/core/rounding.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { earn, orderOf, pointsOf, programOf } from "./earning-setup.js";

const amounts = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 6 });
const factor = fc.integer({ min: 0, max: 50_000 }).map((tenThousandths) => tenThousandths / 10_000);
const mode = fc.constantFrom(...roundingModes);
const per = fc.constantFrom("order" as const, "line" as const);
const rule = fc.oneof(
  fc.record({
    points: fc.integer({ min: 1, max: 50 }),
    amount: fc.integer({ min: 1, max: 999 }),
    partial: fc.boolean(),
  }),
);

describe("laws of earning", () => {
  test("a rate times a factor is the exact product, rounded once (in BigInt, by another way)", () => {
    fc.assert(
      fc.property(amounts, rule, factor, mode, (lines, rate, times, rounding) => {
        const rules: EarnRule[] = [
          { id: "r", award: { per: "amount", ...rate, partial: true } },
          { id: "m", award: { per: "multiplier", factor: times } },
        ];
        const sum = lines.reduce((total, amount) => total + BigInt(amount), 0n);
        const numerator = sum * BigInt(rate.points) * BigInt(Math.round(times * 10_000));
        const expected = roundQuotient(numerator, BigInt(rate.amount) * 10_000n, rounding);
        expect(pointsOf(programOf(rules, { rounding }), orderOf(lines))).toBe(Number(expected));
      }),
    );
  });
  test("large amounts take the way of BigInt and give the same", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.integer({ min: 2, max: 1_000_000 }),
        factor,
        (amount, points, times) => {
          const rules: EarnRule[] = [
            { id: "r", award: { per: "amount", points, amount: 1_000_003, partial: true } },
            { id: "m", award: { per: "multiplier", factor: times } },
          ];
          const numerator = BigInt(amount) * BigInt(points) * BigInt(Math.round(times * 10_000));
          const expected = numerator / 10_000_030_000n;
          fc.pre(
            expected <= BigInt(Number.MAX_SAFE_INTEGER) &&
              (BigInt(amount) * BigInt(points)) / 1_000_003n <= BigInt(Number.MAX_SAFE_INTEGER),
          );
          expect(pointsOf(programOf(rules), orderOf([amount]))).toBe(Number(expected));
        },
      ),
    );
  });
  test("the points of the lines come to the lots, none below 0, and so do the rules of each lot", () => {
    fc.assert(
      fc.property(
        amounts,
        rule,
        factor,
        mode,
        per,
        fc.nat(200),
        (lines, rate, times, rounding, roundingPer, cap) => {
          const rules: EarnRule[] = [
            {
              id: "r",
              award: { per: "amount", ...rate },
              caps: [{ points: cap * 100, per: "order", binds: "afterMultiplier" }],
            },
            { id: "u", award: { per: "unit", points: 3 } },
            {
              id: "o",
              award: { per: "order", points: 11 },
              caps: [{ points: cap, per: "order", binds: "beforeMultiplier" }],
            },
            { id: "m", award: { per: "multiplier", factor: times }, when: { categories: ["odd"] } },
            {
              id: "n",
              award: { per: "multiplier", factor: 1.25 },
              caps: [{ points: cap, per: "order", binds: "beforeMultiplier" }],
            },
          ];
          const order = orderOf(
            lines.map((amount, i) => ({ amount, category: i % 2 === 1 ? "odd" : "even" })),
          );
          const earned = earn(programOf(rules, { rounding, roundingPer }), order);
          const ofLines = earned.lines.map(({ points }) => points.points ?? 0);
          const ofLots = earned.lots.reduce((sum, { points }) => sum + points, 0);
          expect(ofLines.every((points) => points >= 0)).toBe(true);
          expect(ofLines.reduce((sum, points) => sum + points, 0)).toBe(ofLots);
          expect(earned.qualifying.points.points ?? 0).toBe(ofLots);
          for (const lot of earned.lots) {
            expect((lot.rules ?? []).reduce((sum, { points }) => sum + points, 0)).toBe(lot.points);
          }
        },
      ),
    );
  });
  test("the order of the lines changes nothing of the whole", () => {
    fc.assert(
      fc.property(amounts, rule, factor, (lines, rate, times) => {
        const rules: EarnRule[] = [
          { id: "r", award: { per: "amount", ...rate } },
          { id: "m", award: { per: "multiplier", factor: times } },
        ];
        const program = programOf(rules);
        expect(pointsOf(program, orderOf([...lines].reverse()))).toBe(pointsOf(program, orderOf(lines)));
      }),
    );
  });
  test("a cap of a day is never passed, however an amount is cut into orders", () => {
    fc.assert(
      fc.property(amounts, fc.nat(500), factor, (lines, cap, times) => {
        const program = programOf([
          {
            id: "r",
            award: { per: "amount", points: 1, amount: 100 },
            caps: [{ points: cap, per: "day", binds: "afterMultiplier" }],
          },
          { id: "m", award: { per: "multiplier", factor: times } },
        ]);
        let counted = 0;
        let given = 0;
        for (const amount of lines) {
          const earned = earn(program, orderOf([amount]), { counted: (id) => (id === "r" ? counted : 0) });
          for (const { ruleId, points } of earned.counted) if (ruleId === "r") counted += points;
          given += earned.lots.reduce((sum, { points }) => sum + points, 0);
        }
        expect(given).toBe(counted);
        expect(given).toBeLessThanOrEqual(cap);
      }),
    );
  });
});
