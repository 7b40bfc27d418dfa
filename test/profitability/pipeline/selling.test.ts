import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { forecastOutcomes } from "../../../src/profitability/pipeline/forecast-outcomes.js";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { salesCycle, stageDurations } from "../../../src/profitability/pipeline/sales-cycle.js";
import { salesPerformance } from "../../../src/profitability/pipeline/sales-performance.js";
import { salesVelocity, salesVelocityOf } from "../../../src/profitability/pipeline/sales-velocity.js";
import { lostReasons, winRate } from "../../../src/profitability/pipeline/win-rate.js";
import { anyDeals, DAY, day, pipeline } from "./deals.js";

const deal = (id: string, fields: Partial<OpportunityRow> = {}): OpportunityRow => ({
  id,
  amount: 100,
  stage: "lead",
  openedAt: day(0),
  ...fields,
});
const closed = (id: string, outcome: "won" | "lost", at: number, fields: Partial<OpportunityRow> = {}) =>
  deal(id, { outcome, closedAt: day(at), ...fields });

describe("winRate", () => {
  const deals = [
    closed("1", "won", 10, { ownerId: "ani", amount: 300 }),
    closed("2", "lost", 20, { ownerId: "ani", amount: 900 }),
    closed("3", "won", 30, { ownerId: "budi" }),
    deal("4", { ownerId: "budi", amount: 700 }),
  ];

  it("by number and by value, open ones apart, by group", () => {
    const rate = winRate(deals, { asOf: day(50), groupBy: "ownerId" });
    expect(rate).toMatchObject({
      won: 2,
      lost: 1,
      open: 1,
      wonAmount: 400,
      lostAmount: 900,
      openAmount: 700,
    });
    expect(rate.byCount.value).toBe(2 / 3);
    expect(rate.byValue.value).toBe(400 / 1300);
    expect(rate.groups.map(({ group, won, lost, open }) => [group, won, lost, open])).toEqual([
      ["ani", 1, 1, 0],
      ["budi", 1, 0, 1],
    ]);
  });

  it("a window is of the closing; asOf makes open again what closed later", () => {
    expect(winRate(deals, { asOf: day(50), window: { start: day(10), end: day(20) } })).toMatchObject({
      won: 1,
      lost: 0,
      open: 1,
    });
    expect(winRate(deals, { asOf: day(20) })).toMatchObject({ won: 1, lost: 0, open: 3 });
    expect(winRate([], { asOf: day(1) }).byCount).toMatchObject({ value: null });
  });

  test("any deals: groups add up to all, and each deal counts once", () => {
    fc.assert(
      fc.property(anyDeals, fc.integer({ min: 1, max: 250 }), (any, at) => {
        const rate = winRate(any, { asOf: day(at), groupBy: "ownerId" });
        for (const field of ["won", "lost", "open", "wonAmount", "lostAmount", "openAmount"] as const)
          expect(rate.groups.reduce((sum, group) => sum + group[field], 0)).toBe(rate[field]);
        expect(rate.won + rate.lost + rate.open).toBe(
          any.filter((one) => Number(one.openedAt) < day(at)).length,
        );
      }),
    );
  });

  it("refuses a group that is no text", () => {
    const byAmount = ({ amount }: OpportunityRow) => amount as unknown as string;
    expect(() => winRate(deals, { asOf: day(50), groupBy: byAmount })).toThrow(
      /options\.groupBy gave 300 for row 1/,
    );
  });
});

describe("lostReasons", () => {
  it("the costliest first, no reason apart", () => {
    const deals = [
      closed("1", "lost", 1, { lostReason: "price", amount: 50 }),
      closed("2", "lost", 1, { lostReason: "price", amount: 70 }),
      closed("3", "lost", 1, { amount: 500 }),
      closed("4", "won", 1, { amount: 999 }),
      closed("5", "lost", 90, { lostReason: "later" }),
    ];
    const reasons = lostReasons(deals, { asOf: day(50) });
    expect(reasons.map(({ reason, opportunities, amount }) => [reason, opportunities, amount])).toEqual([
      [null, 1, 500],
      ["price", 2, 120],
    ]);
    expect(reasons[1].shareOfCount.value).toBe(2 / 3);
    expect(reasons[1].shareOfAmount.value).toBe(120 / 620);
  });
});

