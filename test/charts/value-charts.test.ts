import { describe, expect, test } from "vitest";
import { benefitSacrificeChart } from "../../src/charts/benefit-sacrifice-chart.js";
import { freeLabels } from "../../src/charts/free-labels.js";
import { valueMapChart } from "../../src/charts/value-map-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { seededRandom } from "../../src/core/random.js";
import { type PricedOffer, valueMap } from "../../src/value/relative/value-map.js";
import { customerValue } from "../../src/value/worth/customer-value.js";
import { surveyedValue } from "../../src/value/worth/surveyed-value.js";
import { customerValueInMoney } from "../../src/value/worth/value-in-money.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const items = (scores: Record<string, number>) =>
  Object.entries(scores).map(([id, score]) => ({ id, score }));
const whole = customerValue({
  benefits: items({ pride: 5, product: 40, service: 20, personnel: 15, image: 10, brand: 10 }),
  sacrifices: items({
    time: 10,
    monetary: 50,
    energy: 5,
    psychic: 5,
    discomfort: 2,
    insecurity: 2,
    anxiety: 1,
  }),
});
const loss = customerValue({ benefits: [], sacrifices: items({ monetary: 5 }) });
const inMoney = customerValueInMoney({
  currency: "IDR",
  valueOfTime: 5_000_000,
  benefits: [{ id: "product", amount: 2_000_000_000 }],
  sacrifices: [
    { id: "monetary", amount: 1_500_000_000 },
    { id: "time", hours: 3.5 },
    { id: "insecurity that is felt when paying without a receipt", amount: 90_000_000, probability: 0.1 },
  ],
});
const formatAmount = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });
const scaled = { min: 1, max: 7 };
const pomp = customerValue(
  {
    benefits: [
      { id: "product", score: 2.5, scale: scaled, weight: 3 },
      { id: "image", score: 80, scale: { min: 0, max: 100 } },
    ],
    sacrifices: [{ id: "time", score: 6, scale: scaled }],
  },
  { combine: "mean" },
);

const asked = ["product", "time"].map((id) => ({
  ...{ id, weight: 2, scale: { min: 1, max: 10 } },
  side: id === "time" ? ("sacrifice" as const) : ("benefit" as const),
}));
const surveyed = (values: (number | null)[]) =>
  surveyedValue({ respondentIds: ["a", "b", "c"], itemIds: ["product", "time"], values }, asked);

