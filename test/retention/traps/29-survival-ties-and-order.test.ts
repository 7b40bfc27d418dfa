import { describe, expect, test } from "vitest";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { logRankTest } from "../../../src/statistics/survival/log-rank-test.js";
import { nelsonAalen } from "../../../src/statistics/survival/nelson-aalen.js";

describe("trap 29: order of the rows, and of events and censorings at one time", () => {
  test("events come before censorings at a tie: the censored are at risk", () => {
    const { columns } = kaplanMeier({ duration: [3, 3, 3, 5], event: [false, true, false, true] }).points;
    // 1 - 1/4. With the censorings first it would be 1 - 1/2.
    expect(columns.survival[0]).toBe(0.75);
    expect(columns).toMatchObject({ atRisk: [4, 1], events: [1, 1], censored: [2, 0] });
  });

  test("the same with late entry and with weights", () => {
    const tie = { duration: [3, 3, 3, 5, 9], event: [false, true, false, true, false] };
    // The last entered at 3, so that it is at risk after 3 only.
    expect(kaplanMeier({ ...tie, entry: [0, 0, 0, 0, 3] }).points.columns.survival[0]).toBe(0.75);
    expect(kaplanMeier({ ...tie, weight: [3, 2, 1, 1, 1] }).points.columns.survival[0]).toBe(0.75);
  });

  test("unsorted rows give the sorted rows' results", () => {
    const duration = [5, 1, 4, 2, 4, 3];
    const event = [true, true, false, true, true, false];
    const order = [1, 3, 5, 4, 2, 0];
    const sorted = { duration: order.map((i) => duration[i]), event: order.map((i) => event[i]) };
    expect(kaplanMeier({ duration, event })).toEqual(kaplanMeier(sorted));
    expect(nelsonAalen({ duration, event })).toEqual(nelsonAalen(sorted));
    const group = ["a", "b", "a", "b", "b", "a"];
    expect(logRankTest({ duration, event, group })).toEqual(
      logRankTest({ ...sorted, group: order.map((i) => group[i]) }),
    );
    // By hand: 5/6, then 4/5 of it, at 4 two of three go on, at 5 nobody.
    expect(kaplanMeier({ duration, event }).points.columns).toMatchObject({
      time: [1, 2, 3, 4, 5],
      survival: [5 / 6, 2 / 3, 2 / 3, 4 / 9, 0].map((share) => expect.closeTo(share, 14)),
    });
  });
});