describe("salesCycle", () => {
  it("Kaplan-Meier by hand: closed after 10, 20 and 40 days, open after 15 and 50", () => {
    const deals = [
      closed("1", "won", 10),
      closed("2", "lost", 20),
      closed("3", "won", 40),
      deal("4", { openedAt: day(35) }),
      deal("5"),
    ];
    const cycle = salesCycle(deals, { asOf: day(50) });
    // At risk 5, 3 (one censored at 15), 2: 4/5, 4/5 x 2/3, 4/5 x 2/3 x 1/2.
    const { time, survival } = cycle.curve.points.columns;
    expect(time).toEqual([10, 15, 20, 40, 50]);
    [0.8, 0.8, 8 / 15, 4 / 15, 4 / 15].forEach((share, i) => {
      expect(survival[i]).toBeCloseTo(share, 12);
    });
    expect(cycle.medianDays.value).toBe(40);
    expect([cycle.wonDays.value, cycle.lostDays.value, cycle.open]).toEqual([25, 20, 2]);
  });

  it("a window is of the opening; limits are of the level asked for", () => {
    const deals = [closed("1", "won", 10), closed("2", "won", 30, { openedAt: day(5) })];
    const window = { start: day(1), end: day(6) };
    const cycle = salesCycle(deals, { asOf: day(50), window, confidenceLevel: 0.5 });
    expect([cycle.opportunities, cycle.wonDays.value]).toEqual([1, 25]);
    expect(cycle.curve.confidenceLevel).toBe(0.5);
    expect(salesCycle(deals, { asOf: day(3) })).toMatchObject({ opportunities: 1, open: 1 });
  });

  it("nobody at all", () => {
    expect(salesCycle([], { asOf: day(0) })).toMatchObject({ opportunities: 0, wonDays: { value: null } });
  });
});

describe("stageDurations", () => {
  it("each stay counts; going on is censored; closing ends the last", () => {
    const stageHistory = [
      { stage: "lead", at: day(0) },
      { stage: "proposal", at: day(4) },
      { stage: "lead", at: day(10) },
      { stage: "proposal", at: day(11) },
    ];
    const deals = [
      deal("1", { stage: "proposal", stageHistory }),
      closed("2", "lost", 9, { stage: "Lost", stageHistory: [{ stage: "lead", at: day(0) }] }),
    ];
    const [lead, proposal, negotiation] = stageDurations(deals, { pipeline, asOf: day(30) }).stages;
    expect(lead).toMatchObject({ stays: 3, open: 0, meanDays: { numerator: 4 + 1 + 9, denominator: 3 } });
    expect(proposal).toMatchObject({ stays: 2, open: 1, meanDays: { value: 6 } });
    expect(negotiation).toMatchObject({ stays: 0, meanDays: { value: null }, medianDays: { value: null } });
    expect(
      stageDurations(deals, { pipeline, asOf: day(30), window: { start: day(5), end: day(30) } }).stages[0]
        .stays,
    ).toBe(1);
  });
});