const draw = seededRandom(5);
const weights = { qualityWeight: 60, priceWeight: 40 };
const attributes = [
  { id: "taste", weight: 2 },
  { id: "service", weight: 1 },
];
const market: PricedOffer[] = ["us", "Teh Besar", "Kebun Raya", "Murah", "Istana", "Toko Kita"].map((id) => ({
  id,
  price: 20_000 + Math.round(20_000 * draw()),
  scores: { taste: 4 + 6 * draw(), service: 4 + 6 * draw() },
}));
const crowd: PricedOffer[] = Array.from({ length: 40 }, (_, i) => ({
  id: `competitor number ${i}`,
  price: 100 + 5 * draw(),
  scores: { taste: 7 + draw(), service: 7 },
}));
const same: PricedOffer[] = ["a", "b"].map((id) => ({ id, price: 5, scores: { taste: 5, service: 5 } }));

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "all kinds": (options) => benefitSacrificeChart(whole, options),
  "a loss": (options) => benefitSacrificeChart(loss, options),
  "in rupiah": (options) => benefitSacrificeChart(inMoney, { ...options, formatAmount }),
  "in minor units": (options) => benefitSacrificeChart(inMoney, options),
  "in POMP": (options) => benefitSacrificeChart(pomp, options),
  "a survey": (options) => benefitSacrificeChart(surveyed([8, 4, 6, 4, 9, null]), options),
  "a survey that nobody answered": (options) =>
    benefitSacrificeChart(surveyed([8, null, 6, null, 9, null]), options),
  nothing: (options) => benefitSacrificeChart(customerValue({ benefits: [], sacrifices: [] }), options),
  "a market by weights": (options) =>
    valueMapChart(valueMap(attributes, market, { ...weights, ours: "us" }), options),
  "a market, fitted": (options) =>
    valueMapChart(valueMap(attributes, market, { line: "fitted", ours: "us", against: "others" }), options),
  "no line": (options) =>
    valueMapChart(valueMap(attributes, market.slice(0, 3), { line: "fitted", ours: "us" }), options),
  "a crowd": (options) => valueMapChart(valueMap(attributes, crowd, weights), options),
  "a steep line": (options) =>
    valueMapChart(
      valueMap(attributes, market, { qualityWeight: 1, priceWeight: 50, tolerance: 0.1 }),
      options,
    ),
  "price does not matter": (options) =>
    valueMapChart(valueMap(attributes, market, { qualityWeight: 1, priceWeight: 0 }), options),
  "two at one place": (options) => valueMapChart(valueMap(attributes, same, weights), options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what benefits and sacrifices say", () => {
  test("what is left, and what counts most on either side", () => {
    expect(answerOf(CHARTS["all kinds"]({ width: 720 }))).toContain(
      "100 got for 75 given: 25 is left. Most is got by product (40% of the benefits), most is given by monetary (67% of the sacrifices).",
    );
    expect(answerOf(CHARTS["a loss"]({}))).toContain("0 got for 5 given: -5 is left. Nothing is got,");
    expect(answerOf(CHARTS.nothing({}))).toContain("There are no benefits and no sacrifices.");
    expect(answerOf(CHARTS["in POMP"]({}))).toContain("percent of the maximum possible");
    expect(answerOf(CHARTS["in minor units"]({}))).toContain("minor units of IDR");
  });

  test("of a survey the means are drawn, with how many they are of", () => {
    // Of a and b: 2 x 7 got for 2 x 4 given.
    const answer = answerOf(CHARTS["a survey"]({ width: 720 }));
    expect(answer).toContain("14 got for 8 given: 6 is left. Most is got by product (100% of the benefits)");
    expect(answer).toContain("n = 2 of 3 respondents, 2 items.");
    const nobody = answerOf(CHARTS["a survey that nobody answered"]({ width: 720 }));
    expect(nobody).toContain("Nobody answered every item with a weight.");
    expect(nobody).toContain("n = 0 of 3 respondents, 0 items.");
  });

  test("no share of nothing, and none of a whole that is less than its parts", () => {
    const scale = { min: -5, max: 5 };
    const answer = (product: number, image: number) =>
      answerOf(
        benefitSacrificeChart(
          customerValue({
            benefits: [
              { id: "product", score: product, scale },
              { id: "image", score: image, scale },
            ],
            sacrifices: [],
          }),
        ),
      );
    expect(answer(3, 1)).toContain("Most is got by product (75% of the benefits), nothing is given.");
    expect(answer(0, 0)).toContain("0 is left. Nothing is got, nothing is given.");
    expect(answer(-1, -2)).toContain("-3 is left. Nothing is got, nothing is given.");
    // 3 - 1 is 2, of which 3 are 150 %; 1 - 3 is less than nothing.
    expect(answer(3, -1)).toContain("Most is got by product, nothing is given.");
    expect(answer(1, -3)).toContain("Most is got by product, nothing is given.");
  });

  test("the greatest first on each side, benefits to the right of zero, sacrifices to the left, as long as they are great", () => {
    const bars = rowsOf(CHARTS["all kinds"]({ width: 720 })).filter((row) => "part" in row);
    expect(bars.map(({ item }) => item).slice(0, 8)).toEqual([
      "product",
      "service",
      "personnel",
      "image",
      "brand",
      "pride",
      "monetary",
      "time",
    ]);
    const zero = Number(bars[0].left);
    const long = (item: string): number => {
      const bar = bars.find((row) => row.item === item) ?? {};
      return Number(bar.right) - Number(bar.left);
    };
    for (const { part, left, right } of bars) {
      if (part === "benefit") expect(left).toBe(zero);
      if (part === "sacrifice") expect(right).toBe(zero);
    }
    // Places are rounded to hundredths of a pixel.
    expect(long("monetary") / long("service")).toBeCloseTo(50 / 20, 3);
    expect(long("net") / long("service")).toBeCloseTo(25 / 20, 3);
  });
});

