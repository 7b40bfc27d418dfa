import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { surveyResponse } from "../../../src/value/satisfaction/survey-response.js";
import { thrown } from "../../core/thrown.js";

describe("surveyResponse", () => {
  test("silence is shown by group", () => {
    const { total, groups } = surveyResponse([
      { group: "large", invited: 100, responded: 60 },
      { group: "small", invited: 310, responded: 60, ineligible: 10 },
      { group: "mute", invited: 0, responded: 0 },
    ]);
    expect(total).toMatchObject({
      invited: 410,
      eligible: 400,
      responded: 120,
      silent: 280,
      rate: { value: 0.3 },
    });
    expect(groups.map(({ rate, weight, silent }) => [rate.value, weight, silent])).toEqual([
      [0.6, 0.5, 40],
      [0.2, 1.5, 240],
      [null, null, 0],
    ]);
  });

  test("weighted, the respondents stand as the eligible do", () => {
    const count = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 6 }), (pairs) => {
        const given = pairs.map(([a, b], i) => ({ group: `${i}`, invited: a + b, responded: b }));
        const { groups, total } = surveyResponse(given);
        for (const { weight, responded, shareOfEligible } of groups)
          expect(((weight ?? 0) * responded) / total.responded).toBeCloseTo(shareOfEligible.value ?? -1, 12);
      }),
    );
  });

  test.each<[string, [number, number][], string]>([
    ["one group", [[10, 5]], "the test needs 2 groups with anybody eligible"],
    [
      "nobody",
      [
        [10, 0],
        [10, 0],
      ],
      "nobody answered",
    ],
    [
      "everybody",
      [
        [10, 10],
        [10, 10],
      ],
      "everybody answered",
    ],
  ])("no test: %s", (_, counts, note) => {
    const groups = counts.map(([invited, responded], i) => ({ group: `${i}`, invited, responded }));
    expect(surveyResponse(groups).test).toMatchObject({ chiSquare: null, pValue: null, note });
  });

  test("the test is of the eligible alone, and a group without any is none", () => {
    const test = (...groups: [number, number, number?][]) =>
      surveyResponse(
        groups.map(([invited, responded, ineligible], i) => ({
          group: `${i}`,
          invited,
          responded,
          ineligible,
        })),
      ).test;
    expect(test([100, 60, 20], [50, 10], [7, 0, 7])).toEqual(test([80, 60], [50, 10]));
    // Half of 9 and 9 answered, half of 10 and 10.
    expect(test([9, 5], [9, 4]).note).toContain("is 4.5, below 5");
    expect(test([10, 6], [10, 4]).note).toBeNull();
  });
  test("small expected counts are told", () => {
    const groups = [
      { group: "a", invited: 10, responded: 1 },
      { group: "b", invited: 10, responded: 3 },
    ];
    expect(surveyResponse(groups).test).toMatchObject({
      degreesOfFreedom: 1,
      note: expect.stringContaining("is 2.0, below 5"),
    });
  });

  test.each<[object, string]>([
    [{ responded: 11 }, "groups[0].responded"],
    [{ ineligible: 6 }, "groups[0].responded"],
    [{ ineligible: 11 }, "groups[0].ineligible"],
    [{ invited: 1.5 }, "groups[0].invited"],
    [{ group: "" }, "groups[0].group"],
  ])("refuses %j", (change, path) => {
    const error = thrown(() => surveyResponse([{ group: "a", invited: 10, responded: 5, ...change }]));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
  });
});
