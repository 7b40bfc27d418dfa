import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { rows } from "../../../src/core/table.js";
import { customerValue } from "../../../src/value/worth/customer-value.js";
import { type SurveyedValueItem, surveyedValue } from "../../../src/value/worth/surveyed-value.js";

const scale = { min: 1, max: 9 };
const items: SurveyedValueItem[] = [
  { id: "service", weight: 3, scale },
  { id: "image", weight: 1, scale },
  { id: "time", weight: 2, side: "sacrifice", scale },
];
const respondentIds = ["a", "b", "c", "d", "e", "f"];
const service = [8, 6, 9, 7, 5, 8];
const image = [4, 5, 7, 6, 3, 9];
const time = [4, 6, 3, 5, 7, 2];
const matrix = {
  respondentIds,
  itemIds: items.map(({ id }) => id),
  values: Float64Array.from(respondentIds.flatMap((_, i) => [service[i], image[i], time[i]])),
};
const long = respondentIds.flatMap((respondentId, i) => [
  { respondentId, itemId: "service", value: service[i] },
  { respondentId, itemId: "image", value: image[i] },
  { respondentId, itemId: "time", value: time[i] },
]);

test("means with t intervals, and the ratio's, as R 4.2 has them", () => {
  // b <- cbind(c(8,6,9,7,5,8), c(4,5,7,6,3,9)); B <- b[,1]*3+b[,2]; S <- c(4,6,3,5,7,2)*2; N <- B-S; t.test(N); sd(N)
  // t.test(B, conf.level=.9); g <- c(1/mean(B), -1/mean(S)); V <- g %*% cov(cbind(B,S)) %*% g / 6
  // mean(B)/mean(S)*exp(c(-1,1)*qt(.975,5)*sqrt(V)). R shows 15 digits.
  const value = surveyedValue(matrix, items);
  expect(value.net.mean).toBeCloseTo(18.1666666666667, 12);
  expect(value.net.sd).toBeCloseTo(9.70395108533976, 12);
  expect(value.net.interval?.lower).toBeCloseTo(7.98299454990381, 11);
  expect(value.net.interval?.upper).toBeCloseTo(28.35033878342952, 11);
  expect(value.ratioInterval?.lower).toBeCloseTo(1.55341658042004, 11);
  expect(value.ratioInterval?.upper).toBeCloseTo(5.86542860523319, 11);
  const at90 = surveyedValue(matrix, items, { confidenceLevel: 0.9 }).benefit.interval;
  expect(at90?.lower).toBeCloseTo(22.1921311318327, 11);
  expect(at90?.upper).toBeCloseTo(32.1412022015006, 11);
});

test("each respondent's value is that of customerValue with their scores", () => {
  for (const options of [{}, { combine: "mean" }, { unit: "pomp" }] as const) {
    const { values, items: found, benefit } = surveyedValue(matrix, items, options);
    rows(values).forEach((row, i) => {
      const own = customerValue(
        {
          benefits: [
            { id: "service", score: service[i], weight: 3, scale },
            { id: "image", score: image[i], weight: 1, scale },
          ],
          sacrifices: [{ id: "time", score: time[i], weight: 2, scale }],
        },
        options,
      );
      // Weights times points in another order of operations.
      expect(row.net).toBeCloseTo(own.net, 10);
      expect(row.benefit).toBeCloseTo(own.benefit, 10);
    });
    expect((found[0].contribution ?? 0) + (found[1].contribution ?? 0)).toBeCloseTo(benefit.mean ?? 0, 10);
  }
});

test("rows, columns and a matrix say the same, in any order of rows", () => {
  const expected = surveyedValue(matrix, items);
  const columns = {
    length: long.length,
    columns: {
      respondentId: long.map(({ respondentId }) => respondentId),
      itemId: long.map(({ itemId }) => itemId),
      value: Float64Array.from(long, ({ value }) => value),
    },
  };
  expect(surveyedValue(long, items)).toEqual(expected);
  expect(surveyedValue(columns, items)).toEqual(expected);
  const byItem = [...long].sort(
    (a, b) => items.findIndex(({ id }) => id === a.itemId) - items.findIndex(({ id }) => id === b.itemId),
  );
  expect(surveyedValue(byItem, items)).toEqual(expected);
});

