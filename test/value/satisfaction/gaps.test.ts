import { describe, expect, test } from "vitest";
import { disconfirmation } from "../../../src/value/satisfaction/disconfirmation.js";
import { servqualGaps } from "../../../src/value/satisfaction/servqual-gaps.js";
import { thrown } from "../../core/thrown.js";

const rows = [
  { performance: 6, expectation: 5 },
  { performance: 4, expectation: 6 },
  { performance: 5, expectation: 5 },
];

describe("disconfirmation", () => {
  test("the worked example", () => {
    const { outcomes, meanGap, exceeded, met, failed } = disconfirmation(rows);
    expect(outcomes.columns).toEqual({ gap: [1, -2, 0], state: ["exceeded", "failed", "met"] });
    expect(meanGap).toBeCloseTo(-1 / 3, 14);
    expect([exceeded, met, failed].map(({ numerator, denominator }) => [numerator, denominator])).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
  });

  test.each<[number | { below: number; above: number }, string[]]>([
    [1, ["met", "failed", "met"]],
    [2, ["met", "met", "met"]],
    [{ below: 2, above: 0 }, ["exceeded", "met", "met"]],
    [{ below: 1.999, above: 1 }, ["met", "failed", "met"]],
  ])("the edges of the zone are inside: tolerance %j", (tolerance, states) => {
    expect(disconfirmation(rows, { tolerance }).outcomes.columns.state).toEqual(states);
  });

  test("an edge is not missed by rounding: 5.1 is 5 and 0.1", () => {
    const near = [
      { performance: 5.1, expectation: 5 },
      { performance: 0.3, expectation: 0.2 },
      { performance: 5.1001, expectation: 5 },
      { performance: 0.7, expectation: 0.8 },
      { performance: 0.8, expectation: 0.7 },
    ];
    // Both lie beyond the edge as it is computed.
    expect([0.8 - 0.1 > 0.7, 0.7 + 0.1 < 0.8]).toEqual([true, true]);
    expect(disconfirmation(near, { tolerance: 0.1 }).outcomes.columns.state).toEqual([
      "met",
      "met",
      "exceeded",
      "met",
      "met",
    ]);
  });

  test("levels of the row go before the tolerance", () => {
    const zone = { expectation: 5, adequate: 3, desired: 6.5 };
    const states = [2.9, 3, 6.5, 6.6].map((performance) => ({ performance, ...zone }));
    expect(disconfirmation(states, { tolerance: 9 }).outcomes.columns.state).toEqual([
      "failed",
      "met",
      "met",
      "exceeded",
    ]);
  });

  test("what was not answered is counted, not filled in", () => {
    const { outcomes, n, missing, meanGap, interval } = disconfirmation([
      { performance: null, expectation: 5 },
      ...rows.slice(0, 1),
    ]);
    expect(outcomes.columns).toEqual({ gap: [null, 1], state: [null, "exceeded"] });
    expect([n, missing, meanGap, interval]).toEqual([1, 1, 1, null]);
    expect(disconfirmation([]).met.value).toBeNull();
  });

  test.each<[object, string]>([
    [{ performance: "6", expectation: 5 }, "outcomes[1].performance"],
    [{ performance: 6 }, "outcomes[1].expectation"],
    [{ performance: 1e308, expectation: 5 }, "outcomes[1].performance"],
    [{ performance: 6, expectation: 5, desired: 1e101 }, "outcomes[1].desired"],
    [{ performance: 6, expectation: 5, adequate: 5.5 }, "outcomes[1].adequate"],
    [{ performance: 6, expectation: 5, desired: 4 }, "outcomes[1].desired"],
  ])("refuses %j", (row, path) => {
    expect(thrown(() => disconfirmation([...rows.slice(0, 1), row as never]))).toMatchObject({
      code: "INVALID_ROWS",
      path,
    });
  });
  test("many faults are counted, not kept", () => {
    const none = Array.from({ length: 500 }, () => ({ performance: Number.NaN, expectation: 5 }));
    expect(thrown(() => disconfirmation(none)).message).toMatch(/^500 problems in outcomes, the first 20:/);
  });
  test("refuses a negative tolerance", () => {
    expect(thrown(() => disconfirmation(rows, { tolerance: -1 }))).toMatchObject({
      path: "options.tolerance",
    });
  });
});

