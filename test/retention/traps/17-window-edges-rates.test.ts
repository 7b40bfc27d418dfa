import { describe, expect, it } from "vitest";
import { windowBefore } from "../../../src/core/duration.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { referenceLog } from "../../history/reference-log.js";

describe("trap 17: windows are half-open, [start, end)", () => {
  it("T15 of 2023-02-28 is in the year before 2024-02-29, and not in the year before 2024-03-01", () => {
    const base = (asOf: string) =>
      retentionByGroup(referenceLog, {
        asOf: "2025-03-01",
        previous: windowBefore(asOf, { months: 12 }),
        current: { start: asOf, end: "2025-03-01" },
        groupBy: (id) => id,
      })
        .groups.filter((group) => group.base === 1)
        .map(({ group }) => group)
        .join("");
    expect(base("2024-02-29")).toBe("ABGHIJ");
    expect(base("2024-03-01")).toBe("ACGHIJK");
  });

  const months = [
    { start: "2024-02-01", end: "2024-03-01" },
    { start: "2024-03-01", end: "2024-04-01" },
  ];
  const inEach = (contract: { startAt: string; endAt?: string }) =>
    months.map((window) => {
      const { activeAtStart, started, churned, activeAtEnd } = churnRate([{ customerId: "a", ...contract }], {
        asOf: "2024-05-01",
        window,
      });
      return [activeAtStart, started, churned, activeAtEnd];
    });

  it("a contract that starts at an edge starts in the window that begins there", () => {
    expect(inEach({ startAt: "2024-03-01" })).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0, 1],
    ]);
    expect(inEach({ startAt: "2024-02-29T23:59:59.999Z" })).toEqual([
      [0, 1, 0, 1],
      [1, 0, 0, 1],
    ]);
  });

  it("a contract that ends at an edge churns in the window that begins there", () => {
    expect(inEach({ startAt: "2023-01-01", endAt: "2024-03-01" })).toEqual([
      [1, 0, 0, 1],
      [1, 0, 1, 0],
    ]);
    expect(inEach({ startAt: "2023-01-01", endAt: "2024-02-29T23:59:59.999Z" })).toEqual([
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });
});