describe("what a value map says", () => {
  test("where we stand, who stands best, and how the line is meant", () => {
    const two = valueMap(
      [{ id: "taste", weight: 1 }],
      [
        { id: "us", scores: { taste: 9 }, price: 110 },
        { id: "rival", scores: { taste: 6 }, price: 90 },
      ],
      { qualityWeight: 1, priceWeight: 0.5, ours: "us" },
    );
    const answer = answerOf(valueMapChart(two));
    expect(answer).toContain(
      "us is 0.15 above the fair-value line: quality 1.2 at a price of 1.1. rival is 0.15 below it.",
    );
    expect(answer).toContain(
      "n = 2 offers; 1 is the mean of all. Line: fair value, by the weights through (1, 1), slope 0.5.",
    );
    // Ours comes first also where it stands worst; without one of ours, whoever stands best.
    const behind = (ours?: string) =>
      answerOf(
        valueMapChart(
          valueMap(
            [{ id: "taste", weight: 1 }],
            [
              { id: "us", scores: { taste: 6 }, price: 90 },
              { id: "rival", scores: { taste: 9 }, price: 110 },
            ],
            { qualityWeight: 1, priceWeight: 0.5, ours },
          ),
        ),
      );
    expect(behind("us")).toMatch(/^us is 0\.15 below the fair-value line: .* rival is 0\.15 above it\./);
    expect(behind()).toMatch(/^rival is 0\.15 above the fair-value line: .* us is 0\.15 below it\./);
    expect(answerOf(CHARTS["no line"]({}))).toContain("2 competitors: a fitted line needs three");
    expect(answerOf(CHARTS["a market, fitted"]({}))).toContain("fitted over 5 competitors");
  });

  test("more price lies to the right, more quality above; every offer is drawn, ours apart", () => {
    const map = valueMap(attributes, market, { ...weights, ours: "us" });
    const points = rowsOf(valueMapChart(map)).filter((row) => "relative price" in row);
    expect(points.map(({ offer }) => offer)).toEqual([...market.slice(1).map(({ id }) => id), "us"]);
    for (const [i, a] of map.offers.entries()) {
      for (const b of map.offers.slice(i + 1)) {
        const [first, second] = [a, b].map(({ id }) => points.find(({ offer }) => offer === id) ?? {});
        expect(Math.sign(Number(first.x) - Number(second.x))).toBe(
          Math.sign(a.relativePrice - b.relativePrice),
        );
        expect(Math.sign(Number(second.y) - Number(first.y))).toBe(
          Math.sign(a.relativeQuality - b.relativeQuality),
        );
      }
    }
  });
});

test("names lie on no point, no other name and beyond no edge; the first choose first", () => {
  const points = Array.from({ length: 60 }, (_, i) => ({
    x: 300 * draw(),
    y: 200 * draw(),
    width: 40,
    text: `n${i}`,
    isBold: false,
  }));
  const room = { height: 12, dot: 10, right: 300, bottom: 200 };
  const labels = freeLabels(points, room);
  expect(labels.length).toBeGreaterThan(5);
  expect(labels.length).toBeLessThan(60);
  for (const [i, { left, middle, width }] of labels.entries()) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(300);
    for (const point of points) {
      const across = Math.min(left + width, point.x + 5) - Math.max(left, point.x - 5);
      const down = Math.min(middle + 6, point.y + 5) - Math.max(middle - 6, point.y - 5);
      expect(across > 0 && down > 0).toBe(false);
    }
    for (const other of labels.slice(i + 1)) {
      const across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
      expect(across > 0 && Math.abs(middle - other.middle) < 12).toBe(false);
    }
  }
  expect(freeLabels([{ x: 150, y: 100, width: 40, text: "alone", isBold: true }], room)).toMatchObject([
    { left: 158, middle: 100 },
  ]);

  const alone = { x: 150, y: 100, width: 40, text: "alone", isBold: true };
  // A line to the right is avoided while another place is free, and crossed before a name is left out.
  const right = { left: 160, right: 162, top: 0, bottom: 200 };
  expect(freeLabels([alone], room, [right])[0].left).toBe(102);
  const everywhere = { left: 0, right: 300, top: 0, bottom: 200 };
  expect(freeLabels([alone], room, [everywhere])[0].left).toBe(158);
});
