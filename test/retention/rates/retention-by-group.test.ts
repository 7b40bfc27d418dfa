import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type RetentionByGroupOptions,
  retentionByGroup,
} from "../../../src/retention/rates/retention-by-group.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { thrown } from "../../core/thrown.js";
import { plainLog } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const year = (y: number) => ({ start: `${y}-01-01`, end: `${y + 1}-01-01` });
const regions = new Map([
  ["A", "west"],
  ["C", "west"],
  ["E", "west"],
  ["B", "east"],
  ["F", "east"],
]);
const pair = (y: number, rest: Partial<RetentionByGroupOptions> = {}): RetentionByGroupOptions => ({
  asOf: "2025-01-01",
  previous: year(y),
  current: year(y + 1),
  groupBy: regions,
  ...rest,
});

const WAYS = ["raw", "salesAdjusted", "profitAdjusted"] as const;

describe("retentionByGroup on the reference log", () => {
  it("counts and weighs the groups of 2022 to 2023", () => {
    // Sales and profit of 2022: A 300/120, B 400/160, C 100/40, E 400/-100, F 60/20, G 300/120; A, B and G buy in 2023.
    const { groups } = retentionByGroup(referenceLog, pair(2022));
    const parts = groups.map(({ group, raw, salesAdjusted, profitAdjusted }) => [
      group,
      ...[raw, salesAdjusted, profitAdjusted].map(({ numerator, denominator }) => [numerator, denominator]),
    ]);
    expect(parts).toEqual([
      ["east", [1, 2], [40_000, 46_000], [16_000, 18_000]],
      ["west", [1, 3], [30_000, 80_000], [12_000, 6_000]],
      [null, [1, 1], [30_000, 30_000], [12_000, 12_000]],
    ]);
    // R: prop.test(1, 2, correct = FALSE)$conf.int, to twelve decimals.
    expect(groups[0].rawInterval?.lower).toBeCloseTo(0.0945312057342307, 12);
    expect(groups[0].rawInterval?.upper).toBeCloseTo(0.9054687942657692, 12);
    expect(groups[1].defection.raw).toEqual({ value: 2 / 3, numerator: 2, denominator: 3, reason: null });
  });

  it("is retentionRate beside its groups", () => {
    const { groups, ...total } = retentionByGroup(referenceLog, pair(2023));
    expect(total).toEqual(retentionRate(referenceLog, pair(2023)));
    expect(groups.length).toBe(3);
  });

  it("shows a group without a base, with a reason; no group of customers who are not known yet", () => {
    const byId = (asOf: string) =>
      retentionByGroup(referenceLog, pair(2022, { asOf, groupBy: (id) => id })).groups;
    const h = byId("2025-01-01").find(({ group }) => group === "H");
    expect(h?.raw).toEqual({ value: null, numerator: 0, denominator: 0, reason: "customers in the base: 0" });
    // J buys for the first time at the end of 2023, K and D (again) in 2024.
    expect(byId("2023-12-31").map(({ group }) => group)).toEqual([..."ABCDEFGHI"]);
  });

  it("a window that is not over gives no rate to any group", () => {
    const { groups } = retentionByGroup(referenceLog, pair(2023, { asOf: "2024-07-01" }));
    for (const group of groups) {
      expect([group.raw.value, group.rawInterval]).toEqual([null, null]);
      expect(group.raw.reason).toContain("after asOf 2024-07-01");
    }
  });

  it("of a log without customers, or without costs, says so", () => {
    const empty = retentionByGroup(transactionLog([], { currency: "IDR" }), pair(2023));
    expect([empty.groups, empty.base, empty.raw.value]).toEqual([[], 0, null]);
    const log = transactionLog([{ customerId: "a", at: "2023-05-01", amount: 5 }], { currency: "IDR" });
    const [group] = retentionByGroup(log, pair(2023)).groups;
    expect(group.profitAdjusted.reason).toBe("the log has no costs");
  });

  it("refuses what is no grouping, and what retentionRate refuses", () => {
    const plain = thrown(() =>
      retentionByGroup(referenceLog, pair(2022, { groupBy: { A: "west" } as never })),
    );
    expect([plain.code, plain.path]).toEqual(["INVALID_ARGUMENT", "options.groupBy"]);
    const number = thrown(() => retentionByGroup(referenceLog, pair(2022, { groupBy: (() => 5) as never })));
    expect(number.message).toContain('gives 5 for customer "A"');
    const windows = thrown(() => retentionByGroup(referenceLog, { ...pair(2022), current: year(2021) }));
    expect([windows.code, windows.path]).toEqual(["INVALID_ARGUMENT", "options.current"]);
    expect(thrown(() => retentionByGroup({} as never, pair(2022))).code).toBe("INVALID_ARGUMENT");
  });
});

