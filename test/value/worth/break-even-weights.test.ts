import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakEvenWeights } from "../../../src/value/worth/break-even-weights.js";
import {
  compareOffers,
  type ScoredOffer,
  type WeightedItem,
} from "../../../src/value/worth/compare-offers.js";
import { weightSensitivity } from "../../../src/value/worth/weight-sensitivity.js";

const items: WeightedItem[] = [
  { id: "service", weight: 3 },
  { id: "image", weight: 1 },
  { id: "time", weight: 2, side: "sacrifice" },
];
const us: ScoredOffer = { id: "us", scores: { service: 8, image: 5, time: 4 } };
const rival: ScoredOffer = { id: "rival", scores: { service: 6, image: 5, time: 2 } };

test("sums: solved by hand", () => {
  // us: 24 + 5 - 8 = 21; rival: 18 + 5 - 4 = 19. The lead of 2 goes with 1 less on service or 1 more on time.
  const { order, duels } = breakEvenWeights(items, [rival, us]);
  expect(order.map(({ id, rank, value }) => [id, rank, value.net])).toEqual([
    ["us", 1, 21],
    ["rival", 2, 19],
  ]);
  const [duel] = duels;
  expect(duel).toMatchObject({ ahead: "us", behind: "rival", lead: 2 });
  expect(duel.items).toEqual([
    { id: "service", side: "benefit", weight: 3, breakEven: 2, change: -1 / 3, reason: null },
    {
      id: "image",
      side: "benefit",
      weight: 1,
      breakEven: null,
      change: null,
      reason: "both have the same score",
    },
    { id: "time", side: "sacrifice", weight: 2, breakEven: 3, change: 0.5, reason: null },
  ]);
  expect(duel.closest?.id).toBe("service");
});

test("a tie has nothing to turn, and no weight from 0 on may do it", () => {
  const [tie] = breakEvenWeights(items, [us, { ...us, id: "twin" }]).duels;
  expect(tie.lead).toBe(0);
  expect(tie.closest).toBeNull();
  expect(tie.items.map(({ reason }) => reason)).toEqual(Array(3).fill("the two offers are tied as it is"));
  const better = { id: "better", scores: { service: 9, image: 6, time: 1 } };
  const [clear] = breakEvenWeights(items, [us, better]).duels;
  expect(clear.ahead).toBe("better");
  expect(clear.items.map(({ breakEven }) => breakEven)).toEqual([null, null, null]);
});

describe("with the break-even weight put in", () => {
  const score = fc.integer({ min: 1, max: 10 });
  const scores = fc.record({ service: score, image: score, time: score });
  const weight = fc.integer({ min: 1, max: 9 });

  test.each(["sum", "mean"] as const)(
    "both nets are equal, and beyond it the order is turned (%s)",
    (combine) => {
      let turned = 0;
      fc.assert(
        fc.property(scores, scores, fc.tuple(weight, weight, weight), (a, b, weights) => {
          const weighted = items.map((item, i) => ({ ...item, weight: weights[i] }));
          const offers = [
            { id: "a", scores: a },
            { id: "b", scores: b },
          ];
          const [duel] = breakEvenWeights(weighted, offers, { combine }).duels;
          const gap = (id: string, own: number): number => {
            const moved = weighted.map((item) => (item.id === id ? { ...item, weight: own } : item));
            const nets = new Map(
              compareOffers(moved, offers, { combine }).map((offer) => [offer.id, offer.value.net]),
            );
            return (nets.get(duel.ahead) ?? 0) - (nets.get(duel.behind) ?? 0);
          };
          for (const { id, breakEven, weight: own } of duel.items) {
            if (breakEven === null || breakEven === 0) continue;
            // Nets are below 1000: rounding stays far below 1e-9.
            expect(gap(id, breakEven)).toBeCloseTo(0, 9);
            const beyond = Math.max(0, breakEven + (breakEven - own) * 0.01);
            expect(gap(id, beyond)).toBeLessThan(0);
            turned++;
          }
        }),
        { seed: 7 },
      );
      expect(turned).toBeGreaterThan(20);
    },
  );

  test("where none is named for a sum, no weight turns the order", () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1000, noNaN: true }), (a, b, any) => {
        const offers = [
          { id: "a", scores: a },
          { id: "b", scores: b },
        ];
        const [duel] = breakEvenWeights(items, offers).duels;
        if (duel.lead === 0) return;
        for (const { id, breakEven } of duel.items) {
          if (breakEven !== null) continue;
          const moved = items.map((item) => (item.id === id ? { ...item, weight: any } : item));
          expect(compareOffers(moved, offers)[0].id).toBe(duel.ahead);
        }
      }),
    );
  });
});

describe("compareOffers", () => {
  test("equals share the better place", () => {
    const order = compareOffers(items, [us, { ...us, id: "twin" }, rival]);
    expect(order.map(({ id, rank }) => [id, rank])).toEqual([
      ["us", 1],
      ["twin", 1],
      ["rival", 3],
    ]);
  });

  test("an offer without a score, or off the scale, is refused with its row", () => {
    const scaled = items.map((item) => ({ ...item, scale: { min: 1, max: 10 } }));
    expect(() => compareOffers(items, [us, { id: "x", scores: { service: 1, image: 1 } }])).toThrow(
      "row 2, scores.time: is not a finite number",
    );
    expect(() => compareOffers(scaled, [{ ...us, scores: { ...us.scores, time: 11 } }])).toThrow(
      "row 1, scores.time: 11 is outside its scale from 1 to 10",
    );
    expect(() => compareOffers([{ id: "a", weight: 0 }], [us])).toThrow("weights that sum to 0");
    expect(() => compareOffers([{ id: "a" } as WeightedItem], [us])).toThrow("row 1, weight");
    expect(() => compareOffers([{ id: "a", weight: 1, side: "cost" as never }], [us])).toThrow(
      'row 1, side: "cost" is not benefit or sacrifice',
    );
  });
});

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

  test.each([0, 1, -0.1, Number.NaN])("refuses a change of %d", (change) => {
    expect(() => weightSensitivity(value, { change })).toThrow("options.change");
  });
});
