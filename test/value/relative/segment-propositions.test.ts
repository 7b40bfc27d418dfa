import { describe, expect, test } from "vitest";
import type { CompetitorOffer } from "../../../src/model/competitor-offer.js";
import { currentOffers } from "../../../src/value/relative/current-offers.js";
import { segmentPropositions } from "../../../src/value/relative/segment-propositions.js";
import {
  compareOffers,
  type ScoredOffer,
  type WeightedItem,
} from "../../../src/value/worth/compare-offers.js";

const items = (service: number, image: number, time: number): WeightedItem[] => [
  { id: "service", weight: service },
  { id: "image", weight: image },
  { id: "time", weight: time, side: "sacrifice" },
];
const offers: ScoredOffer[] = [
  { id: "us", scores: { service: 9, image: 6, time: 4 } },
  { id: "fast", scores: { service: 6, image: 6, time: 1 } },
  { id: "famous", scores: { service: 7, image: 9, time: 5 } },
];

describe("segmentPropositions", () => {
  const segments = [
    { segmentId: "families", items: items(4, 1, 1) },
    { segmentId: "hurried", items: items(1, 1, 3) },
    { segmentId: "fashionable", items: items(1, 4, 1) },
  ];
  const found = segmentPropositions(segments, offers, { ours: "us" });

  test("the next best alternative is another for each segment", () => {
    expect(found.map(({ segmentId, nextBest, lead }) => [segmentId, nextBest.id, lead])).toEqual([
      // 38 against 29 and 32; 3 against 9 and 1; 29 against 29 and 38.
      ["families", "famous", 6],
      ["hurried", "fast", -6],
      ["fashionable", "famous", -9],
    ]);
  });

  test("differences are promised, parity is named, deficits are told", () => {
    const [families, hurried] = found;
    expect(families.points.map(({ itemId, lead, kind }) => [itemId, lead, kind])).toEqual([
      ["service", 8, "difference"],
      ["time", 1, "difference"],
      ["image", -3, "deficit"],
    ]);
    expect(families.promise).toEqual(["service", "time"]);
    expect(hurried.promise).toEqual(["service"]);
    expect(hurried.parity).toEqual(["image"]);
    for (const { points, lead } of found)
      expect(points.reduce((sum, point) => sum + point.lead, 0)).toBe(lead);
  });

  test("what customers do not notice is parity, and the focus may be narrower", () => {
    const [families] = segmentPropositions(segments, offers, { ours: "us", parity: 1, focus: 1 });
    expect(families.promise).toEqual(["service"]);
    expect(families.parity).toEqual(["time"]);
  });

  test("what has no weight is neither promised nor named; of what is level the heaviest comes first", () => {
    const weights = { light: 1, idle: 0, heavy: 3, better: 1, idleBetter: 0 };
    const scores = { light: 5, idle: 5, heavy: 5, better: 5, idleBetter: 5 };
    const [{ promise, parity, points }] = segmentPropositions(
      [{ segmentId: "s", items: Object.entries(weights).map(([id, weight]) => ({ id, weight })) }],
      [
        { id: "us", scores: { ...scores, better: 6, idleBetter: 9 } },
        { id: "rival", scores },
      ],
      { ours: "us" },
    );
    expect([promise, parity]).toEqual([["better"], ["heavy", "light"]]);
    expect(points.find(({ itemId }) => itemId === "idleBetter")).toMatchObject({
      kind: "difference",
      lead: 0,
    });
  });

  test("scores that are 0.1 apart are within a parity of 0.1, whatever rounding says", () => {
    const near = [
      { id: "us", scores: { a: 0.8, b: 0.7 } },
      { id: "rival", scores: { a: 0.7, b: 0.8 } },
    ];
    const both = [{ segmentId: "s", items: ["a", "b"].map((id) => ({ id, weight: 1 })) }];
    const kinds = (parity: number) =>
      segmentPropositions(both, near, { ours: "us", parity })[0].points.map(({ kind }) => kind);
    expect(kinds(0.1)).toEqual(["parity", "parity"]);
    expect(kinds(0.0999)).toEqual(["difference", "deficit"]);
    expect(segmentPropositions(both, near, { ours: "us" })[0].lead).toBe(0);
  });

  test("what ours and the next best alternative cost is told, where offers say it", () => {
    const priced = offers.map((one, i) => ({ ...one, price: 100 + i }));
    const [families, hurried] = segmentPropositions(segments, priced, { ours: "us" });
    expect([families.price, families.nextBest.price]).toEqual([100, 102]);
    expect([hurried.price, hurried.nextBest.price]).toEqual([100, 101]);
    expect([found[0].price, found[0].nextBest.price]).toEqual([null, null]);
    const wrong = offers.map((one) => ({ ...one, price: -1 }));
    expect(() => segmentPropositions(segments, wrong, { ours: "us" })).toThrow("row 1, price: -1");
  });

  test("a segment may see the offers its own way", () => {
    const own = offers.map(({ id, scores }) => ({ id, scores: { ...scores, service: id === "us" ? 1 : 9 } }));
    const [loyal, wary] = segmentPropositions(
      [
        { segmentId: "loyal", items: items(4, 1, 1) },
        { segmentId: "wary", items: items(4, 1, 1), offers: own },
      ],
      offers,
      { ours: "us" },
    );
    expect([loyal.value.net, wary.value.net]).toEqual([38, 6]);
    // 36 + 6 - 1 from "fast", which nobody here beats in anything.
    expect([wary.nextBest.id, wary.nextBest.value.net]).toEqual(["fast", 41]);
    expect([wary.promise, wary.parity]).toEqual([[], ["image"]]);
  });

  test("refuses without ours, without a rival, with a segment twice", () => {
    const [first] = segments;
    expect(() => segmentPropositions([first], offers, { ours: "them" })).toThrow('options.ours is "them"');
    expect(() => segmentPropositions([first], offers.slice(0, 1), { ours: "us" })).toThrow("the only offer");
    expect(() => segmentPropositions([first, first], offers, { ours: "us" })).toThrow(
      'row 2, segmentId: "families" comes a second time',
    );
    const bad = { ...first, segmentId: "bad", items: [{ id: "service", weight: -1 }] };
    expect(() => segmentPropositions([first, bad], offers, { ours: "us" })).toThrow(
      /segments\[1\]\.items:\s+row 1, weight: -1/,
    );
    const unscaled = { ...first, segmentId: "unscaled" };
    expect(() => segmentPropositions([first, unscaled], offers, { ours: "us", unit: "pomp" })).toThrow(
      "segments[0].items[0].scale is missing",
    );
    const blind = { ...first, segmentId: "blind", offers: [{ id: "us", scores: {} }] };
    expect(() => segmentPropositions([first, blind], offers, { ours: "us" })).toThrow("segments[1].offers");
    expect(() => segmentPropositions([first], offers, { ours: "us", focus: 0 })).toThrow(
      "options.focus is 0",
    );
    expect(() => segmentPropositions([first], offers, { ours: "us", parity: -1 })).toThrow(
      "options.parity is -1",
    );
  });
});