describe("laws of retentionByGroup", () => {
  const window = fc
    .uniqueArray(fc.integer({ min: 0, max: 450 }), { minLength: 3, maxLength: 3 })
    .map((days) => [...days].sort((a, b) => a - b).map((n) => Date.UTC(2023, 0, 1) + n * 86_400_000));
  const grouping = fc.record({
    ani: fc.constantFrom("x", "y", null),
    budi: fc.constantFrom("x", "y", null),
    citra: fc.constantFrom("x", "y", null),
  });
  const attribution = fc.constantFrom("purchase" as const, "transaction" as const);

  it("counts and sums of the groups add up to the total; each is retentionRate of its customers alone", () => {
    fc.assert(
      fc.property(plainLog(), window, grouping, attribution, (plain, [a, b, c], names, refundAttribution) => {
        const groupOf = (id: string) => (names as Record<string, string | null>)[id] ?? null;
        const options = {
          asOf: c,
          previous: { start: a, end: b },
          current: { start: b, end: c },
          refundAttribution,
        };
        const log = transactionLog(plain.rows, plain.options);
        const { groups, ...total } = retentionByGroup(log, { ...options, groupBy: groupOf });
        expect(total).toEqual(retentionRate(log, options));
        for (const way of WAYS) {
          for (const part of ["numerator", "denominator"] as const) {
            expect(groups.reduce((sum, group) => sum + group[way][part], 0)).toBe(total[way][part]);
            expect(groups.reduce((sum, group) => sum + group.defection[way][part], 0)).toBe(
              total.defection[way][part],
            );
          }
        }
        for (const { group, ...shares } of groups) {
          const own = plain.rows.filter(({ customerId }) => groupOf(customerId) === group);
          const { previous, current, asOf, timeZone, currency, ...alone } = retentionRate(
            transactionLog(own, plain.options),
            options,
          );
          expect(shares).toEqual(alone);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("what lies at asOf or later changes nothing, not even the list of groups", () => {
    fc.assert(
      fc.property(plainLog(), window, (plain, [a, b, c]) => {
        const options = {
          asOf: c,
          previous: { start: a, end: b },
          current: { start: b, end: c },
          groupBy: (id: string) => id,
        };
        const known = plain.rows.filter(({ at }) => at < c);
        // Optional columns are those of all rows: with none left, a log has none.
        fc.pre(known.length > 0);
        expect(retentionByGroup(transactionLog(known, plain.options), options)).toEqual(
          retentionByGroup(transactionLog(plain.rows, plain.options), options),
        );
      }),
    );
  });

  it("sums are exact where the groups pass through more than 2^53 - 1", () => {
    const big = Number.MAX_SAFE_INTEGER;
    const rows = [
      { customerId: "a", at: "2023-03-01", amount: big },
      { customerId: "b", at: "2023-03-01", amount: big - 1 },
      { customerId: "r", at: "2023-03-01", amount: 1 },
      { customerId: "r", at: "2023-03-02", amount: -big, type: "refund" as const },
    ];
    const log = transactionLog(rows, { currency: "IDR", unlinkedRefunds: "accept" });
    const result = retentionByGroup(log, pair(2023, { groupBy: (id) => id }));
    expect(result.salesAdjusted.denominator).toBe(big);
    expect(result.groups.map(({ salesAdjusted }) => salesAdjusted.denominator)).toEqual([
      big,
      big - 1,
      1 - big,
    ]);
    // And where a single group does.
    const one = retentionByGroup(log, pair(2023, { groupBy: () => "all" }));
    expect([one.groups[0].salesAdjusted.denominator, one.salesAdjusted.denominator]).toEqual([big, big]);
  });
});
