import { describe, expect, it } from "vitest";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { lostReasons, winRate } from "../../../src/profitability/pipeline/win-rate.js";
import { thrown } from "../../core/thrown.js";
import { pipeline } from "./deals.js";

const deal = (id: string, fields: object = {}): OpportunityRow => ({
  id,
  amount: 100,
  stage: "lead",
  openedAt: "2024-01-10",
  ...fields,
});
const forecast = (deals: readonly OpportunityRow[], options = {}) =>
  pipelineForecast(deals, { pipeline, asOf: "2024-03-01", ...options });

describe("a probability", () => {
  it.each([["0.2"], [""], [true], [false], [[0.5]], [Number.NaN], [-0.1], [1.1]])(
    "is not %j",
    (probability) => {
      const error = thrown(() => forecast([deal("1"), deal("2", { probability })]));
      expect([error.code, error.path]).toEqual(["INVALID_ROWS", "opportunities[1].probability"]);
      expect(error.problems?.[0]).toMatchObject({
        row: 1,
        reason: "is not a number from 0 to 1",
        value: probability,
      });
    },
  );

  it("is refused by whoever reads opportunities, and in one that does not exist yet", () => {
    const later = deal("1", { probability: "0.2", openedAt: "2024-06-01" });
    expect(thrown(() => winRate([later], { asOf: "2024-03-01" })).path).toBe("opportunities[0].probability");
  });

  it("null, and none, are those of the stage", () => {
    // A lead of 100 at 0.1.
    expect(forecast([deal("1", { probability: null })]).open.weighted).toBe(10);
    expect(forecast([deal("1", { probability: undefined })]).open.weighted).toBe(10);
    expect(forecast([deal("1", { probability: 0 })]).open.weighted).toBe(0);
  });
});

describe("a currency", () => {
  it.each([[5], ["rupiah"], ["idr"], [""]])("is not %j", (currency) => {
    const error = thrown(() =>
      forecast([deal("1", { currency: "IDR" }), deal("2", { currency }), deal("3", { currency })]),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "opportunities[1].currency"]);
    expect(error.problems?.map(({ row, value }) => [row, value])).toEqual([
      [1, currency],
      [2, currency],
    ]);
  });
});

describe("a reason why a sale was lost", () => {
  it("may be the number that a CRM keeps: 5 is 5", () => {
    const lost = { outcome: "lost", closedAt: "2024-02-01" };
    const deals = [
      deal("1", { ...lost, lostReason: 5 }),
      deal("2", { ...lost, lostReason: "5" }),
      deal("3", { ...lost, amount: 300 }),
    ];
    const reasons = lostReasons(deals, { asOf: "2024-03-01" });
    expect(reasons.map(({ reason, opportunities }) => [reason, opportunities])).toEqual([
      [null, 1],
      ["5", 2],
    ]);
  });
});

describe("a date that stands for never", () => {
  const far = [deal("1", { expectedCloseAt: "2024-04-01" }), deal("2", { expectedCloseAt: "9999-12-31" })];

  it.each(["day", "week", "month", "quarter", "year"] as const)("is told with its row, by %s", (by) => {
    const error = thrown(() => forecast(far, { by }));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "opportunities[1].expectedCloseAt"]);
    expect(error.problems?.length).toBe(1);
    expect(error.message).toContain('"9999-12-31" is ');
  });

  it("by the row of the input, though rows before it do not exist yet", () => {
    const error = thrown(() => forecast([deal("0", { openedAt: "2024-06-01" }), ...far]));
    expect(error.path).toBe("opportunities[2].expectedCloseAt");
  });

  it("is nobody's concern in what is won, lost or in no known stage", () => {
    const won = deal("2", { expectedCloseAt: "9999-12-31", outcome: "won", closedAt: "2024-02-20" });
    expect(forecast([won]).periods.length).toBe(1);
    const unknown = deal("2", {
      expectedCloseAt: "9999-12-31",
      outcome: "won",
      closedAt: "2024-05-01",
      stage: "Won",
    });
    expect(forecast([unknown]).withoutStage.opportunities).toBe(1);
  });

  it("5,000 months are a forecast, 5,001 are not", () => {
    // March 2024 is the first; 416 years and 7 months later, October 2440, is the 5,000th.
    const last = forecast([deal("1", { expectedCloseAt: "2440-10-31" })]).periods;
    expect([last.length, last.at(-1)?.label, last.at(-1)?.opportunities]).toEqual([5000, "2440-10", 1]);
    const error = thrown(() => forecast([deal("1", { expectedCloseAt: "2440-11-01" })]));
    expect(error.message).toContain("is 5000 periods after asOf, and a forecast has at most 5000");
  });
});
