import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { rows } from "../../../src/core/table.js";
import { customerValue } from "../../../src/value/worth/customer-value.js";
import { selfReportedValue, type ValueReport } from "../../../src/value/worth/self-reported-value.js";

const report = (respondentId: string, score: number, overall: number | null): ValueReport => ({
  respondentId,
  benefits: [
    { id: "service", score, weight: 60 },
    { id: `only ${respondentId}`, score: 5, weight: 40 },
  ],
  sacrifices: [{ id: "time", score: 4 }],
  overall,
});

test("weights of one's own, means by default, agreement over those who gave an overall answer", () => {
  const reports = [report("a", 10, 5), report("b", 5, 3), report("c", 0, 1), report("d", 9, null)];
  const { values, net, agreement, combine, unit, respondents, complete } = selfReportedValue(reports);
  expect([combine, unit, respondents, complete]).toEqual(["mean", "points", 4, 4]);
  // 0.6 * 10 + 0.4 * 5 - 4 = 4, and so on down by 3.
  expect(rows(values).map((row) => [row.respondentId, row.net, row.overall])).toEqual([
    ["a", expect.closeTo(4, 12), 5],
    ["b", expect.closeTo(1, 12), 3],
    ["c", expect.closeTo(-2, 12), 1],
    ["d", expect.closeTo(3.4, 12), null],
  ]);
  expect(net.n).toBe(4);
  expect(net.mean).toBeCloseTo(1.6, 12);
  expect(agreement.n).toBe(3);
  expect(agreement.correlation).toBeCloseTo(1, 12);
});

test("what is named: how often, how high, how heavy, and what it adds", () => {
  const reports = [report("a", 10, 5), report("b", 5, 3)];
  const { items, benefit, sacrifice, ratio } = selfReportedValue(reports);
  expect(items).toEqual([
    {
      id: "service",
      side: "benefit",
      named: { value: 1, numerator: 2, denominator: 2, reason: null },
      points: 7.5,
      weightShare: 0.6,
      // (0.6 * 10 + 0.6 * 5) / 2.
      contribution: 4.5,
    },
    expect.objectContaining({ id: "time", side: "sacrifice", weightShare: 1, contribution: 4 }),
    expect.objectContaining({ id: "only a", points: 5, weightShare: 0.4, contribution: 1 }),
    expect.objectContaining({ id: "only b", points: 5, weightShare: 0.4, contribution: 1 }),
  ]);
  expect(items[2].named).toEqual({ value: 0.5, numerator: 1, denominator: 2, reason: null });
  expect([benefit.mean, sacrifice.mean]).toEqual([6.5, 4]);
  expect(ratio.value).toBe(6.5 / 4);
});

describe("who names nothing on a side", () => {
  const none = { ...report("b", 1, 9), sacrifices: [] };
  const idle = { ...report("c", 1, 9), benefits: [{ id: "service", score: 1, weight: 0 }] };

  test("has no mean: is shown, and left out of the totals", () => {
    const alone = selfReportedValue([report("a", 10, 5)]);
    const value = selfReportedValue([report("a", 10, 5), none, idle]);
    expect([value.respondents, value.complete, value.net.n]).toEqual([3, 1, 1]);
    expect(value.net).toEqual(alone.net);
    expect(value.agreement.n).toBe(1);
    expect(rows(value.values)[1]).toEqual({
      respondentId: "b",
      benefit: null,
      sacrifice: null,
      net: null,
      overall: 9,
    });
    expect(value.items.find(({ id }) => id === "service")).toMatchObject({
      named: { numerator: 3 },
      // Over the three who name it: 10, 1 and 1.
      points: 4,
      // The third gives benefits no weight.
      weightShare: 0.6,
      contribution: alone.items[0].contribution,
    });
  });

  test("nobody left: null, and why", () => {
    const reason = "nobody names both a benefit and a sacrifice with a weight";
    for (const value of [selfReportedValue([]), selfReportedValue([idle])]) {
      expect(value.net).toEqual({ n: 0, mean: null, sd: null, interval: null, reason });
      expect(value.ratio.reason).toBe(reason);
      expect(value.agreement.correlation).toBeNull();
    }
    const [service] = selfReportedValue([idle]).items;
    expect([service.weightShare, service.contribution, service.points]).toEqual([null, null, 1]);
  });

  test("has a sum of 0", () => {
    const { complete, values } = selfReportedValue([none, idle], { combine: "sum" });
    expect(complete).toBe(2);
    expect(values.columns.sacrifice).toEqual([0, 4]);
    expect(values.columns.benefit).toEqual([60 + 200, 0]);
  });
});

test("each respondent's value is that of customerValue with the same options", () => {
  const item = fc.record({
    score: fc.integer({ min: 1, max: 7 }),
    weight: fc.integer({ min: 1, max: 9 }),
  });
  const list = fc
    .array(item, { minLength: 1, maxLength: 4 })
    .map((found) => found.map((one, i) => ({ ...one, id: `i${i}`, scale: { min: 1, max: 7 } })));
  const reports = fc
    .array(fc.record({ benefits: list, sacrifices: list }), { minLength: 1, maxLength: 6 })
    .map((found) => found.map((one, i) => ({ ...one, respondentId: `r${i}` })));
  fc.assert(
    fc.property(
      reports,
      fc.constantFrom("sum" as const, "mean" as const),
      fc.constantFrom("points" as const, "pomp" as const),
      (all, combine, unit) => {
        const value = selfReportedValue(all, { combine, unit });
        expect(value.unit).toBe(unit);
        rows(value.values).forEach((row, i) => {
          const own = customerValue(all[i], { combine, unit });
          // Weights and points are multiplied in another order: below 1000, rounding stays far below 1e-9.
          expect(row.benefit).toBeCloseTo(own.benefit, 9);
          expect(row.sacrifice).toBeCloseTo(own.sacrifice, 9);
          expect(row.net).toBeCloseTo(own.net, 9);
        });
        const added = (side: string) =>
          value.items.reduce((sum, one) => sum + (one.side === side ? (one.contribution ?? 0) : 0), 0);
        expect(added("benefit")).toBeCloseTo(value.benefit.mean ?? Number.NaN, 9);
        expect(added("sacrifice")).toBeCloseTo(value.sacrifice.mean ?? Number.NaN, 9);
        expect(value.items.reduce((sum, { named }) => sum + named.numerator, 0)).toBe(
          all.reduce((sum, { benefits, sacrifices }) => sum + benefits.length + sacrifices.length, 0),
        );
      },
    ),
  );
});

function errorOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was thrown");
}

test("scales that differ between respondents put all in POMP", () => {
  const on = (respondentId: string, max: number) => ({
    respondentId,
    benefits: [{ id: "service", score: max, scale: { min: 0, max } }],
    sacrifices: [{ id: "time", score: 0, scale: { min: 0, max } }],
  });
  const reports = [on("a", 5), on("b", 10)];
  const { values, unit, items } = selfReportedValue(reports);
  expect(unit).toBe("pomp");
  expect(values.columns.net).toEqual([100, 100]);
  expect(items.map(({ points }) => points)).toEqual([100, 0]);
  expect(selfReportedValue([on("a", 5), on("b", 5)]).unit).toBe("points");
  const lower = { ...on("b", 5), benefits: [{ id: "service", score: 5, scale: { min: -1, max: 5 } }] };
  expect(selfReportedValue([on("a", 5), lower]).unit).toBe("pomp");
  expect(errorOf(() => selfReportedValue(reports, { unit: "points" })).path).toBe("options.unit");
  const bare = { ...report("c", 1, 1), sacrifices: [] };
  expect(errorOf(() => selfReportedValue([...reports, bare])).path).toBe("reports[2].benefits[0].scale");
});

test("more items than room was made for at first", () => {
  const many = Array.from({ length: 1500 }, (_, i) => report(`r${i}`, 6, null));
  const { net, items } = selfReportedValue(many);
  // 0.6 * 6 + 0.4 * 5 - 4 for each.
  expect(net.mean).toBeCloseTo(1.6, 12);
  expect(items.length).toBe(1502);
});

describe("refuses with the report in the path", () => {
  const good = report("a", 1, 1);
  const next = report("b", 1, 1);
  const item = { id: "time", score: 4 };

  test.each<[string, object, string]>([
    ["a respondent twice", { respondentId: "a" }, "reports[1].respondentId"],
    ["a word for an overall answer", { overall: "good" }, "reports[1].overall"],
    ["no score", { sacrifices: [{ ...item, score: Number.NaN }] }, "reports[1].sacrifices[0].score"],
    ["a sacrifice below 0", { sacrifices: [{ ...item, score: -4 }] }, "reports[1].sacrifices[0].score"],
    ["an item twice", { sacrifices: [item, item] }, "reports[1].sacrifices[1].id"],
    ["no id", { benefits: [item, { ...item, id: "" }] }, "reports[1].benefits[1].id"],
    ["a negative weight", { benefits: [{ ...item, weight: -1 }] }, "reports[1].benefits[0].weight"],
    ["a rumor", { benefits: [{ ...item, source: "rumor" }] }, "reports[1].benefits[0].source"],
    ["no scale", { benefits: [{ ...item, scale: { min: 4, max: 4 } }] }, "reports[1].benefits[0].scale"],
    ["off the scale", { benefits: [{ ...item, scale: { min: 5, max: 9 } }] }, "reports[1].benefits[0].score"],
    [
      "above the scale",
      { benefits: [{ ...item, scale: { min: 1, max: 3 } }] },
      "reports[1].benefits[0].score",
    ],
    ["nothing", { benefits: [null] }, "reports[1].benefits[0]"],
    ["no list", { benefits: undefined }, "reports[1].benefits"],
  ])("%s", (_, wrong, path) => {
    expect(errorOf(() => selfReportedValue([good, { ...next, ...wrong } as ValueReport])).path).toBe(path);
  });

  test.each<[string, object, string]>([
    ["weights", { benefits: ["x", "y"].map((id) => ({ id, score: 1, weight: 1e308 })) }, "a sum of weights"],
    ["totals", { benefits: ["x", "y"].map((id) => ({ id, score: 1.7e308, weight: 4 })) }, "a total"],
    [
      "scores of all",
      {
        benefits: [
          { id: "service", score: 1.7e308, weight: 1e-9 },
          { ...item, weight: 1e9 },
        ],
      },
      "a sum of scores on service",
    ],
  ])("%s that no sum can hold", (what, wrong, words) => {
    const high = { ...good, benefits: [{ id: "service", score: 1.7e308, weight: 1e-9 }] };
    const reports = [what === "scores of all" ? high : good, { ...next, ...wrong }];
    const options = { combine: "sum" } as const;
    expect(errorOf(() => selfReportedValue(reports, options)).message).toContain(words);
  });

  test("but takes an item on both sides, a source, and the same item in two reports", () => {
    const both = { ...next, benefits: [{ ...item, source: "survey" as const }], sacrifices: [item] };
    const { items } = selfReportedValue([good, both]);
    expect(items.filter(({ id }) => id === "time").map(({ side, named }) => [side, named.numerator])).toEqual(
      [
        ["sacrifice", 2],
        ["benefit", 1],
      ],
    );
  });
});
