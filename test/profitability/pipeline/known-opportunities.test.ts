import { describe, expect, it } from "vitest";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { salesCycle, stageDurations } from "../../../src/profitability/pipeline/sales-cycle.js";
import { salesVelocity } from "../../../src/profitability/pipeline/sales-velocity.js";
import { lostReasons, winRate } from "../../../src/profitability/pipeline/win-rate.js";
import { day, pipeline } from "./deals.js";

const deal = (id: string | number, fields: Partial<OpportunityRow> = {}): OpportunityRow => ({
  id,
  amount: 100,
  stage: "lead",
  openedAt: day(0),
  ...fields,
});
const won = (id: string, closedAt: OpportunityRow["closedAt"], fields: Partial<OpportunityRow> = {}) =>
  deal(id, { outcome: "won", closedAt, ...fields });

describe("days without a time of day", () => {
  const openedAt = "2024-03-05T09:00:00+07:00";
  const timeZone = "Asia/Jakarta";

  it("opened and closed on one day is no fault, in the zone of the call", () => {
    const one = [won("1", "2024-03-05", { openedAt })];
    const cycle = salesCycle(one, { asOf: "2024-04-01", timeZone });
    expect([cycle.open, cycle.wonDays.value]).toEqual([0, 0]);
    // In Jakarta it is the 5th from 17:00 UTC of the 4th on; a day before is a fault.
    const before = [won("1", "2024-03-04", { openedAt })];
    expect(() => salesCycle(before, { asOf: "2024-04-01", timeZone })).toThrow(
      /closedAt: "2024-03-04" is before openedAt/,
    );
    const late = [won("1", "2024-03-05", { openedAt: "2024-03-05T18:00:00Z" })];
    expect(() => salesCycle(late, { asOf: "2024-04-01", timeZone })).toThrow(/is before openedAt/);
    expect(salesCycle(late, { asOf: "2024-04-01" }).open).toBe(0);
  });

  it("an instant before the opening stays a fault on the same day", () => {
    const one = [won("1", "2024-03-05T08:00:00+07:00", { openedAt })];
    expect(() => salesCycle(one, { asOf: "2024-04-01", timeZone })).toThrow(/is before openedAt/);
  });

  it("stages of the day of opening and of the day of closing count", () => {
    const history = [
      { stage: "lead", at: "2024-03-05" },
      { stage: "proposal", at: "2024-03-08T10:00:00+07:00" },
      { stage: "Won", at: "2024-03-08T15:00:00+07:00" },
    ];
    const one = [won("1", "2024-03-08", { openedAt, stage: "Won", stageHistory: history })];
    const { stages } = stageDurations(one, { pipeline, asOf: "2024-04-01", timeZone });
    // Three days and an hour as a lead.
    expect(stages[0].meanDays.value).toBeCloseTo(3 + 1 / 24, 12);
    expect(stages[1]).toMatchObject({ stays: 1, open: 0, meanDays: { value: 0 } });
    // A day later is after the closing: it counts for nothing.
    const after = [{ ...one[0], stageHistory: [history[0], { stage: "proposal", at: "2024-03-09" }] }];
    expect(stageDurations(after, { pipeline, asOf: "2024-04-01", timeZone }).stages[1].stays).toBe(0);
  });
});

describe("what a history tells", () => {
  it("that begins late: its first stage is that of the opening", () => {
    const one = [deal("1", { stageHistory: [{ stage: "lead", at: day(5) }] })];
    const [lead] = stageDurations(one, { pipeline, asOf: day(20) }).stages;
    expect([...lead.curve.points.columns.time]).toEqual([20]);
  });

  it("the same stage twice running is one stay", () => {
    const stageHistory = [0, 5].map((n) => ({ stage: "lead", at: day(n) }));
    const [lead] = stageDurations([deal("1", { stageHistory })], { pipeline, asOf: day(20) }).stages;
    expect(lead.stays).toBe(1);
  });

  it("reopened: open all along, in the stages of work", () => {
    const stageHistory = [
      { stage: "lead", at: day(0) },
      { stage: "Lost", at: day(10) },
      { stage: "proposal", at: day(30) },
    ];
    const one = [deal("1", { stage: "proposal", stageHistory })];
    const [lead, proposal] = stageDurations(one, { pipeline, asOf: day(40) }).stages;
    expect([lead.meanDays.value, proposal.open]).toEqual([30, 1]);
  });

  it("a window that reaches beyond asOf ends there", () => {
    const one = [deal("1", { openedAt: day(5) }), deal("2", { openedAt: day(50) })];
    const window = { start: day(0), end: day(100) };
    expect(salesCycle(one, { asOf: day(20), window }).opportunities).toBe(1);
  });
});

