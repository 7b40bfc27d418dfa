import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { opportunitySchema } from "../../../src/model/opportunity.js";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { hubSpotPipeline, salesforcePipeline } from "../../../src/profitability/pipeline/sales-pipeline.js";
import { anyDeals, DAY, day, pipeline } from "./deals.js";

const deal = (id: string, fields: Partial<OpportunityRow> = {}): OpportunityRow => ({
  id,
  amount: 1000,
  stage: "proposal",
  openedAt: "2024-01-10",
  expectedCloseAt: "2024-03-20",
  ...fields,
});
const forecast = (deals: readonly OpportunityRow[], options = {}) =>
  pipelineForecast(deals, { pipeline, asOf: "2024-03-01", ...options });

describe("where opportunities count", () => {
  it("sorts them by month of the expected close, overdue and undated apart", () => {
    const result = forecast([
      deal("1"),
      deal("2", { expectedCloseAt: "2024-05-01", stage: "lead" }),
      deal("3", { expectedCloseAt: "2024-02-29" }),
      deal("4", { expectedCloseAt: undefined }),
    ]);
    expect(result.periods.map(({ label, weighted }) => [label, weighted])).toEqual([
      ["2024-03", 500],
      ["2024-04", 0],
      ["2024-05", 100],
    ]);
    expect([result.overdue.weighted, result.unscheduled.weighted]).toEqual([500, 500]);
    expect(result.open).toMatchObject({ opportunities: 4, amount: 4000, weighted: 1600 });
    expect(result.stages.map(({ opportunities, amount }) => [opportunities, amount])).toEqual([
      [1, 1000],
      [3, 3000],
      [0, 0],
    ]);
  });

  it("what is expected today is not late, in the zone of the call", () => {
    // 01:00 on 1 March in Jakarta; the deal is due at 00:00 of that day there.
    const asOf = "2024-02-29T18:00:00Z";
    const due = deal("1", { expectedCloseAt: "2024-02-29T17:00:00Z" });
    expect(forecast([due], { asOf, timeZone: "Asia/Jakarta" }).overdue.opportunities).toBe(0);
    expect(forecast([due], { asOf, timeZone: "Asia/Jakarta" }).periods[0]).toMatchObject({
      label: "2024-03",
      opportunities: 1,
    });
    const yesterday = deal("1", { expectedCloseAt: "2024-02-29T16:59:59Z" });
    expect(forecast([yesterday], { asOf, timeZone: "Asia/Jakarta" }).overdue.opportunities).toBe(1);
  });

  it("what was closed later is open, in the stage and with the probability of then", () => {
    const stageHistory = [
      { stage: "lead", at: "2024-01-10" },
      { stage: "negotiation", at: "2024-03-05" },
      { stage: "Won", at: "2024-03-10" },
    ];
    const won = deal("1", {
      stage: "Won",
      probability: 1,
      stageHistory,
      closedAt: "2024-03-10",
      outcome: "won",
    });
    expect(forecast([won]).open).toMatchObject({ opportunities: 1, weighted: 100 });
    expect(forecast([won], { asOf: "2024-03-06" }).open.weighted).toBe(800);
    const later = forecast([won], { asOf: "2024-03-31" });
    expect(later.open.opportunities).toBe(0);
    expect(later.periods[0]).toMatchObject({ won: 1000, weighted: 0, expected: 1000 });
  });

  it("closed at asOf itself is still open; opened at asOf does not exist", () => {
    const closing = deal("1", { closedAt: "2024-03-01", outcome: "lost" });
    expect(forecast([closing]).open.opportunities).toBe(1);
    expect(forecast([deal("1", { openedAt: "2024-03-01" })]).open.opportunities).toBe(0);
  });

  it("takes the record's own probability, but not one written after asOf", () => {
    expect(forecast([deal("1", { probability: 0.3 })]).open.weighted).toBeCloseTo(300, 9);
    const moved = deal("1", {
      stage: "negotiation",
      probability: 0.99,
      stageHistory: [
        { stage: "lead", at: "2024-01-10" },
        { stage: "negotiation", at: "2024-04-01" },
      ],
    });
    expect(forecast([moved]).open.weighted).toBe(100);
  });

  it("says how many have no known stage", () => {
    const closed = deal("1", { stage: "Won", closedAt: "2024-03-10", outcome: "won" });
    expect(forecast([closed])).toMatchObject({
      withoutStage: { opportunities: 1, amount: 1000 },
      open: { opportunities: 0 },
    });
  });

  it("adds up categories, the most certain first", () => {
    const [march] = forecast([
      deal("1"),
      deal("2", { stage: "negotiation", amount: 300 }),
      deal("3", { stage: "lead", amount: 50 }),
    ]).periods;
    expect(march.categories).toEqual([
      { category: "commit", opportunities: 1, amount: 300, weighted: 240, cumulative: 300 },
      { category: "bestCase", opportunities: 1, amount: 1000, weighted: 500, cumulative: 1300 },
      { category: "pipeline", opportunities: 1, amount: 50, weighted: 5, cumulative: 1350 },
    ]);
  });
});