describe("salesVelocity", () => {
  it("is (opportunities x win rate x mean amount) / cycle: 100 x 0.25 x 8000 / 50 = 4000 a day", () => {
    expect(salesVelocityOf({ opportunities: 100, winRate: 0.25, meanAmount: 8000, cycle: 50 }).value).toBe(
      4000,
    );
    expect(salesVelocityOf({ opportunities: 1, winRate: 1, meanAmount: 1, cycle: 0 })).toMatchObject({
      value: null,
    });
    expect(() => salesVelocityOf({ opportunities: 1, winRate: 25, meanAmount: 1, cycle: 1 })).toThrow(
      expect.objectContaining({ path: "figures.winRate" }),
    );
  });

  it("from records", () => {
    const deals = [
      closed("1", "won", 10, { amount: 400 }),
      closed("2", "won", 30, { amount: 200 }),
      closed("3", "lost", 9),
      closed("4", "lost", 9),
      deal("5"),
      deal("6"),
    ];
    // 2 open x 0.5 x 300 / 20 days.
    expect(salesVelocity(deals, { asOf: day(40) })).toMatchObject({
      opportunities: 2,
      meanAmount: { value: 300 },
      cycleDays: { value: 20 },
      perDay: { value: 15 },
    });
    // Those closed before day 20: 1 won for 400 in 10 days, 2 lost; 2 open x 1/3 x 400 / 10.
    const window = { start: day(0), end: day(20) };
    expect(salesVelocity(deals, { asOf: day(40), window }).perDay.value).toBeCloseTo(80 / 3, 12);
    expect(salesVelocity([deal("1")], { asOf: day(9) }).perDay).toMatchObject({
      value: null,
      reason: "opportunities closed in the window: 0",
    });
  });
});

describe("salesPerformance", () => {
  const deals = [
    closed("1", "won", 10, { ownerId: "ani", amount: 600 }),
    closed("2", "lost", 12, { ownerId: "ani" }),
    closed("3", "won", 40, { ownerId: "ani", amount: 100 }),
    closed("4", "won", 12, { amount: 50 }),
  ];
  const quotas = [
    { group: "ani", period: "2024-01-15", amount: 800 },
    { group: "budi", period: "2024-01-01", amount: 500 },
    { group: "ani", period: "2024-03-01", amount: 0 },
  ];

  it("attainment by owner and month; no sale and no quota are seen", () => {
    const performance = salesPerformance(deals, { asOf: day(90), quotas });
    expect(
      performance.map(({ group, label, actual, quota, attainment }) => [
        group,
        label,
        actual,
        quota,
        attainment.value,
      ]),
    ).toEqual([
      ["ani", "2024-01", 600, 800, 0.75],
      ["ani", "2024-02", 100, null, null],
      ["ani", "2024-03", 0, 0, null],
      ["budi", "2024-01", 0, 500, 0],
      [null, "2024-01", 50, null, null],
    ]);
    expect(performance[0]).toMatchObject({
      won: 1,
      lost: 1,
      winRate: { value: 0.5 },
      meanAmount: { value: 600 },
    });
    expect(performance[1].attainment.reason).toBe("no quota is set");
  });

  it("by team and quarter, in a window", () => {
    const team = ({ ownerId }: OpportunityRow) => (ownerId === undefined ? null : "Java");
    const [java] = salesPerformance(deals, { asOf: day(90), groupBy: team, by: "quarter" });
    expect(java).toMatchObject({ group: "Java", label: "2024-Q1", actual: 700, won: 2 });
    const window = { start: "2024-02-01", end: "2024-04-01" };
    expect(salesPerformance(deals, { asOf: day(90), quotas, window }).map(({ label }) => label)).toEqual([
      "2024-02",
      "2024-03",
    ]);
  });

  it("whole numbers name owners; quotas need whole periods; quotas after the window are left out", () => {
    const numbered = deals.map((one, i) => ({ ...one, id: i, ownerId: 7 }));
    const [seven] = salesPerformance(numbered, {
      asOf: day(90),
      quotas: [{ group: 7, period: "2024-01-01", amount: 1300 }],
    });
    expect(seven).toMatchObject({ group: "7", actual: 650, attainment: { value: 0.5 } });
    for (const [window, path] of [
      [{ start: "2024-01-01", end: "2024-01-20" }, "options.window.end"],
      [{ start: "2024-01-02", end: "2024-02-01" }, "options.window.start"],
    ] as const)
      expect(() => salesPerformance(deals, { asOf: day(90), quotas, window })).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
      );
    const january = { start: "2024-01-01", end: "2024-02-01" };
    expect(
      salesPerformance(deals, { asOf: day(90), quotas, window: january }).map(({ label }) => label),
    ).toEqual(["2024-01", "2024-01", "2024-01"]);
    // Without quotas, any days.
    const days = { start: day(11), end: day(13) };
    expect(salesPerformance(deals, { asOf: day(90), window: days }).map(({ lost }) => lost)).toEqual([1, 0]);
  });

  it("a quota twice, a bad quota", () => {
    const twice = [...quotas, { group: "ani", period: "2024-01-31", amount: 1 }];
    expect(() => salesPerformance(deals, { asOf: day(90), quotas: twice })).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "options.quotas[3].period" }),
    );
    const bad = [{ group: "ani", period: "2024-01", amount: 1 }];
    expect(() => salesPerformance(deals, { asOf: day(90), quotas: bad })).toThrow(/"2024-01" is no instant/);
  });

  test("any deals: what all won is what was won", () => {
    fc.assert(
      fc.property(anyDeals, (any) => {
        const performance = salesPerformance(any, { asOf: day(1000) });
        const { wonAmount, won, lost } = winRate(any, { asOf: day(1000) });
        const sum = (field: "actual" | "won" | "lost") =>
          performance.reduce((total, one) => total + one[field], 0);
        expect([sum("actual"), sum("won"), sum("lost")]).toEqual([wonAmount, won, lost]);
      }),
    );
  });
});

