import { describe, expect, test } from "vitest";
import { type CohortTableOptions, cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { thrown } from "../../core/thrown.js";
import { visits } from "./cohort-logs.js";

const MONTHLY = { asOf: "2024-05-01", by: "month" } as const;

describe("cohortTable refuses", () => {
  const log = visits({ ani: ["2000-01-10"], budi: ["2024-01-10"] });
  const refused = (options: object) => {
    const { code, path, message } = thrown(() =>
      cohortTable(log, { ...MONTHLY, ...options } as CohortTableOptions),
    );
    return [code, path, message];
  };

  test.each<[object, string, string]>([
    [{ rollingDays: 0 }, "options.rollingDays", "0"],
    [{ rollingDays: 1.5 }, "options.rollingDays", "1.5"],
    [{ maxAge: -1 }, "options.maxAge", "-1"],
    [{ mode: "bracket" }, "options.mode", '"bracket"'],
    [{ mode: null }, "options.mode", "null"],
    [{ mode: {} }, "options.mode.brackets", "undefined"],
    [{ mode: { brackets: [] } }, "options.mode.brackets", "an array of 0"],
    [{ mode: { brackets: [[0, 1], 3] } }, "options.mode.brackets[1]", "3"],
    [{ mode: { brackets: [[0, 1, 2]] } }, "options.mode.brackets[0]", "an array of 3"],
    [{ mode: { brackets: [[-1, 2]] } }, "options.mode.brackets[0][0]", "-1"],
    [{ mode: { brackets: [[0, 0.5]] } }, "options.mode.brackets[0][1]", "0.5"],
    [{ mode: { brackets: [[2, 2]] } }, "options.mode.brackets[0]", "[2, 2]"],
    [
      {
        mode: {
          brackets: [
            [0, 2],
            [0, 2],
          ],
        },
      },
      "options.mode.brackets[1]",
      "[0, 2]",
    ],
    [{ mode: { brackets: [[0, 2]] }, maxAge: 3 }, "options.maxAge", "3"],
    [{ startsWith: "trial" }, "options.startsWith", '"trial"'],
    [{ returnsWith: 7 }, "options.returnsWith", "7"],
    [{ startAt: {} }, "options.startAt", "an object"],
    [{ startAt: ["2024-01-01"] }, "options.startAt", "an array of 1"],
    [{ startAt: () => "soon" }, 'options.startAt("ani")', '"soon"'],
    [{ startAt: new Map([[7, "2024-01-01"]]) }, "options.startAt", "7"],
    [{ startAt: new Map([["ani", "soon"]]) }, 'options.startAt.get("ani")', '"soon"'],
    [{ startAt: new Map(), startsWith: () => true }, "options.startsWith", "options.startAt"],
    [{ cohorts: "2024" }, "options.cohorts", '"2024"'],
    [{ cohorts: { start: "2024-02-01", end: "2024-01-01" } }, "options.cohorts", "2024-02-01"],
    [{ groupBy: "segment" }, "options.groupBy", '"segment"'],
    [{ confidenceLevel: 95 }, "options.confidenceLevel", "95"],
    [{ weekStartsOn: 7, by: "week" }, "options.weekStartsOn", "7"],
    [{ by: "fortnight" }, "options.by", '"fortnight"'],
    [{ by: undefined }, "options.by", "undefined"],
    // 8,782 days, each a cohort, by as many ages.
    [{ by: "day", asOf: "2024-02-01" }, "options", "cells, more than 5000000"],
    [{ maxAge: 100_000 }, "options", "cells, more than 5000000"],
    [{ maxAge: 1e9 }, "options.maxAge", "1000000000"],
  ])("%j", (options, path, shownValue) => {
    const [code, at, message] = refused(options);
    expect([code, at]).toEqual(["INVALID_ARGUMENT", path]);
    expect(message).toContain(shownValue);
  });

  test("what is no log, no options, no zone", () => {
    expect(thrown(() => cohortTable([] as never, MONTHLY)).path).toBe("log");
    expect(thrown(() => cohortTable(log, undefined as never)).path).toBe("options");
    expect(thrown(() => cohortTable(log, { ...MONTHLY, timeZone: "Jakarta" })).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
  });

  test("a table that is too large has a way out: a maxAge", () => {
    const { cohorts, ages } = cohortTable(log, { asOf: "2024-02-01", by: "day", maxAge: 7 });
    expect([cohorts.length, ages.length]).toEqual([8767, 8]);
  });
});
