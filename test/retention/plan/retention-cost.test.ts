import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type RetentionCostBase,
  type RetentionCostRow,
  retentionCost,
} from "../../../src/retention/plan/retention-cost.js";
import { thrown } from "../../core/thrown.js";

const costs: RetentionCostRow[] = [
  { kind: "calls", amount: 30_000 },
  { kind: "program", amount: 500_000, purpose: "retention" },
  { kind: "calls", amount: 20_000, purpose: "winBack" },
  { kind: "discounts", amount: 50_000 },
];
const base: RetentionCostBase = { customers: 200, retained: 160, wonBack: 4, retainedRevenue: 11_600_000 };

describe("retentionCost", () => {
  it("sums by purpose and by kind", () => {
    const { total, retention, winBack, byKind } = retentionCost(costs, base);
    expect([total, retention, winBack]).toEqual([600_000, 580_000, 20_000]);
    expect(byKind.map(({ kind, amount, share }) => [kind, amount, share.value])).toEqual([
      ["program", 500_000, 5 / 6],
      ["calls", 50_000, 1 / 12],
      ["discounts", 50_000, 1 / 12],
    ]);
  });

  it("divides the cost of retention by customers and revenue, that of win-back by those won back", () => {
    const cost = retentionCost(costs, base);
    expect(cost.perRetained).toEqual({ value: 3625, numerator: 580_000, denominator: 160, reason: null });
    expect(cost.perCustomer.value).toBe(2900);
    expect(cost.perWinBack.value).toBe(5000);
    expect(cost.shareOfRetainedRevenue.value).toBe(0.05);
  });

  it("gives the retained revenue and profit for each unit of cost", () => {
    const cost = retentionCost(costs, { ...base, retainedProfit: 870_000 });
    expect(cost.retainedRevenuePerCost).toEqual({
      value: 20,
      numerator: 11_600_000,
      denominator: 580_000,
      reason: null,
    });
    expect(cost.retainedProfitPerCost.value).toBe(1.5);
    expect(retentionCost(costs, { ...base, retainedProfit: -580_000 }).retainedProfitPerCost.value).toBe(-1);
    expect(retentionCost(costs, base).retainedProfitPerCost).toEqual({
      value: null,
      numerator: 0,
      denominator: 580_000,
      reason: "profit of retained customers: not given",
    });
    expect(retentionCost([], base).retainedRevenuePerCost).toMatchObject({
      value: null,
      reason: "cost of retention: 0",
    });
    expect(thrown(() => retentionCost([], { ...base, retainedProfit: 0.5 })).path).toBe(
      "base.retainedProfit",
    );
  });

  it("sums many kinds in one pass: each row is read so often, however many kinds there are", () => {
    const reads = (kinds: number) => {
      let count = 0;
      const rows = Array.from({ length: kinds }, (_, i) => ({
        get kind() {
          count++;
          return `kind ${i}`;
        },
        amount: 1,
      }));
      expect(retentionCost(rows, base).byKind).toHaveLength(kinds);
      return count / kinds;
    };
    expect(reads(200)).toBe(reads(20));
  });

  it("says what was not given, and what is 0", () => {
    const none = retentionCost(costs, { customers: 0, retained: 0 });
    expect([none.perRetained.reason, none.perCustomer.reason]).toEqual([
      "retained customers: 0",
      "customers in the base: 0",
    ]);
    expect(none.perWinBack).toEqual({
      value: null,
      numerator: 20_000,
      denominator: 0,
      reason: "customers won back: not given",
    });
    expect(none.shareOfRetainedRevenue.reason).toBe("revenue of retained customers: not given");
    const zero = retentionCost([], { ...base, wonBack: 0, retainedRevenue: -5 });
    expect([zero.perWinBack.reason, zero.shareOfRetainedRevenue.reason]).toEqual([
      "customers won back: 0",
      "revenue of retained customers: -5",
    ]);
    expect([zero.total, zero.byKind, zero.perRetained.value]).toEqual([0, [], 0]);
  });
});

describe("retentionCost refuses", () => {
  it("bad rows, all at once", () => {
    const rows = [
      { kind: "", amount: 1 },
      { kind: "a", amount: -1 },
      { kind: "a", amount: 1.5, purpose: "acquisition" },
      null,
    ] as unknown as RetentionCostRow[];
    const { code, message } = thrown(() => retentionCost(rows, base));
    expect(code).toBe("INVALID_ROWS");
    expect(message.split("\n").slice(1)).toEqual([
      '  row 1, kind: "" is not text, or is empty',
      "  row 2, amount: -1 is below 0",
      "  row 3, amount: 1.5 is not a whole number of minor units",
      '  row 3, purpose: "acquisition" is not "retention" or "winBack"',
      "  row 4: null is not { kind, amount }",
    ]);
  });

  it("counts that cannot be", () => {
    const path = (counts: unknown) => thrown(() => retentionCost(costs, counts as RetentionCostBase)).path;
    expect(path({ customers: 10, retained: 11 })).toBe("base.retained");
    expect(path({ customers: -1, retained: 0 })).toBe("base.customers");
    expect(path({ ...base, wonBack: 0.5 })).toBe("base.wonBack");
    expect(path({ ...base, retainedRevenue: Number.NaN })).toBe("base.retainedRevenue");
    expect(path(null)).toBe("base");
    expect(thrown(() => retentionCost({} as [], base)).path).toBe("costs");
  });

  it("sums beyond exact integers", () => {
    const huge = { kind: "a", amount: Number.MAX_SAFE_INTEGER };
    expect(thrown(() => retentionCost([huge, huge], base)).code).toBe("UNSAFE_INTEGER");
  });
});

it("kinds and purposes each add up to the total, in any order", () => {
  const row = fc.record({
    kind: fc.constantFrom("a", "b", "c"),
    amount: fc.nat(1_000_000),
    purpose: fc.constantFrom("retention" as const, "winBack" as const, undefined),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const cost = retentionCost(rows, base);
      expect(cost.retention + cost.winBack).toBe(cost.total);
      expect(cost.byKind.reduce((sum, { amount }) => sum + amount, 0)).toBe(cost.total);
      expect(retentionCost([...rows].reverse(), base)).toEqual(cost);
    }),
  );
});