describe("how sure it is", () => {
  // Three deals, all eight outcomes: the distribution by hand.
  const amounts = [100, 200, 400];
  const chances = [0.5, 0.1, 0.8];
  const three = amounts.map((amount, i) => deal(`${i}`, { amount, probability: chances[i] }));
  const outcomes = Array.from({ length: 8 }, (_, mask) => {
    let [sum, chance] = [0, 1];
    for (let i = 0; i < 3; i++) {
      const isWon = ((mask >> i) & 1) === 1;
      if (isWon) sum += amounts[i];
      chance *= isWon ? chances[i] : 1 - chances[i];
    }
    return { sum, chance };
  });
  const mean = outcomes.reduce((total, { sum, chance }) => total + sum * chance, 0);
  const variance = outcomes.reduce((total, { sum, chance }) => total + (sum - mean) ** 2 * chance, 0);

  it("has the mean and standard deviation of all outcomes enumerated", () => {
    const { open } = forecast(three);
    // Rounding alone.
    expect(open.weighted).toBeCloseTo(mean, 9);
    expect(open.standardDeviation).toBeCloseTo(Math.sqrt(variance), 9);
  });

  it("normal limits are mean ± 1.959964 deviations, inside what is possible", () => {
    const { interval } = forecast(three).open;
    expect(interval.lower).toBeCloseTo(Math.max(0, mean - 1.959964 * Math.sqrt(variance)), 3);
    expect(interval.upper).toBeCloseTo(Math.min(700, mean + 1.959964 * Math.sqrt(variance)), 3);
  });

  it("simulated limits are quantiles of the enumerated distribution", () => {
    const ordered = [...outcomes].sort((a, b) => a.sum - b.sum);
    const quantileOf = (share: number): number => {
      let below = 0;
      for (const { sum, chance } of ordered) {
        below += chance;
        if (below >= share) return sum;
      }
      return 700;
    };
    // At 0.7 the cumulative shares nearest to 0.15 and 0.85 (0.18, 0.9) are 0.03 away, ten standard errors of 20,000 draws.
    const { open } = forecast(three, { seed: 5, simulations: 20_000, confidenceLevel: 0.7 });
    expect([open.interval.lower, open.interval.upper]).toEqual([quantileOf(0.15), quantileOf(0.85)]);
    expect(forecast(three, { seed: 5 }).intervalMethod).toBe("simulation");
  });

  it("the same seed draws the same, whatever the order of the rows", () => {
    const one = forecast(three, { seed: 9 });
    expect(forecast(three, { seed: 9 })).toEqual(one);
    expect(forecast([...three].reverse(), { seed: 9 }).periods[0].interval).toEqual(one.periods[0].interval);
  });

  it("certain deals have no spread", () => {
    const { open } = forecast([deal("1", { probability: 1 }), deal("2", { probability: 0 })], { seed: 1 });
    expect(open).toMatchObject({
      weighted: 1000,
      standardDeviation: 0,
      interval: { lower: 1000, upper: 1000 },
    });
  });
});

test("any pipeline: every open deal counts once, amounts add up, limits hold the range", () => {
  fc.assert(
    fc.property(anyDeals, fc.integer({ min: 1, max: 220 }), (deals, at) => {
      const asOf = day(at);
      const result = pipelineForecast(deals, { pipeline, asOf });
      const open = deals.filter(
        ({ openedAt, closedAt }) => Number(openedAt) < asOf && !(Number(closedAt ?? Number.NaN) < asOf),
      );
      const parts = [...result.periods, result.overdue, result.unscheduled];
      const sum = (field: "opportunities" | "amount") =>
        parts.reduce((total, part) => total + part[field], 0);
      expect(sum("opportunities") + result.withoutStage.opportunities).toBe(open.length);
      expect(sum("amount")).toBe(open.reduce((total, { amount }) => total + amount, 0));
      expect(result.stages.reduce((total, { amount }) => total + amount, 0)).toBe(result.open.amount);
      for (const { amount, weighted, interval } of parts) {
        expect(weighted).toBeLessThanOrEqual(amount);
        expect(interval.lower).toBeGreaterThanOrEqual(0);
        expect(interval.upper).toBeLessThanOrEqual(amount);
      }
    }),
  );
});

