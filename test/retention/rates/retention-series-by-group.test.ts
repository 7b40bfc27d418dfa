import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PeriodSpec } from "../../../src/core/period.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { retentionSeries } from "../../../src/retention/rates/retention-series.js";
import { retentionSeriesByGroup } from "../../../src/retention/rates/retention-series-by-group.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, ZONES } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const firstHalf = (id: string) => (id <= "E" ? "A-E" : "F-K");

describe("retentionSeriesByGroup", () => {
  it("gives the years of the reference log by group", () => {
    const series = retentionSeriesByGroup(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      groupBy: firstHalf,
    });
    // 2022: A B C E | F G buy, and A B | G in 2023; 2023: A B | G H I J buy, and A B | H I J in 2024.
    expect(
      series.map(({ current, groups }) => [
        current.label,
        ...groups.map(({ group, retained, base }) => [group, retained, base]),
      ]),
    ).toEqual([
      ["2023", ["A-E", 2, 4], ["F-K", 1, 2]],
      ["2024", ["A-E", 2, 2], ["F-K", 3, 4]],
    ]);
    // Sales of 2023 without what was given back: A 240, B 200.
    expect(series[1].groups[0].salesAdjusted.denominator).toBe(44_000);
  });

  it("financial years begin with firstMonth", () => {
    const financial = retentionSeriesByGroup(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      firstMonth: 4,
      groupBy: firstHalf,
    });
    // April 2022 to March 2023: A B C E | F G H I buy; of them A C | G H I in the year after.
    const [, point] = financial;
    expect(point.current.label).toBe("FY2024");
    expect(point.groups.map(({ retained, base }) => [retained, base])).toEqual([
      [2, 4],
      [3, 4],
    ]);
  });

  it("is empty with less than two complete periods", () => {
    const options = { by: "year", groupBy: firstHalf } as const;
    expect(retentionSeriesByGroup(referenceLog, { asOf: "2023-06-01", ...options })).toEqual([]);
    expect(
      retentionSeriesByGroup(transactionLog([], { currency: "IDR" }), { asOf: "2025-01-01", ...options }),
    ).toEqual([]);
  });

  it("each point is retentionByGroup of its two periods; without groups it is retentionSeries", () => {
    const spec = fc.constantFrom<PeriodSpec>("month", "quarter", "week", { days: 30, anchor: "2023-02-01" });
    const grouping = (id: string) => (id === "dewi" ? null : id.slice(0, 1) < "c" ? "ab" : "c");
    fc.assert(
      fc.property(
        plainLog(),
        spec,
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 1000 }),
        (plain, by, timeZone, days) => {
          const log = transactionLog(plain.rows, plain.options);
          const asOf = Date.UTC(2023, 0, 1) + days * 86_400_000;
          const series = retentionSeriesByGroup(log, { asOf, by, timeZone, groupBy: grouping });
          expect(series.map(({ groups, ...total }) => total)).toEqual(
            retentionSeries(log, { asOf, by, timeZone }),
          );
          for (const { previous, current, ...point } of series) {
            const {
              previous: _,
              current: __,
              ...single
            } = retentionByGroup(log, { asOf, timeZone, previous, current, groupBy: grouping });
            expect(point).toEqual(single);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("refuses what is no grouping and no period", () => {
    const options = { asOf: "2025-01-01", by: "year", groupBy: firstHalf } as const;
    const grouping = thrown(() =>
      retentionSeriesByGroup(referenceLog, { ...options, groupBy: "region" as never }),
    );
    expect([grouping.code, grouping.path]).toEqual(["INVALID_ARGUMENT", "options.groupBy"]);
    expect(grouping.message).toContain('"region"');
    const period = thrown(() => retentionSeriesByGroup(referenceLog, { ...options, by: "decade" as never }));
    expect(period.message).toContain("decade");
  });
});