describe("forecastOutcomes", () => {
  const before = [
    deal("1", { amount: 1000, stage: "proposal", expectedCloseAt: day(40) }),
    deal("2", { amount: 400, stage: "negotiation", expectedCloseAt: day(20) }),
  ];
  const after = [
    { ...before[0], closedAt: day(45), outcome: "won" as const },
    { ...before[1], closedAt: day(45), outcome: "lost" as const },
    closed("3", "won", 45, { openedAt: day(41), amount: 50 }),
  ];
  const snapshots = [day(10), day(35)].map((asOf) => pipelineForecast(before, { pipeline, asOf }));

  it("holds each forecast against what was won, new business too; running periods wait", () => {
    const { outcomes, byAhead } = forecastOutcomes(snapshots, after, { asOf: day(65) });
    expect(
      rows(outcomes).map(({ label, ahead, forecast, actual }) => [label, ahead, forecast, actual]),
    ).toEqual([
      ["2024-01", 0, 320, 0],
      ["2024-02", 1, 500, 1050],
      ["2024-02", 0, 500, 1050],
    ]);
    expect(byAhead.map(({ ahead, periods, zeroActuals }) => [ahead, periods, zeroActuals])).toEqual([
      [0, 2, 1],
      [1, 1, 0],
    ]);
    expect(byAhead[0].weightedMape.value).toBe((320 + 550) / 1050);
    expect(forecastOutcomes(snapshots, after, { asOf: day(50) }).outcomes.length).toBe(1);
  });

  it("survives JSON on the way; names a snapshot that is none", () => {
    const stored = JSON.parse(JSON.stringify(snapshots));
    expect(forecastOutcomes(stored, after, { asOf: day(65) })).toEqual(
      forecastOutcomes(snapshots, after, { asOf: day(65) }),
    );
    expect(() => forecastOutcomes([{} as never], after, { asOf: day(65) })).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "snapshots[0]" }),
    );
  });

  it("what was won by then is a part of forecast and limits", () => {
    const half = pipelineForecast(after, { pipeline, asOf: day(45) + DAY });
    const { outcomes } = forecastOutcomes([half], after, { asOf: day(65) });
    expect(rows(outcomes)[0]).toMatchObject({ forecast: 1050, actual: 1050, lower: 1050, upper: 1050 });
  });
});
