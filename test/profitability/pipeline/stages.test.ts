import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { stageCalibration } from "../../../src/profitability/pipeline/stage-calibration.js";
import { stageConversion } from "../../../src/profitability/pipeline/stage-conversion.js";
import { anyDeals, day, pipeline } from "./deals.js";

type Step = [stage: string, at: number];
const deal = (id: string, steps: Step[], end?: ["won" | "lost", number]): OpportunityRow => ({
  id,
  amount: 100,
  stage: steps.at(-1)?.[0] ?? "lead",
  openedAt: day(steps[0][1]),
  stageHistory: steps.map(([stage, at]) => ({ stage, at: day(at) })),
  ...(end === undefined ? {} : { outcome: end[0], closedAt: day(end[1]) }),
});

describe("stageConversion", () => {
  const deals = [
    deal(
      "straight to won",
      [
        ["lead", 0],
        ["proposal", 5],
        ["negotiation", 9],
      ],
      ["won", 12],
    ),
    deal(
      "skips proposal",
      [
        ["lead", 0],
        ["negotiation", 4],
      ],
      ["lost", 8],
    ),
    deal("back and forth", [
      ["lead", 0],
      ["proposal", 3],
      ["lead", 6],
    ]),
    deal("lost as lead", [["lead", 0]], ["lost", 7]),
    deal("begins at proposal", [["proposal", 2]], ["won", 20]),
  ];
  const by = (counting: "entered" | "reached") =>
    stageConversion(deals, { pipeline, asOf: day(100), counting }).stages;

  it("counts who stood in a stage", () => {
    expect(by("entered")).toMatchObject([
      {
        stage: "lead",
        entered: 4,
        advanced: 3,
        lost: 1,
        open: 0,
        won: 1,
        lostInTheEnd: 2,
        skipped: 1,
        movedBack: 0,
      },
      {
        stage: "proposal",
        entered: 3,
        advanced: 2,
        lost: 0,
        open: 1,
        won: 2,
        lostInTheEnd: 0,
        skipped: 1,
        movedBack: 1,
      },
      {
        stage: "negotiation",
        entered: 2,
        advanced: 1,
        lost: 1,
        open: 0,
        won: 1,
        lostInTheEnd: 1,
        skipped: 1,
      },
    ]);
  });

  it("or who came at least so far", () => {
    expect(by("reached").map(({ entered, advanced, lost, open }) => [entered, advanced, lost, open])).toEqual(
      [
        [5, 4, 1, 0],
        [4, 3, 0, 1],
        [3, 2, 1, 0],
      ],
    );
  });

  it("asOf in the middle: later moves and closings do not exist", () => {
    const [lead, proposal] = stageConversion(deals, { pipeline, asOf: day(5) }).stages;
    expect(lead).toMatchObject({ entered: 4, advanced: 2, lost: 0, open: 2 });
    expect(proposal).toMatchObject({ entered: 2, advanced: 0, open: 2, skipped: 1 });
  });

  it("a window is of the first entry", () => {
    const [lead, proposal] = stageConversion(deals, {
      pipeline,
      asOf: day(100),
      window: { start: day(3), end: day(5) },
    }).stages;
    expect([lead.entered, proposal.entered, proposal.skipped]).toEqual([0, 1, 1]);
    expect(lead.conversion).toMatchObject({ value: null, reason: "opportunities that entered the stage: 0" });
  });

  it("has Wilson limits: 84 of 120 is 0.612849 to 0.774744", () => {
    const many = Array.from({ length: 120 }, (_, i) =>
      deal(
        `${i}`,
        i < 84
          ? [
              ["lead", 0],
              ["proposal", 1],
            ]
          : [["lead", 0]],
      ),
    );
    const [lead] = stageConversion(many, { pipeline, asOf: day(10) }).stages;
    expect(lead.conversionInterval.lower).toBeCloseTo(0.6128485756752643, 12);
    expect(lead.conversionInterval.upper).toBeCloseTo(0.7747437577572543, 12);
  });

  test("any deals: agrees with a reading of each record, and a funnel never widens", () => {
    fc.assert(
      fc.property(anyDeals, (deals) => {
        const asOf = day(1000);
        const found = stageConversion(deals, { pipeline, asOf }).stages;
        pipeline.stages.forEach(({ name }, place) => {
          let [entered, advanced, lost, won] = [0, 0, 0, 0];
          for (const { stageHistory = [], outcome, closedAt } of deals) {
            const places = stageHistory
              .filter(({ at }, i) => i === 0 || closedAt === undefined || Number(at) < Number(closedAt))
              .filter(({ at }) => closedAt === undefined || Number(at) < Number(closedAt))
              .map(({ stage }) => pipeline.stages.findIndex((one) => one.name === stage));
            const first = places.indexOf(place);
            if (first < 0) continue;
            entered++;
            if (outcome === "won") won++;
            if (outcome === "won" || places.slice(first).some((later) => later > place)) advanced++;
            else if (outcome === "lost") lost++;
          }
          expect(found[place]).toMatchObject({ stage: name, entered, advanced, lost, won });
          expect(found[place].open).toBe(entered - advanced - lost);
        });
        const reached = stageConversion(deals, { pipeline, asOf, counting: "reached" }).stages.map(
          ({ entered }) => entered,
        );
        expect([...reached].sort((a, b) => b - a)).toEqual(reached);
        const backwards = stageConversion([...deals].reverse(), { pipeline, asOf }).stages;
        expect(backwards).toEqual(found);
      }),
    );
  });

  it("closed without a history: counts in no stage, won or lost, and is told", () => {
    const ended = (id: string, outcome: "won" | "lost"): OpportunityRow => ({
      id,
      amount: 100,
      stage: outcome === "won" ? "Won" : "Lost",
      openedAt: day(0),
      closedAt: day(9),
      outcome,
    });
    const known = deal("known", [["lead", 0]], ["lost", 7]);
    const list = [ended("1", "won"), ended("2", "lost"), ended("3", "won"), known];
    for (const counting of ["entered", "reached"] as const) {
      const { stages, opportunitiesWithoutStage } = stageConversion(list, {
        pipeline,
        asOf: day(100),
        counting,
      });
      expect(opportunitiesWithoutStage).toBe(3);
      expect(stages.map(({ entered, won, lost, skipped }) => [entered, won, lost, skipped])).toEqual([
        [1, 0, 1, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]);
    }
    const calibration = stageCalibration(list, { pipeline, asOf: day(100) });
    expect([calibration.opportunitiesWithoutStage, calibration.stages[0].closed]).toEqual([3, 1]);
    const early = stageCalibration(list, { pipeline, asOf: day(9) });
    expect(early.opportunitiesWithoutStage).toBe(0);
  });

  it("a jump counts as skipped in the window in which it happened", () => {
    const window = { start: day(5), end: day(100) };
    const [, proposal] = stageConversion(deals, { pipeline, asOf: day(100), window }).stages;
    expect(proposal.skipped).toBe(0);
  });

  it("refuses an unknown way of counting", () => {
    expect(() => stageConversion([], { pipeline, asOf: 0, counting: "passed" as "reached" })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.counting" }),
    );
  });
});

describe("stageCalibration", () => {
  const closed = (count: number, won: number, steps: Step[]) =>
    Array.from({ length: count }, (_, i) =>
      deal(`${steps.length}-${i}`, steps, [i < won ? "won" : "lost", 30]),
    );
  // 100 leads of which 30 were won; 40 of these leads came to a proposal, 28 of them won.
  const deals = [
    ...closed(60, 2, [["lead", 0]]),
    ...closed(40, 28, [
      ["lead", 0],
      ["proposal", 5],
    ]),
    deal("open", [
      ["lead", 0],
      ["proposal", 5],
    ]),
  ];

  it("holds stated probabilities against what came", () => {
    const {
      stages,
      pipeline: calibrated,
      brierScore,
    } = stageCalibration(deals, { pipeline, asOf: day(100) });
    expect(stages.map(({ closed, won, verdict }) => [closed, won, verdict])).toEqual([
      [100, 30, "tooLow"],
      [40, 28, "tooLow"],
      [0, 0, null],
    ]);
    // Brier: (30 x 0.9² + 70 x 0.1²)/100 and (28 x 0.5² + 12 x 0.5²)/40, by hand; tolerance of rounding.
    expect(stages[0].brierScore.value).toBeCloseTo(0.25, 12);
    expect(stages[1].brierScore.value).toBeCloseTo(0.25, 12);
    expect(brierScore.value).toBeCloseTo((25 + 10) / 140, 12);
    expect(calibrated.stages.map(({ probability, category }) => [probability, category])).toEqual([
      [0.3, "pipeline"],
      [0.7, "bestCase"],
      [0.8, "commit"],
    ]);
  });

  it("keeps the stated one below the minimum, and looks at a window of closing", () => {
    const few = stageCalibration(deals, { pipeline, asOf: day(100), minimum: 41 });
    expect(few.pipeline.stages.map(({ probability }) => probability)).toEqual([0.3, 0.5, 0.8]);
    const before = stageCalibration(deals, {
      pipeline,
      asOf: day(100),
      window: { start: day(0), end: day(30) },
    });
    expect(before.stages[0]).toMatchObject({ closed: 0, observed: { value: null } });
    expect(stageCalibration(deals, { pipeline, asOf: day(30) }).stages[0].closed).toBe(0);
  });

  it("says when a stage promises too much", () => {
    const lost = closed(20, 0, [["negotiation", 0]]);
    expect(stageCalibration(lost, { pipeline, asOf: day(100) }).stages[2].verdict).toBe("tooHigh");
    // 16 of 20 is the 0.8 that the stage states.
    const right = closed(20, 16, [["negotiation", 0]]);
    expect(stageCalibration(right, { pipeline, asOf: day(100) }).stages[2].verdict).toBe("inLine");
  });
});
