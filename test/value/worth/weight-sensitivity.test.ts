import { describe, expect, test } from "vitest";
import { weightSensitivity } from "../../../src/value/worth/weight-sensitivity.js";

describe("weightSensitivity", () => {
  const value = {
    benefits: [
      { id: "service", score: 8, weight: 3 },
      { id: "image", score: 5, weight: 1 },
    ],
    sacrifices: [{ id: "time", score: 4, weight: 2 }],
  };

  test("sums: a weight moves the net by change times its contribution, either way", () => {
    const { base, bars } = weightSensitivity(value, { change: 0.5 });
    expect(base).toBe(21);
    expect(bars).toEqual([
      {
        id: "service",
        side: "benefit",
        weight: 3,
        down: { weight: 1.5, value: 9 },
        up: { weight: 4.5, value: 33 },
        swing: 24,
      },
      {
        id: "time",
        side: "sacrifice",
        weight: 2,
        down: { weight: 1, value: 25 },
        up: { weight: 3, value: 17 },
        swing: 8,
      },
      {
        id: "image",
        side: "benefit",
        weight: 1,
        down: { weight: 0.5, value: 18.5 },
        up: { weight: 1.5, value: 23.5 },
        swing: 5,
      },
    ]);
  });

  test("means: the only item of a side cannot swing; the ratio can be watched", () => {
    const mean = weightSensitivity(value, { combine: "mean" });
    expect(mean.bars.at(-1)).toMatchObject({ id: "time", swing: 0 });
    const { base, bars } = weightSensitivity(value, { of: "ratio", change: 0.5 });
    expect(base).toBe(29 / 8);
    expect(bars[0]).toMatchObject({
      id: "time",
      down: { weight: 1, value: 29 / 4 },
      up: { weight: 3, value: 29 / 12 },
    });
    const free = weightSensitivity({ ...value, sacrifices: [] }, { of: "ratio" });
    expect(free.base).toBeNull();
    expect(free.bars.map(({ swing }) => swing)).toEqual([null, null]);
  });

  test("what has no outcome stands last", () => {
    const scale = { min: -5, max: 5 };
    // A relief of 2 with 3/5 more weight is greater than the burden of 3: there is no ratio.
    const { bars } = weightSensitivity(
      {
        benefits: [{ id: "service", score: 4, scale }],
        sacrifices: [
          { id: "time", score: 3, scale },
          { id: "relief", score: -2, scale },
        ],
      },
      { of: "ratio", change: 0.6 },
    );
    expect(bars.map(({ id, swing }) => [id, swing])).toEqual([
      ["service", expect.closeTo(4.8, 12)],
      ["time", null],
      ["relief", null],
    ]);
    expect(bars[2].up.value).toBeNull();
    expect(bars[2].down.value).toBeCloseTo(4 / 2.2, 12);
  });

  test.each([0, 1, -0.1, Number.NaN])("refuses a change of %d", (change) => {
    expect(() => weightSensitivity(value, { change })).toThrow("options.change");
  });
});
