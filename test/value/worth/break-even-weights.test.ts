import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakEvenWeights } from "../../../src/value/worth/break-even-weights.js";
import {
  compareOffers,
  type ScoredOffer,
  type WeightedItem,
} from "../../../src/value/worth/compare-offers.js";

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
    expect(() => compareOffers(items, [{ ...us, scores: { ...us.scores, time: -4 } }])).toThrow(
      "row 1, scores.time: -4 is below 0: a sacrifice is scored by its size",
    );
    const either = items.map((item) => ({ ...item, scale: { min: -5, max: 10 } }));
    // 24 + 5 + 2 * 4: a sacrifice that is a relief, on a scale that has it.
    expect(compareOffers(either, [{ ...us, scores: { ...us.scores, time: -4 } }])[0].value.net).toBe(37);
    expect(() => compareOffers(items, [{ ...us, scale: { min: 5, max: 1 } }])).toThrow("row 1, scale");
    expect(() => compareOffers(items, [{ ...us, scale: { min: 5, max: 9 } }])).toThrow(
      "row 1, scores.time: 4 is outside its scale from 5 to 9",
    );
    expect(() => compareOffers([{ id: "a", weight: 0 }], [us])).toThrow("weights that sum to 0");
    expect(() => compareOffers([{ id: "a" } as WeightedItem], [us])).toThrow("row 1, weight");
    expect(() => compareOffers([{ id: "a", weight: 1, side: "cost" as never }], [us])).toThrow(
      'row 1, side: "cost" is not benefit or sacrifice',
    );
  });
});

describe("what rounding alone sets apart", () => {
  const tenths: WeightedItem[] = [
    { id: "x", weight: 0.1 },
    { id: "y", weight: 0.2 },
    { id: "z", weight: 0.3 },
  ];
  // All come to 0.6 by their decimals; in doubles D has 0.6 and the others 0.6000000000000001.
  const offers = [
    { id: "D", scores: { x: 0, y: 0, z: 2 } },
    { id: "A", scores: { x: 1, y: 1, z: 1 } },
    { id: "C", scores: { x: 0, y: 3, z: 0 } },
  ];

  test("is a tie, in any order of offers and items", () => {
    for (const items of [tenths, [...tenths].reverse()]) {
      expect(compareOffers(items, offers).map(({ id, rank }) => [id, rank])).toEqual([
        ["D", 1],
        ["A", 1],
        ["C", 1],
      ]);
      for (const { lead, closest } of breakEvenWeights(items, offers).duels)
        expect([lead, closest]).toEqual([0, null]);
    }
  });

  test("is no gap that a weight could close", () => {
    const near = [
      { id: "x", weight: 1 },
      { id: "y", weight: 1 },
    ];
    const pair = [
      { id: "A", scores: { x: 0.1 + 0.2, y: 2 } },
      { id: "B", scores: { x: 0.3, y: 1 } },
    ];
    const [{ items: found }] = breakEvenWeights(near, pair).duels;
    // A weight of 1e16 on x would do it, had x not the same score.
    expect(found.map(({ id, breakEven, reason }) => [id, breakEven, reason])).toEqual([
      ["x", null, "both have the same score"],
      ["y", 0, null],
    ]);
  });
});

test("sacrifices that only rounding sets apart leave a break-even weight of 0, not of 1e-17", () => {
  const given = ["y", "z"].map((id) => ({ id, weight: 1, side: "sacrifice" as const }));
  const [duel] = breakEvenWeights(
    [{ id: "x", weight: 1 }, ...given],
    [
      { id: "A", scores: { x: 2, y: 0.1, z: 0.2 } },
      { id: "B", scores: { x: 1, y: 0.3, z: 0 } },
    ],
  ).duels;
  expect(duel.ahead).toBe("A");
  expect(duel.items[0].breakEven).toBe(0);
});

test("alone on its side, an item is the mean whatever its weight", () => {
  const [duel] = breakEvenWeights(items.slice(1), [us, rival], { combine: "mean" }).duels;
  expect(duel).toMatchObject({ ahead: "rival", lead: 2, closest: null });
  const none = "no weight from 0 on turns the order";
  expect(duel.items.map(({ breakEven, reason }) => [breakEven, reason])).toEqual([
    [null, none],
    [null, none],
  ]);
});

test("a weight of 0 at which both are level turns nothing", () => {
  const [duel] = breakEvenWeights(
    [{ id: "x", weight: 2 }],
    [
      { id: "A", scores: { x: 2 } },
      { id: "B", scores: { x: 1 } },
    ],
  ).duels;
  expect(duel.items[0]).toMatchObject({ breakEven: 0, change: -1, reason: null });
  expect(duel.closest).toBeNull();
});

test("refuses to say what turns the order of one offer", () => {
  expect(() => breakEvenWeights(items, [us])).toThrow("offers holds 1: pass at least two");
});

test("errors name the items as they were passed, not by side", () => {
  const scale = { min: 1, max: 10 };
  const mixed: WeightedItem[] = [
    { id: "time", weight: 2, side: "sacrifice", scale },
    { id: "service", weight: 3, scale: { min: 1, max: 9 } },
    { id: "image", weight: 1 },
  ];
  expect(() => compareOffers(mixed, [us])).toThrow("items[2].scale is missing: scales differ");
  expect(() => compareOffers(items.slice(0, 2), [us], { combine: "mean" })).toThrow(
    "the list of sacrifices in items has no items",
  );
  expect(() => compareOffers(items.slice(2), [us], { combine: "mean" })).toThrow(
    expect.objectContaining({ path: "items" }),
  );
  const heavy = items.map((item) => ({ ...item, weight: 1e308 / 3 }));
  expect(() => compareOffers(heavy, [us])).toThrow(expect.objectContaining({ path: "items" }));
});
