import { describe, expect, it } from "vitest";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { stageDurations } from "../../../src/profitability/pipeline/sales-cycle.js";
import { stageConversion } from "../../../src/profitability/pipeline/stage-conversion.js";
import { DAY, day, pipeline } from "./deals.js";

describe("histories of which only few are long", () => {
  // 3,000 opportunities: room is made by a sample of every third, and those have the shortest histories.
  const stages = ["lead", "proposal", "lead", "proposal", "negotiation"];
  const deals = Array.from({ length: 3000 }, (_, i): OpportunityRow => {
    const openedAt = day(i % 50);
    const deal = { id: `O-${i}`, amount: 1, openedAt };
    if (i % 3 === 0) return { ...deal, stage: "lead" };
    const stageHistory = stages.map((stage, step) => ({ stage, at: openedAt + step * DAY }));
    return { ...deal, stage: "negotiation", stageHistory };
  });
  const options = { pipeline, asOf: day(100) };

  it("each stay is there, in its stage", () => {
    const found = stageDurations(deals, options).stages;
    // 2,000 of 3,000 stood twice in the first two stages, for a day each time.
    expect(found.map(({ stays, open }) => [stays, open])).toEqual([
      [1000 + 2 * 2000, 1000],
      [2 * 2000, 0],
      [2000, 2000],
    ]);
    expect(found.slice(0, 2).map(({ meanDays }) => meanDays.value)).toEqual([1, 1]);
  });

  it("and each entry", () => {
    const { stages: found } = stageConversion(deals, options);
    expect(found.map(({ entered, advanced, movedBack }) => [entered, advanced, movedBack])).toEqual([
      [3000, 2000, 0],
      [2000, 2000, 2000],
      [2000, 0, 0],
    ]);
  });
});
