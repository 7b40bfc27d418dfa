import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PricedOffer, type ValueMapOptions, valueMap } from "../../../src/value/relative/value-map.js";

const taste = [{ id: "taste", weight: 1 }];
const offer = (id: string, price: number, score: number): PricedOffer => ({
  id,
  price,
  scores: { taste: score },
});
const four = [offer("us", 90, 8), offer("b", 80, 6), offer("c", 100, 8), offer("d", 130, 9)];

test("by weights: through (1, 1), more quality makes up for more price", () => {
  const { offers, line } = valueMap(taste, [offer("us", 110, 9), offer("rival", 90, 6)], {
    qualityWeight: 60,
    priceWeight: 30,
    ours: "us",
  });
  expect(line).toEqual({
    kind: "weights",
    slope: 0.5,
    intercept: 0.5,
    n: null,
    rSquared: null,
    reason: null,
  });
  const [us, rival] = offers;
  expect(us).toMatchObject({ id: "us", isOurs: true, position: "superior" });
  expect(us.relativePrice).toBeCloseTo(1.1, 12);
  expect(us.relativeQuality).toBeCloseTo(1.2, 12);
  expect(us.fairQuality).toBeCloseTo(1.05, 12);
  expect(us.advantage).toBeCloseTo(0.15, 12);
  // A quality of 1.2 is fair at a relative price of 1.4: 210 against 90, of which the mean is 150.
  expect(us.fairPrice).toBeCloseTo(210, 10);
  expect(rival).toMatchObject({ isOurs: false, position: "inferior" });
  expect(rival.advantage).toBeCloseTo(-0.15, 12);
});

test("fitted over the competitors, as R's lm has it", () => {
  // p <- c(90,80,100,130); q <- c(8,6,8,9); P <- p/mean(p); Q <- q/mean(q); f <- lm(Q[-1] ~ P[-1])
  const { line, offers } = valueMap(taste, four, { line: "fitted", ours: "us" });
  expect(line).toMatchObject({ kind: "fitted", n: 3, reason: null });
  expect(line.intercept).toBeCloseTo(0.217317487266555, 12);
  expect(line.slope).toBeCloseTo(0.747028862478777, 12);
  expect(line.rSquared).toBeCloseTo(0.909774436090226, 12);
  for (const { id, fairPrice, fairQuality, relativePrice, relativeQuality } of offers) {
    // At its fair price an offer would stand on the line.
    const onLine = (line.intercept ?? 0) + (line.slope ?? 0) * ((fairPrice ?? 0) / 100);
    expect(onLine, id).toBeCloseTo(relativeQuality, 10);
    expect((line.intercept ?? 0) + (line.slope ?? 0) * relativePrice).toBeCloseTo(fairQuality ?? 0, 12);
  }
});

describe("no line can be fitted", () => {
  test.each<[string, PricedOffer[], string]>([
    ["over two", four.slice(0, 3), "2 competitors: a fitted line needs three"],
    ["over one price", four.map((one) => ({ ...one, price: 0.1 })), "all competitors have the same price"],
  ])("%s", (_, offers, reason) => {
    const map = valueMap(taste, offers, { line: "fitted", ours: "us" });
    expect(map.line).toMatchObject({ slope: null, intercept: null, rSquared: null, reason });
    expect(map.offers[0]).toMatchObject({
      advantage: null,
      fairQuality: null,
      fairPrice: null,
      position: null,
    });
    expect(map.offers[0].relativeQuality).toBeGreaterThan(0);
  });
});

test("a level line explains nothing: where quality does not vary there is no share of its spread", () => {
  // A quality of 0.7 on a price of 0.1, 0.2, 0.4: the mean of three tenths is rounded.
  const flat = [offer("us", 0.3, 0.9), ...[0.1, 0.2, 0.4].map((price, i) => offer(`o${i}`, price, 0.7))];
  const { line } = valueMap(taste, flat, { line: "fitted", ours: "us" });
  expect(line.slope).toBeCloseTo(0, 12);
  expect(line).toMatchObject({ n: 3, rSquared: null, reason: null });
});

test("against the others, as Gale compares, and within a tolerance", () => {
  const options = { qualityWeight: 1, priceWeight: 1, against: "others", tolerance: 0.2 } as const;
  const [us, rival] = valueMap(taste, [offer("us", 120, 9), offer("rival", 100, 6)], options).offers;
  expect(us).toMatchObject({ relativePrice: 1.2, relativeQuality: 1.5, position: "superior" });
  // Against us: a price of 100/120 for a quality of 6/9, a sixth below the line.
  expect(rival.advantage).toBeCloseTo(-1 / 6, 12);
  expect(rival.position).toBe("fair");
});

test("a line that falls, or asks for less than nothing, gives no fair price", () => {
  const falling = [offer("us", 90, 8), offer("b", 80, 9), offer("c", 100, 8), offer("d", 130, 6)];
  const map = valueMap(taste, falling, { line: "fitted", ours: "us" });
  expect(map.line.slope).toBeLessThan(0);
  expect(map.offers.map(({ fairPrice }) => fairPrice)).toEqual([null, null, null, null]);
  const poor = valueMap(taste, [offer("us", 100, 1), offer("rival", 100, 9)], {
    qualityWeight: 1,
    priceWeight: 0.5,
  });
  // A quality of 0.2 lies below the line's 0.5 at a price of 0.
  expect(poor.offers[0].fairPrice).toBeNull();
});