test("any pipeline: what happens at asOf or later changes nothing that a history tells", () => {
  fc.assert(
    fc.property(anyDeals, fc.integer({ min: 1, max: 220 }), (deals, at) => {
      const asOf = day(at);
      // The records as they were: later stages, closings and openings cut off by hand.
      const then = deals
        .filter(({ openedAt }) => Number(openedAt) < asOf)
        .map(({ closedAt, outcome, lostReason, stageHistory = [], ...rest }) => {
          const known = stageHistory.filter((entry) => Number(entry.at) < asOf);
          const isClosed = Number(closedAt ?? Number.NaN) < asOf;
          return {
            ...rest,
            stageHistory: known,
            stage: known.at(-1)?.stage ?? rest.stage,
            ...(isClosed ? { closedAt, outcome, lostReason } : {}),
          };
        });
      expect(pipelineForecast(then, { pipeline, asOf })).toEqual(pipelineForecast(deals, { pipeline, asOf }));
    }),
  );
});

describe("bad input", () => {
  it.each<[string, Partial<OpportunityRow>, string, RegExp]>([
    ["amount", { amount: 10.5 }, "opportunities[0].amount", /10\.5 is not a whole number of minor units/],
    ["amount below 0", { amount: -1 }, "opportunities[0].amount", /-1 is below 0/],
    ["stage", { stage: "demo" }, "opportunities[0].stage", /"demo" is not a stage of the pipeline/],
    ["openedAt", { openedAt: "soon" }, "opportunities[0].openedAt", /"soon" is no instant/],
    [
      "closedAt",
      { closedAt: "2023-01-01", outcome: "won" },
      "opportunities[0].closedAt",
      /is before openedAt/,
    ],
    [
      "outcome alone",
      { outcome: "won" },
      "opportunities[0].closedAt",
      /is missing although there is an outcome/,
    ],
    [
      "closedAt alone",
      { closedAt: "2024-02-01" },
      "opportunities[0].outcome",
      /is missing although closedAt/,
    ],
    ["probability", { probability: 40 }, "opportunities[0].probability", /40 is not a number from 0 to 1/],
    ["closed stage", { stage: "Won" }, "opportunities[0].stage", /closedAt is missing/],
    [
      "history backwards",
      {
        stageHistory: [
          { stage: "lead", at: "2024-02-01" },
          { stage: "proposal", at: "2024-01-20" },
        ],
      },
      "opportunities[0].stageHistory[1].at",
      /"2024-01-20" is before the stage above it/,
    ],
    [
      "stage beside the history",
      { stageHistory: [{ stage: "lead", at: "2024-02-01" }] },
      "opportunities[0].stage",
      /"proposal" is not the last stage/,
    ],
  ])("%s", (_, fields, path, message) => {
    const run = () => forecast([deal("1", fields)]);
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ROWS", path }));
    expect(run).toThrow(message);
  });

  it("two of one id, two currencies, no pipeline", () => {
    expect(() => forecast([deal("1"), deal("1")])).toThrow(/row 2, id: "1" comes a second time/);
    expect(() => forecast([deal("1", { currency: "IDR" }), deal("2", { currency: "USD" })])).toThrow(
      expect.objectContaining({ code: "CURRENCY_MISMATCH" }),
    );
    expect(() => forecast([], { pipeline: undefined })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.pipeline" }),
    );
    expect(() => forecast([], { pipeline: { stages: [{ name: "a", probability: 50 }] } })).toThrow(
      /options\.pipeline\.stages\[0\]\.probability is 50/,
    );
    expect(() => forecast([], { simulations: 500 })).toThrow(/without a seed/);
  });

  it("amounts whose sum is not exact", () => {
    const huge = [deal("1", { amount: 2 ** 53 - 1 }), deal("2")];
    expect(() => forecast(huge)).toThrow(expect.objectContaining({ code: "UNSAFE_INTEGER" }));
  });
});

test("a period of n days", () => {
  const result = pipelineForecast([deal("1", { openedAt: day(0), expectedCloseAt: day(25) + DAY / 2 })], {
    pipeline,
    asOf: day(10),
    by: { days: 10, anchor: "2024-01-01" },
  });
  expect(result.periods.map(({ opportunities }) => opportunities)).toEqual([0, 1]);
});

test("a parsed record is read as it is, with the stages that a CRM starts with", () => {
  const record = opportunitySchema.parse({
    id: "O-1",
    accountId: "A-1",
    amount: 1000,
    currency: "IDR",
    stage: "Value Proposition",
    openedAt: "2024-01-10T00:00:00Z",
  });
  const result = pipelineForecast([record], { pipeline: salesforcePipeline, asOf: "2024-03-01" });
  expect(result).toMatchObject({ currency: "IDR", unscheduled: { weighted: 500 } });
  const other = { ...record, stage: "contractsent" };
  expect(pipelineForecast([other], { pipeline: hubSpotPipeline, asOf: "2024-03-01" }).open.weighted).toBe(
    900,
  );
});
