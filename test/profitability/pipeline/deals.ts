import * as fc from "fast-check";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import type { SalesPipeline } from "../../../src/profitability/pipeline/sales-pipeline.js";

export const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
export const day = (n: number): number => START + n * DAY;

export const pipeline: SalesPipeline = {
  stages: [
    { name: "lead", probability: 0.1, category: "pipeline" },
    { name: "proposal", probability: 0.5, category: "bestCase" },
    { name: "negotiation", probability: 0.8, category: "commit" },
  ],
  closedStages: ["Won", "Lost"],
};

const names = ["lead", "proposal", "negotiation"];

/** Any opportunity of the first 200 days of 2024: stages in any order, open, won or lost. */
const anyDeal: fc.Arbitrary<Omit<OpportunityRow, "id">> = fc
  .record({
    openedAt: fc.integer({ min: 0, max: 100 }),
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(...names)), {
      minLength: 1,
      maxLength: 5,
    }),
    end: fc.option(
      fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom<"won" | "lost">("won", "lost")),
      { nil: undefined },
    ),
    expected: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
    amount: fc.integer({ min: 0, max: 100_000 }),
    ownerId: fc.constantFrom("ani", "budi", undefined),
    lostReason: fc.constantFrom("price", "noDecision", undefined),
  })
  .map(({ openedAt, steps, end, expected, amount, ownerId, lostReason }) => {
    let at = openedAt;
    const stageHistory = steps.map(([days, stage], i) => {
      if (i > 0) at += days;
      return { stage, at: day(at) };
    });
    const closed =
      end === undefined
        ? {}
        : {
            closedAt: day(at + end[0]),
            outcome: end[1],
            ...(end[1] === "lost" ? { lostReason } : {}),
          };
    return {
      amount,
      ownerId,
      stage: stageHistory.at(-1)?.stage ?? "lead",
      openedAt: day(openedAt),
      stageHistory,
      ...(expected === undefined ? {} : { expectedCloseAt: day(expected) }),
      ...closed,
    };
  });

export const anyDeals: fc.Arbitrary<OpportunityRow[]> = fc
  .array(anyDeal, { maxLength: 12 })
  .map((deals) => deals.map((deal, i) => ({ id: `O-${i}`, ...deal })));