test("against the market, both axes have a mean of 1; the unit of prices does not matter", () => {
  const one = fc.record({
    price: fc.integer({ min: 1, max: 1000 }),
    a: fc.integer({ min: 1, max: 10 }),
    b: fc.integer({ min: 1, max: 10 }),
  });
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 2, max: 100 }),
      (rows, factor) => {
        const attributes = [
          { id: "a", weight: 2 },
          { id: "b", weight: 3 },
        ];
        const options = { qualityWeight: 2, priceWeight: 1 };
        const offers = rows.map(({ price, a, b }, i) => ({ id: `o${i}`, price, scores: { a, b } }));
        const map = valueMap(attributes, offers, options);
        const mean = (field: "relativePrice" | "relativeQuality" | "advantage") =>
          map.offers.reduce((sum, own) => sum + (own[field] ?? 0), 0) / rows.length;
        expect(mean("relativePrice")).toBeCloseTo(1, 10);
        expect(mean("relativeQuality")).toBeCloseTo(1, 10);
        expect(mean("advantage")).toBeCloseTo(0, 10);
        const dearer = offers.map((own) => ({ ...own, price: own.price * factor }));
        valueMap(attributes, dearer, options).offers.forEach((own, i) => {
          expect(own.relativePrice).toBeCloseTo(map.offers[i].relativePrice, 10);
          const before = map.offers[i].fairPrice;
          if (before !== null) expect((own.fairPrice ?? 0) / factor / before).toBeCloseTo(1, 8);
        });
      },
    ),
  );
});

test("at its fair price, a map drawn again shows an offer on the line by weights", () => {
  const offers = fc.array(
    fc.record({ price: fc.integer({ min: 50, max: 150 }), score: fc.integer({ min: 1, max: 10 }) }),
    { minLength: 2, maxLength: 6 },
  );
  let moved = 0;
  fc.assert(
    fc.property(offers, fc.constantFrom("market" as const, "others" as const), (rows, against) => {
      const all = rows.map(({ price, score }, i) => offer(`o${i}`, price, score));
      const options = { qualityWeight: 1, priceWeight: 1, against };
      const [first] = valueMap(taste, all, options).offers;
      if (first.fairPrice === null) return;
      const again = valueMap(taste, [{ ...all[0], price: first.fairPrice }, ...all.slice(1)], options)
        .offers[0];
      expect(again.relativeQuality).toBe(first.relativeQuality);
      expect(again.advantage).toBeCloseTo(0, 9);
      if (Math.abs(first.fairPrice - all[0].price) > 1) moved++;
    }),
    { seed: 3 },
  );
  expect(moved).toBeGreaterThan(20);
});

test("no price comes to a quality that even an own price without end cannot ask for", () => {
  // With two offers a relative price stays below 2; a quality of 1.8 asks for 1 + 0.8 * 2.
  const [us] = valueMap(taste, [offer("us", 100, 9), offer("rival", 100, 1)], {
    qualityWeight: 2,
    priceWeight: 1,
  }).offers;
  expect(us.relativeQuality).toBeCloseTo(1.8, 12);
  expect(us.fairPrice).toBeNull();
});

test("a distance of the tolerance is fair on either side, whatever rounding says", () => {
  const twins = [offer("up", 100, 11), offer("down", 100, 9)];
  const at = (tolerance: number) =>
    valueMap(taste, twins, { qualityWeight: 1, priceWeight: 1, tolerance }).offers.map(
      ({ position }) => position,
    );
  expect(at(0.1)).toEqual(["fair", "fair"]);
  expect(at(0.0999)).toEqual(["superior", "inferior"]);
  // 0.1 + 0.2 of quality for 0.3 of price: on the line, though the sums differ in the last digit.
  const three = [offer("a", 0.3, 0.1 + 0.2), offer("b", 0.3, 0.3)];
  const level = valueMap(taste, three, { qualityWeight: 1, priceWeight: 1 }).offers;
  expect(level.map(({ position }) => position)).toEqual(["fair", "fair"]);
});

test.each<[PricedOffer[], ValueMapOptions, string]>([
  [
    [offer("us", 1e308, 5), offer("b", 1e308, 5)],
    { line: "fitted" },
    "offers gives a mean price of Infinity",
  ],
  [
    [offer("us", 1, 1e308), offer("b", 1, 1e308)],
    { line: "fitted" },
    "offers gives a mean score of Infinity",
  ],
  [[offer("us", -1, 5), offer("b", 1, 5)], { line: "fitted" }, "row 1, price: -1 is not a finite number"],
  [four, {}, "options.qualityWeight is undefined and priceWeight undefined: pass both"],
  [four, { qualityWeight: 1 }, "priceWeight undefined"],
  [four, { qualityWeight: 0, priceWeight: 1 }, "where the line is upright"],
  [four, { line: "fitted", qualityWeight: 1 }, 'not read with line "fitted"'],
  [four, { line: "fitted", ours: "x" }, 'options.ours is "x"'],
  [four, { line: "fitted", tolerance: -1 }, "options.tolerance is -1"],
  [four.slice(0, 1), { line: "fitted" }, "offers holds 1"],
  [[...four, offer("e", 0, 5)], { line: "fitted" }, "row 5, price: 0 is not a finite number above 0"],
  [[...four, offer("e", 5, 0)], { line: "fitted" }, "row 5, scores.taste: 0 is not above 0"],
  [[...four, offer("us", 5, 5)], { line: "fitted" }, 'row 5, id: "us" comes a second time'],
])("refuses %#", (offers, options, words) => {
  expect(() => valueMap(taste, offers, options)).toThrow(words);
});

test("refuses a sacrifice among the attributes", () => {
  const attributes = [{ id: "taste", weight: 1, side: "sacrifice" as const }];
  expect(() => valueMap(attributes, four, { line: "fitted" })).toThrow('attributes[0].side is "sacrifice"');
});