describe("servqualGaps", () => {
  const scale = {
    id: "service",
    min: 1,
    max: 7,
    items: [
      { id: "t1", dimension: "tangibles" },
      { id: "t2", dimension: "tangibles" },
      { id: "r1", dimension: "reliability" },
    ],
  };
  const itemIds = ["t1", "t2", "r1"];
  const respondentIds = ["ani", "budi", "citra"];
  const expectations = { respondentIds, itemIds, values: [5, 5, 7, 6, 4, 7, 5, null, 6] };
  const perceptions = {
    respondentIds: ["citra", "budi", "ani", "dewi"],
    itemIds,
    values: [6, 5, 6, 5, 6, 5, 6, 6, 4, 1, 1, 1],
  };

  // By hand: tangibles ani (+1 +1)/2, budi (-1 +2)/2, citra +1; reliability ani -3, budi -2, citra 0.
  test("by hand: respondents are matched by id, a missing half leaves the item out", () => {
    const { items, dimensions, unweighted, respondents, unpaired } = servqualGaps(
      { expectations, perceptions },
      scale,
    );
    expect(items.map(({ gap, n, missing }) => [gap, n, missing])).toEqual([
      [expect.closeTo(1 / 3, 14), 3, 1],
      [1.5, 2, 2],
      [expect.closeTo(-5 / 3, 14), 3, 1],
    ]);
    expect(items[1]).toMatchObject({ dimension: "tangibles", expectation: 4.5, perception: 6 });
    expect(dimensions.map(({ gap, weight }) => [gap, weight])).toEqual([
      [expect.closeTo(2.5 / 3, 14), null],
      [expect.closeTo(-5 / 3, 14), null],
    ]);
    expect(unweighted.gap).toBeCloseTo((-1 - 0.75 + 0.5) / 3, 14);
    expect([respondents, unpaired]).toEqual([4, 1]);
  });

  test("items count by their weights, and a dimension needs its share of them", () => {
    const weighted = scale.items.map((item, i) => ({ ...item, weight: i === 0 ? 3 : 1 }));
    const lists = { expectations, perceptions };
    // Tangibles: ani (3 + 1) / 4, budi (-3 + 2) / 4, citra 1 with one item of two.
    const [tangibles] = servqualGaps(lists, { ...scale, items: weighted }).dimensions;
    expect(tangibles?.gap).toBeCloseTo((1 - 0.25 + 1) / 3, 14);
    const [whole] = servqualGaps(lists, { ...scale, minAnswered: 0.6 }).dimensions;
    expect(whole).toMatchObject({ n: 2, missing: 2, gap: 0.75 });
  });

  test("weights in points", () => {
    const weights = { tangibles: 25, reliability: 75 };
    const { weighted, dimensions } = servqualGaps({ expectations, perceptions }, scale, { weights });
    expect(weighted?.gap).toBeCloseTo((0.25 * 2.5 - 0.75 * 5) / 3, 14);
    expect(dimensions.map(({ weight }) => weight)).toEqual([0.25, 0.75]);
  });

  test("a negatively worded item turns its gap, and equal weights are no weights", () => {
    const turned = { ...scale, items: scale.items.map((item) => ({ ...item, reverse: true })) };
    const [plain, mirrored] = [scale, turned].map((one) =>
      servqualGaps({ expectations, perceptions }, one, { weights: { tangibles: 1, reliability: 1 } }),
    );
    expect(mirrored?.unweighted.gap).toBeCloseTo(-(plain?.unweighted.gap ?? 0), 14);
    expect(plain?.weighted).toEqual(plain?.unweighted);
  });

  test("nobody in both lists", () => {
    const strangers = { ...perceptions, respondentIds: ["w", "x", "y", "z"] };
    const found = servqualGaps({ expectations, perceptions: strangers }, scale);
    expect(found).toMatchObject({
      respondents: 7,
      unpaired: 7,
      unweighted: { n: 0, gap: null, interval: null },
    });
  });

  test("errors name the list and the row", () => {
    const off = { ...perceptions, values: perceptions.values.map((value, i) => (i === 4 ? 8 : value)) };
    const error = thrown(() => servqualGaps({ expectations, perceptions: off }, scale));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "answers.perceptions[1].t2" });
    expect(error.message).toContain("row 2, t2: 8 is not on the item's scale, 1 to 7");
  });
  test("says of which scale and waves it is; one may be picked", () => {
    const row = (waveId: string, value: number) => ({ respondentId: "ani", itemId: "t1", value, waveId });
    const lists = { expectations: [row("spring", 6)], perceptions: [row("spring", 4), row("autumn", 5)] };
    expect(servqualGaps({ ...lists, perceptions: lists.perceptions.slice(1) }, scale)).toMatchObject({
      scaleId: "service",
      waves: { expectations: "spring", perceptions: "autumn" },
      unweighted: { n: 0 },
      items: [{ gap: -1 }, {}, {}],
    });
    const picked = servqualGaps(lists, scale, { waveId: "spring" });
    expect(picked).toMatchObject({ waves: { perceptions: "spring" }, items: [{ gap: -2 }, {}, {}] });
    const error = thrown(() => servqualGaps(lists, scale, { waveId: "autumn" }));
    expect(error.message).toContain('no answer in answers.expectations: pass one of "spring"');
    const nameless = thrown(() => servqualGaps({ expectations, perceptions: lists.perceptions }, scale));
    expect(nameless.path).toBe("options.waveId");
  });
  test("items of other scales are skipped on demand, and counted in both lists", () => {
    const wide = (value: number) => [
      { respondentId: "ani", itemId: "t1", value },
      { respondentId: "ani", itemId: "mood", value: 99 },
    ];
    const lists = { expectations: wide(6), perceptions: wide(4) };
    expect(thrown(() => servqualGaps(lists, scale)).path).toBe("answers.expectations[1].itemId");
    expect(servqualGaps(lists, scale, { unknownItems: "skip" })).toMatchObject({
      skipped: 2,
      items: [{ gap: -2 }, {}, {}],
    });
    expect(servqualGaps({ expectations, perceptions }, scale).skipped).toBe(0);
  });
  test.each<[object, string]>([
    [{ waveId: 5 }, "options.waveId"],
    [{ waveId: "" }, "options.waveId"],
    [{ unknownItems: "drop" }, "options.unknownItems"],
  ])("refuses %j", (options, path) => {
    const refused = () => servqualGaps({ expectations, perceptions }, scale, options as never);
    const error = thrown(refused);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toMatch(/pass the id of a wave|pass one of "refuse", "skip"/);
  });
  test.each<[Record<string, number>, string]>([
    [{ tangibles: 1 }, "options.weights.reliability"],
    [{ tangibles: 1, reliability: -1 }, "options.weights.reliability"],
    [{ tangibles: 1, reliability: 1, empathy: 1 }, "options.weights.empathy"],
    [{ tangibles: 0, reliability: 0 }, "options.weights"],
  ])("refuses the weights %j", (weights, path) => {
    const error = thrown(() => servqualGaps({ expectations, perceptions }, scale, { weights }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
});