describe("currentOffers", () => {
  const day = (n: number) => Date.UTC(2024, 0, n);
  const record = (id: string, at: number, more: Partial<CompetitorOffer> = {}): CompetitorOffer => ({
    id,
    competitorId: "rival",
    scores: [{ itemId: "service", score: Number(id) }],
    at,
    ...more,
  });
  const ids = (records: CompetitorOffer[], more: object = {}) =>
    currentOffers(records, { asOf: day(20), ...more }).offers.map(({ offerId }) => offerId);

  test("the latest before asOf, in any order of records", () => {
    const records = [record("2", day(5)), record("1", day(2)), record("3", day(20))];
    expect(ids(records)).toEqual(["2"]);
    expect(ids([...records].reverse())).toEqual(["2"]);
    expect(ids(records, { asOf: day(21) })).toEqual(["3"]);
    expect(ids(records, { asOf: day(1) })).toEqual([]);
    expect(currentOffers(records, { asOf: day(20) }).offers[0]).toEqual({
      id: "rival",
      offerId: "2",
      scores: { service: 2 },
      at: day(5),
    });
  });

  test("for the segment before for all, though older; others' segments are not ours", () => {
    const records = [
      record("1", day(2), { segmentId: "families" }),
      record("2", day(5)),
      record("3", day(9), { segmentId: "hurried" }),
      record("4", day(10), { productId: "tea" }),
    ];
    expect(ids(records)).toEqual(["2"]);
    expect(ids(records, { segmentId: "families" })).toEqual(["1"]);
    expect(ids(records, { productId: "tea" })).toEqual(["4"]);
    expect(ids(records, { segmentId: "families", productId: "tea" })).toEqual(["1"]);
  });

  test("what has lapsed is named and not replaced by what came before", () => {
    const records = [record("1", day(2)), record("2", day(5), { validUntil: day(20) })];
    const { offers: found, lapsed } = currentOffers(records, { asOf: day(20) });
    expect([found, lapsed]).toEqual([[], ["rival"]]);
    expect(ids(records, { asOf: day(19) })).toEqual(["2"]);
    // A segment's own offer that is over leaves the one for all.
    const special = [record("1", day(2)), record("2", day(5), { segmentId: "families", validUntil: day(9) })];
    expect(ids(special, { segmentId: "families", asOf: day(8) })).toEqual(["2"]);
    expect(ids(special, { segmentId: "families" })).toEqual(["1"]);
  });

  test("prices are minor units of one currency", () => {
    const records = [
      record("1", day(2), { price: { amount: 500, currency: "IDR" } }),
      record("2", day(2), { competitorId: "other", price: { amount: 700, currency: "IDR" } }),
    ];
    const { offers: found, currency } = currentOffers(records, { asOf: day(20), currency: "IDR" });
    expect(currency).toBe("IDR");
    expect(found.map(({ id, price }) => [id, price])).toEqual([
      ["rival", 500],
      ["other", 700],
    ]);
    const mixed = [
      ...records,
      record("3", day(3), { competitorId: "third", price: { amount: 1, currency: "USD" } }),
    ];
    expect(() => currentOffers(mixed, { asOf: day(20) })).toThrow("prices in IDR and USD");
    expect(() => currentOffers(records, { asOf: day(20), currency: "USD" })).toThrow("prices in USD and IDR");
  });

  test("of two of one instant the greater id counts, in any order of records", () => {
    const records = [record("1", day(2)), record("3", day(5)), record("2", day(5))];
    expect(ids(records)).toEqual(["3"]);
    expect(ids([...records].reverse())).toEqual(["3"]);
  });

  test("the scale of a record goes with its scores, and keeps offers on another one apart", () => {
    const ten = { min: 1, max: 10 };
    const { offers: found } = currentOffers([record("6", day(2), { scale: ten })], { asOf: day(20) });
    expect(found[0]).toEqual({ id: "rival", offerId: "6", scores: { service: 6 }, scale: ten, at: day(2) });
    const asked = (max: number) => [{ id: "service", weight: 1, scale: { min: 1, max } }];
    expect(compareOffers(asked(10), found)[0].value.net).toBe(6);
    expect(() => compareOffers(asked(7), found)).toThrow(
      "row 1, scale: from 1 to 10 is not the one from 1 to 7 of the rest",
    );
    const bare = [{ id: "service", weight: 1 }];
    const seven = { id: "us", scores: { service: 6 }, scale: { min: 1, max: 7 } };
    expect(() => compareOffers(bare, [seven, ...found])).toThrow("row 2, scale: from 1 to 10");
    expect(compareOffers(bare, [{ id: "us", scores: { service: 7 } }, ...found])[0].id).toBe("us");
  });

  test.each<[string, object, string]>([
    ["text for an end", { validUntil: "2030-01-01" }, 'row 1, validUntil: "2030-01-01" is not epoch'],
    ["half a millisecond", { at: 0.5 }, "row 1, at: 0.5 is not epoch milliseconds"],
    ["no competitor", { competitorId: "" }, "row 1, competitorId"],
    ["a number for a segment", { segmentId: 5 }, "row 1, segmentId: 5 is not an id"],
    ["no product", { productId: "" }, 'row 1, productId: "" is not an id'],
    ["a number for a price", { price: 500 }, "row 1, price: 500 is not { amount, currency }"],
    ["half a minor unit", { price: { amount: 0.5, currency: "IDR" } }, "row 1, price: an object is not"],
    ["a price below 0", { price: { amount: -1, currency: "IDR" } }, "row 1, price: an object is not"],
    ["no currency", { price: { amount: 5 } }, "row 1, price: an object is not { amount, currency }"],
    ["no scores", { scores: undefined }, "row 1, scores: is not an array"],
    ["a hole", { scores: [null] }, "row 1, scores[0].itemId"],
    ["no score", { scores: [{ itemId: "a", score: Number.NaN }] }, "row 1, scores[0].score: NaN"],
    ["an item twice", { scores: [1, 2].map((score) => ({ itemId: "a", score })) }, "scores[1].itemId"],
    ["a scale upside down", { scale: { min: 9, max: 1 } }, "row 1, scale: an object is not { min, max }"],
    ["off the scale", { scale: { min: 2, max: 9 } }, "scores[0].score: 1 is outside its scale from 2 to 9"],
  ])("refuses %s", (_, wrong, words) => {
    expect(() => currentOffers([{ ...record("1", 0), ...wrong } as never], { asOf: day(20) })).toThrow(words);
  });

  test.each<[object, string]>([
    [{ segmentId: 5 }, "options.segmentId is 5"],
    [{ productId: "" }, 'options.productId is ""'],
    [{ timeZone: "Mars/Base" }, "Mars/Base"],
    [{ currency: "rupiah" }, "options.currency"],
  ])("refuses the options %j", (wrong, words) => {
    expect(() => currentOffers([], { asOf: day(20), ...wrong })).toThrow(words);
  });

  test("refuses records that were not parsed, and a bad instant", () => {
    const raw = { ...record("1", 0), at: "2024-01-01T00:00:00Z" } as unknown as CompetitorOffer;
    expect(() => currentOffers([raw], { asOf: day(20) })).toThrow("row 1, at");
    expect(() => currentOffers([record("1", 0), record("1", 1)], { asOf: 5 })).toThrow("row 2, id");
    expect(() => currentOffers([], { asOf: "soon" })).toThrow("options.asOf");
  });
});
