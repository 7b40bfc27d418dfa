import { describe, expect, it } from "vitest";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { referenceLog } from "../../history/reference-log.js";

describe("trap 16: a refund at or after asOf has not happened yet", () => {
  const windows = {
    previous: { start: "2021-04-01", end: "2022-04-01" },
    current: { start: "2022-04-01", end: "2023-04-01" },
  };

  it("D is in the base as of 2022-04-01, and not as of 2022-05-01", () => {
    const base = (asOf: string) =>
      retentionByGroup(referenceLog, { asOf, ...windows, groupBy: (id) => id })
        .groups.filter((group) => group.base === 1)
        .map(({ group }) => group);
    expect(base("2022-04-01")).toEqual(["A", "B", "C", "D"]);
    expect(base("2022-05-01")).toEqual(["A", "B", "C"]);
  });

  it("the instant of the refund itself is the first at which it is known", () => {
    const sales = (asOf: string) =>
      retentionRate(referenceLog, { asOf, ...windows }).salesAdjusted.denominator;
    // A 200, B 200, C 50 and, until T06 of 2022-04-02T12:00Z is known, D 300.
    expect(sales("2022-04-02T12:00:00Z")).toBe(75_000);
    expect(sales("2022-04-02T12:00:00.001Z")).toBe(45_000);
  });
});
