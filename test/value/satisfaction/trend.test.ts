import { describe, expect, test } from "vitest";
import { satisfactionTrend } from "../../../src/value/satisfaction/satisfaction-trend.js";
import { thrown } from "../../core/thrown.js";

const respondentIds = ["a", "b", "c"];
const scale = { min: 0, max: 10 };

describe("rounding is no change", () => {
  // 3.1 - 3, 4.1 - 4 and 2.1 - 2 differ in their last digits.
  test("all changed alike: no interval, no p-value", () => {
    const { overall } = satisfactionTrend(
      [
        { waveId: "before", respondentIds, ratings: [3, 4, 2] },
        { waveId: "after", respondentIds, ratings: [3.1, 4.1, 2.1] },
      ],
      { measure: "mean", design: "paired", ...scale },
    );
    expect(overall).toMatchObject({
      difference: expect.closeTo(0.1, 12),
      interval: null,
      pValue: null,
      reason: "every respondent changed alike, nothing varies",
    });
  });

  test("all answered alike in each wave", () => {
    const { overall } = satisfactionTrend(
      [
        { waveId: "before", ratings: [0.1 + 0.2, 0.3, 0.3] },
        { waveId: "after", ratings: [0.7, 0.1 + 0.6, 0.7] },
      ],
      { measure: "mean", design: "independent", ...scale },
    );
    expect(overall).toMatchObject({
      difference: expect.closeTo(0.4, 12),
      interval: null,
      pValue: null,
      reason: "nothing varies within the waves",
    });
  });

  test("a change that is small beside the answers is none of rounding", () => {
    const { overall } = satisfactionTrend(
      [
        { waveId: "before", respondentIds, ratings: [3, 4, 2] },
        { waveId: "after", respondentIds, ratings: [3.000001, 4.000002, 2.000003] },
      ],
      { measure: "mean", design: "paired", ...scale },
    );
    // Changes of 1, 2 and 3 millionths: t = 2 / (1 / sqrt(3)) with 2 degrees of freedom, p = 1 - t / sqrt(2 + t^2).
    // Of the seven digits that the answers leave to the changes, six are asked.
    const t = 2 * Math.sqrt(3);
    expect(overall?.pValue).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 6);
  });
});

test.each([1, 1e-90])("Welch's test does not depend on the unit: answers times %f", (unit) => {
  const { overall } = satisfactionTrend(
    [
      { waveId: "before", ratings: [unit, 2 * unit, 0] },
      { waveId: "after", ratings: [unit, 2 * unit, 2 * unit] },
    ],
    { measure: "mean", design: "independent", ...scale },
  );
  // R 4.2: t.test(c(1, 2, 2), c(1, 2, 0))
  expect(overall?.pValue).toBeCloseTo(0.386808753918007, 12);
});

test("the interval of a share's change stays within -1 and 1", () => {
  const paired = (before: number, after: number) =>
    satisfactionTrend(
      [before, after].map((rating) => ({
        waveId: `${rating}`,
        respondentIds: respondentIds.slice(0, 2),
        ratings: [rating, rating],
      })),
      { measure: "topBox", design: "paired", from: 8, ...scale },
    ).overall?.interval;
  // Both lost: 1/4 - 3/4 less 1.96 sqrt((1 - 1/4) / 4) = 0.85 is below -1.
  expect(paired(9, 2)?.lower).toBe(-1);
  expect(paired(2, 9)?.upper).toBe(1);
});

describe("options that are not for the measure are refused", () => {
  const waves = [{ waveId: "w", ratings: [5, 4, 5] }];
  const design = "independent";
  test.each<[object, string, string]>([
    [{ measure: "nps", min: 1, max: 5 }, "options.min", '"nps" is of answers from 0 to 10'],
    [{ measure: "nps", max: 5 }, "options.max", "options.max is 5"],
    [{ measure: "nps", from: 9 }, "options.from", 'the measure is "nps"'],
    [{ measure: "mean", ...scale, from: 4 }, "options.from", 'the measure is "mean"'],
  ])("%j", (options, path, message) => {
    const error = thrown(() => satisfactionTrend(waves, { design, ...options } as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });
  test("the range of the question itself may be said", () => {
    const [wave] = satisfactionTrend(waves, { measure: "nps", design, ...scale }).waves;
    expect(wave?.estimate).toBe(-100);
  });
});

describe("a wave says why it has no interval", () => {
  const first = (ratings: (number | null)[], options: object) =>
    satisfactionTrend([{ waveId: "w", ratings }], { design: "independent", ...options } as never).waves[0];
  test.each<[string, (number | null)[], object, object]>([
    ["nobody", [null], { measure: "mean", ...scale }, { estimate: null, reason: "the wave has no answers" }],
    ["nobody, boxes", [], { measure: "topBox", from: 9, ...scale }, { reason: "the wave has no answers" }],
    [
      "one",
      [7],
      { measure: "mean", ...scale },
      { estimate: 7, reason: "interval: needs 2 answers, there is 1" },
    ],
    [
      "all promoters",
      [9, 10],
      { measure: "nps" },
      { estimate: 100, reason: expect.stringMatching(/^interval: /) },
    ],
  ])("%s", (_, ratings, options, expected) => {
    expect(first(ratings, options)).toMatchObject({ interval: null, ...expected });
  });
  test("and where it has one, says nothing", () => {
    for (const options of [
      { measure: "mean", ...scale },
      { measure: "topBox", from: 9, ...scale },
      { measure: "nps" },
    ])
      expect(first([9, 3], options)).toMatchObject({ interval: { confidenceLevel: 0.95 }, reason: null });
  });
});