describe("what was not answered", () => {
  const without = [
    ...long.filter(({ respondentId, itemId }) => !(respondentId === "a" && itemId === "time")),
    { respondentId: "g", itemId: "service", value: 2 },
    { respondentId: "h", itemId: "service", value: null },
  ];
  const value = surveyedValue(without, items);

  test("is shown and not imputed", () => {
    expect([value.respondents, value.complete]).toEqual([8, 5]);
    expect(value.net.n).toBe(5);
    expect(value.items.map(({ n, missing }) => [n, missing])).toEqual([
      [7, 1],
      [6, 2],
      [5, 3],
    ]);
    const none = { benefit: null, sacrifice: null, net: null };
    expect(rows(value.values)[0]).toEqual({ respondentId: "a", ...none });
    // 8, 6, 9, 7, 5, 8 and 2.
    expect(value.items[0].mean).toBeCloseTo(45 / 7, 12);
  });

  test("does not matter where the item has no weight", () => {
    const idle = items.map((item) => (item.id === "time" ? { ...item, weight: 0 } : item));
    const { complete, ratio, sacrifice } = surveyedValue(without, idle);
    expect(complete).toBe(6);
    expect(sacrifice.mean).toBe(0);
    expect(ratio.value).toBeNull();
  });

  test("nobody or one: no spread, and why", () => {
    const none = surveyedValue([], items);
    const reason = "nobody answered every item with a weight";
    expect(none.net).toEqual({ n: 0, mean: null, sd: null, interval: null, reason });
    expect(none.items[0].reason).toBe("nobody answered");
    expect(none.items[0].contribution).toBeNull();
    expect(none.ratio).toEqual({ value: null, numerator: 0, denominator: 0, reason });
    const one = surveyedValue(long.slice(0, 3), items);
    expect(one.net).toMatchObject({ n: 1, mean: 20, interval: null, reason: "one respondent has no spread" });
    expect(one.ratioInterval).toBeNull();
  });
});

function errorOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was thrown");
}

test.each<[string, object, string, string]>([
  ["an answer off the scale", { value: 10 }, "INVALID_ROWS", "answers[18].value"],
  ["an unknown item", { itemId: "price" }, "INVALID_ROWS", "answers[18].itemId"],
  ["a second answer", { respondentId: "a" }, "INVALID_ROWS", "answers[18].itemId"],
  ["nobody", { respondentId: "" }, "INVALID_ROWS", "answers[18].respondentId"],
])("refuses %s with its row", (_, wrong, code, path) => {
  const last = { respondentId: "z", itemId: "service", value: 5, ...wrong };
  expect(errorOf(() => surveyedValue([...long, last], items))).toMatchObject({ code, path });
});

test("refuses an item without a scale, a mean without weights", () => {
  const bare = [{ id: "service", weight: 1 } as SurveyedValueItem];
  expect(errorOf(() => surveyedValue([], bare)).path).toBe("items[0].scale");
  const benefits = items.slice(0, 2);
  const idle = errorOf(() => surveyedValue([], benefits, { combine: "mean" }));
  expect(idle.path).toBe("items");
  expect(idle.message).toContain("the list of sacrifices in items has no items");
  expect(errorOf(() => surveyedValue([], items, { confidenceLevel: 1 })).path).toBe(
    "options.confidenceLevel",
  );
});

describe("answers to other items, and of other waves", () => {
  const other = [...long, { respondentId: "a", itemId: "price", value: 700 }];

  test("are refused, or skipped and counted", () => {
    expect(errorOf(() => surveyedValue(other, items)).path).toBe("answers[18].itemId");
    const value = surveyedValue(other, items, { unknownItems: "skip" });
    expect(value).toEqual({ ...surveyedValue(long, items), skipped: 1 });
    expect(surveyedValue(long, items).skipped).toBe(0);
    expect(errorOf(() => surveyedValue(other, items, { unknownItems: "drop" as never })).path).toBe(
      "options.unknownItems",
    );
  });

  test("the wave that is read is named", () => {
    const waves = [
      ...long.map((answer) => ({ ...answer, waveId: "spring" })),
      ...long.map((answer) => ({ ...answer, value: 9, waveId: "autumn" })),
    ];
    expect(surveyedValue(long, items).waveId).toBeNull();
    expect(surveyedValue(waves, items, { waveId: "spring" })).toEqual({
      ...surveyedValue(long, items),
      waveId: "spring",
    });
    expect(errorOf(() => surveyedValue(waves, items)).path).toBe("options.waveId");
  });
});

test("a mean benefit below 0 has a ratio, and no interval on a logarithm", () => {
  const around = { min: -3, max: 3 };
  const two: SurveyedValueItem[] = [
    { id: "image", weight: 1, scale: around },
    { id: "time", weight: 1, side: "sacrifice", scale: around },
  ];
  const values = [-2, 1, -1, 2, -3, 3];
  const found = surveyedValue({ respondentIds: ["a", "b", "c"], itemIds: ["image", "time"], values }, two);
  expect(found.ratio).toEqual({ value: -1, numerator: -2, denominator: 2, reason: null });
  expect(found.ratioInterval).toBeNull();
});

test("refuses weights whose sums no number can hold", () => {
  // Above and below, of which the sum would be no number, as that of a missing answer is.
  const wide = { min: -1e307, max: 1e307 };
  const both = ["up", "down"].map((id) => ({ id, weight: 100, scale: wide }));
  const extremes = { respondentIds: ["a"], itemIds: ["up", "down"], values: [1e307, -1e307] };
  expect(errorOf(() => surveyedValue(extremes, both)).message).toContain("items gives a total of Infinity");
  for (const weight of [1e308, 1e200]) {
    const heavy = items.map((item) => ({ ...item, weight }));
    // Sums of 1e201 are numbers, their squares are not.
    expect(errorOf(() => surveyedValue(long, heavy))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "items",
    });
  }
});