describe("probabilities and periods", () => {
  const forecast = (deals: OpportunityRow[], options = {}) =>
    pipelineForecast(deals, { pipeline, asOf: "2024-03-01", ...options });

  it("a closed record says how it ended, not how likely it was", () => {
    const closedLater = won("1", "2024-03-09", { probability: 1 });
    expect(forecast([closedLater]).open.weighted).toBe(10);
  });

  it("records that repeat their stage's old probability can be told to be read by stage", () => {
    const deals = [deal("1", { probability: 0.9 }), deal("2")];
    expect(forecast(deals)).toMatchObject({ ownProbabilities: 1, open: { weighted: 100 } });
    expect(forecast(deals, { probabilities: "stage" })).toMatchObject({
      ownProbabilities: 0,
      open: { weighted: 20 },
    });
    expect(() => forecast(deals, { probabilities: "own" })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.probabilities" }),
    );
  });

  it("what was won before this period is no part of it", () => {
    expect(forecast([won("1", "2024-02-29"), won("2", "2024-02-10")]).periods[0].won).toBe(0);
  });

  it("a stage without a category is committed to nothing, however late it is", () => {
    const stages = [
      { name: "lead", probability: 0.1, category: "pipeline" },
      { name: "proposal", probability: 0.5, category: "commit" },
      { name: "paused", probability: 0.5 },
    ];
    const deals = [
      deal("1", { stage: "paused", amount: 7000, expectedCloseAt: "2024-03-09" }),
      deal("2", { stage: "proposal", amount: 40, expectedCloseAt: "2024-03-09" }),
    ];
    const [march] = forecast(deals, { pipeline: { stages } }).periods;
    expect(march.categories.map(({ category, cumulative }) => [category, cumulative])).toEqual([
      ["commit", 40],
      ["pipeline", 40],
      [null, 7040],
    ]);
  });
});

describe("what is wrong is named", () => {
  it("currencies of those that exist, and that some do not say", () => {
    const later = [deal("1", { currency: "IDR" }), deal("2", { currency: "USD", openedAt: day(50) })];
    expect(winRate(later, { asOf: day(20) }).currency).toBe("IDR");
    expect(() => winRate(later, { asOf: day(60) })).toThrow(/in "IDR" and "USD": convert/);
    const some = [deal("1"), deal("2", { currency: "IDR" })];
    expect(() => winRate(some, { asOf: day(20) })).toThrow(/in "IDR", and some do not say/);
    const none = [deal("1"), deal("2", { currency: null as unknown as undefined })];
    expect(winRate(none, { asOf: day(20) }).currency).toBeNull();
  });

  it("a field that is none, whatever the rows", () => {
    expect(() => winRate([], { asOf: day(1), groupBy: "owner" as "ownerId" })).toThrow(
      /options\.groupBy is "owner": pass one of "ownerId", "accountId", "source", or a function/,
    );
  });

  it("a group by the row of the input, though rows before it do not exist yet", () => {
    const deals = [deal("1", { openedAt: day(90) }), deal("2", { ownerId: {} as string })];
    const run = () => winRate(deals, { asOf: day(20), groupBy: "ownerId" });
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ROWS", path: "opportunities[1].ownerId" }));
    const groupBy = () => 5 as unknown as string;
    expect(() => winRate(deals, { asOf: day(20), groupBy })).toThrow(/gave 5 for row 2/);
  });

  it("a reason that is no text, in its field", () => {
    const lost = deal("1", { outcome: "lost", closedAt: day(3), lostReason: ["price"] as unknown as string });
    expect(() => lostReasons([lost], { asOf: day(20) })).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "opportunities[0].lostReason" }),
    );
  });

  it("ids: whole numbers are taken, 12 is 12 once, in any order", () => {
    expect(salesVelocity([deal(12), deal(7), deal("a")], { asOf: day(9) }).opportunities).toBe(3);
    expect(() => salesVelocity([deal(12), deal("12")], { asOf: day(9) })).toThrow(/"12" comes a second time/);
    expect(() => salesVelocity([deal(1.5)], { asOf: day(9) })).toThrow(/1\.5 is not an id/);
    expect(() => salesVelocity([deal("a"), deal("b"), deal("a")], { asOf: day(9) })).toThrow(
      /row 3, id: "a" comes a second time/,
    );
  });
});
