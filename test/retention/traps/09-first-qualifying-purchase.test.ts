import { describe, expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../../history/reference-log.js";
import { countsByCohort } from "../cohorts/cohort-logs.js";

describe("trap 9: the first event is not filtered", () => {
  const filled = (asOf: string, refundAttribution?: "purchase" | "transaction") =>
    Object.keys(countsByCohort(cohortTable(referenceLog, { asOf, by: "month", refundAttribution })));

  test("D's purchase of 2022-03 was wholly refunded: D starts in 2024-03, however refunds are attributed", () => {
    for (const attribution of ["purchase", "transaction"] as const) {
      expect(filled("2025-01-01", attribution)).not.toContain("2022-03");
      expect(filled("2025-01-01", attribution)).toContain("2024-03");
    }
  });

  test("as long as the refund was not known, D had started in 2022-03", () => {
    expect(filled("2022-04-01")).toContain("2022-03");
    expect(filled("2022-05-01")).not.toContain("2022-03");
  });

  test("with the customer's own start predicate: the first purchase that it accepts", () => {
    const table = cohortTable(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      startsWith: ({ amount }) => amount >= 250_00,
    });
    // At least 250 dollars: E 2022, B 2023 (250, of which 50 came back), I 2023, B again 2024; D's 300 were refunded.
    expect(countsByCohort(table)).toEqual({ "2022": "1 0 0", "2023": "2 2 -" });
  });
});
