import { describe, expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import {
  type CompareCohortsOptions,
  compareCohorts,
} from "../../../src/retention/cohorts/compare-cohorts.js";
import { thrown } from "../../core/thrown.js";
import { monthlyCohorts } from "./cohort-logs.js";

// Newcombe (1998), Statistics in Medicine 17, Table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
const log = monthlyCohorts([
  [1, 70, 56],
  [2, 80, 48],
  [3, 5, 0],
]);
const groupBy = (customerId: string) => ({ "1": "members", "2": "others" })[customerId[0]] ?? null;
const table = cohortTable(log, { asOf: "2024-05-01", by: "month", groupBy });

describe("compareCohorts", () => {
  test("the published difference, interval and the z test", () => {
    const { group, baseline, differences } = compareCohorts(table, { group: "members", baseline: "others" });
    expect([group, baseline]).toEqual([table.groupCurves[0], table.groupCurves[1]]);
    const { label, from, to, difference, interval, pValue, reason } = differences[1];
    expect({ label, from, to, reason }).toEqual({ label: "1", from: 1, to: 2, reason: null });
    expect(difference).toBeCloseTo(0.2, 12);
    expect([interval?.lower.toFixed(4), interval?.upper.toFixed(4)]).toEqual(["0.0524", "0.3339"]);
    // z = 0.2 / sqrt(104/150 * 46/150 * (1/70 + 1/80)) = 2.6505..., two-sided.
    expect(pValue).toBeCloseTo(0.008, 4);
  });

  test("the other way round everything changes its sign, the p-value stays", () => {
    const [one, other] = [
      compareCohorts(table, { group: "members", baseline: "others" }).differences[1],
      compareCohorts(table, { group: "others", baseline: "members" }).differences[1],
    ];
    expect(other.difference).toBe(-(one.difference ?? 0));
    expect(other.interval?.lower).toBe(-(one.interval?.upper ?? 0));
    expect(other.interval?.upper).toBe(-(one.interval?.lower ?? 0));
    expect(other.pValue).toBe(one.pValue);
  });

  test("at age 0 nothing varies", () => {
    const { difference, pValue, reason } = compareCohorts(table, { group: "members", baseline: "others" })
      .differences[0];
    expect([difference, pValue]).toEqual([0, null]);
    expect(reason).toBe("pValue: all or none of both groups were counted, nothing varies");
  });

  test("an age that one of them has not reached", () => {
    const { differences } = compareCohorts(table, { group: "members", baseline: "others" });
    expect(differences.length).toBe(4);
    const { difference, interval, pValue, reason } = differences[3];
    expect([difference, interval, pValue]).toEqual([null, null, null]);
    expect(reason).toBe("baseline: customers in cohorts for which this age is over: 0");
  });

  test("customers in no group, cohorts fixed, the table's confidence level", () => {
    const { baseline, differences } = compareCohorts(table, {
      group: "others",
      baseline: null,
      observedThrough: 1,
    });
    expect(differences.map(({ label }) => label)).toEqual(["0", "1"]);
    expect(baseline.points[1].pooled).toEqual({ value: 0, numerator: 0, denominator: 5, reason: null });
    const sure = cohortTable(log, { asOf: "2024-05-01", by: "month", groupBy, confidenceLevel: 0.99 });
    const wide = compareCohorts(sure, { group: "others", baseline: null }).differences[1].interval;
    expect(wide?.confidenceLevel).toBe(0.99);
  });

  test.each<[object, string, string]>([
    [
      { group: "member", baseline: "others" },
      "options.group",
      '"member": pass one of "members", "others", null',
    ],
    [{ group: "members" }, "options.baseline", "undefined"],
    [{ group: "members", baseline: "members" }, "options.baseline", '"members"'],
    [{ group: "members", baseline: "others", observedThrough: -1 }, "options.observedThrough", "-1"],
  ])("refuses %j", (options, path, message) => {
    const error = thrown(() => compareCohorts(table, options as CompareCohortsOptions));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(message);
  });

  test("refuses a table without groups, and what is no table or no options", () => {
    const plain = cohortTable(log, { asOf: "2024-05-01", by: "month" });
    const options = { group: "members", baseline: "others" };
    expect(thrown(() => compareCohorts(plain, options)).message).toContain("without groups");
    for (const none of [null, 3, {}, { grouped: true }])
      expect(thrown(() => compareCohorts(none as never, options)).path).toBe("table");
    expect(thrown(() => compareCohorts(table, undefined as never)).path).toBe("options");
  });
});
