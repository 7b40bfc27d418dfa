import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import { evaluateKpis, type Kpi } from "../../src/core/kpi.js";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { kpiSchema } from "../../src/model/kpi.js";
import { parseRecords } from "../../src/model/parse-records.js";

function said(record: unknown): string[] {
  const { rejects } = parseRecords(kpiSchema, [record], { onInvalid: "collect" });
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}

describe("kpiSchema", () => {
  const full = {
    id: "churn",
    name: "Yearly churn",
    unit: "share",
    target: 0.05,
    direction: "decrease",
    tolerance: 0.01,
  };

  test("keeps a measure as it is, and makes up nothing", () => {
    expect(kpiSchema.parse(full)).toEqual(full);
    const least = { id: "churn", target: -1, direction: "increase" };
    expect(kpiSchema.parse(least)).toEqual(least);
    expectTypeOf<z.output<typeof kpiSchema>>().toExtend<Kpi>();
    expectTypeOf<Kpi>().toExtend<z.input<typeof kpiSchema>>();
  });

  test("takes what evaluateKpis takes, and refuses what it refuses", () => {
    const records: unknown[] = [
      full,
      { ...full, tolerance: 0 },
      { ...full, tolerance: -0.01 },
      { ...full, target: Number.NaN },
      { ...full, target: Number.POSITIVE_INFINITY },
      { ...full, target: "5" },
      { ...full, direction: "down" },
      { ...full, id: "" },
      { ...full, id: undefined },
      null,
    ];
    const isTaken = (record: unknown) => {
      try {
        evaluateKpis([record as Kpi], {});
        return true;
      } catch {
        return false;
      }
    };
    const bySchema = records.map((record) => kpiSchema.safeParse(record).success);
    expect(bySchema).toEqual([true, true, ...Array(8).fill(false)]);
    expect(records.map(isTaken)).toEqual(bySchema);
  });

  test("says what is wrong in the words of the library", () => {
    expect(said({ ...full, target: "5", tolerance: -1, goal: 3 })).toEqual([
      'row 1, target: "5" is not a number',
      "row 1, tolerance: -1 is below 0",
      "row 1, goal: 3 is not a known field",
    ]);
    expect(said({ id: "" })).toEqual([
      'row 1, id: "" is empty',
      "row 1, target: is missing",
      "row 1, direction: is missing",
    ]);
  });
});
