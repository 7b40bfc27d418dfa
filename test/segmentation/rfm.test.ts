import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../src/core/table.js";
import { rfmSummary } from "../../src/history/rfm-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { rfm } from "../../src/segmentation/rfm.js";
import type { RfmOptions } from "../../src/segmentation/rfm-options.js";
import type { RfmValues } from "../../src/segmentation/rfm-values.js";
import { quantiles } from "../../src/statistics/sample-quantile.js";
import { thrown } from "../core/thrown.js";

/** Few distinct values, so that ties and equal cuts are the rule. */
const someCustomers = fc
  .array(
    fc.record({
      recency: fc.oneof(fc.nat(12), fc.nat(100_000)),
      frequency: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.nat(50)),
      monetary: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -1e6, max: 1e9 })),
    }),
    { maxLength: 60 },
  )
  .map((list): RfmValues[] => list.map((values, i) => ({ customerId: `c${i}`, ...values })));

const someOptions: fc.Arbitrary<RfmOptions> = fc.record({
  bins: fc.oneof(
    fc.integer({ min: 2, max: 12 }),
    fc.record({
      recency: fc.integer({ min: 2, max: 9 }),
      frequency: fc.integer({ min: 2, max: 9 }),
      monetary: fc.integer({ min: 2, max: 9 }),
    }),
  ),
  atCut: fc.constantFrom("below" as const, "above" as const),
});

const scoresById = (values: readonly RfmValues[], options?: RfmOptions) =>
  Object.fromEntries(rows(rfm(values, options).members).map(({ customerId, code }) => [customerId, code]));

const one = (values: Partial<RfmValues>): RfmValues => ({
  customerId: "a",
  recency: 10,
  frequency: 2,
  monetary: 100,
  ...values,
});

describe("rfm with quantiles", () => {
  it("scores 1 + the number of cuts exceeded, for recency turned round", () => {
    const values = Array.from({ length: 10 }, (_, i) => ({
      customerId: `c${i}`,
      recency: i,
      frequency: i + 1,
      monetary: 100 * i,
    }));
    const { members, cuts, bins } = rfm(values);
    expect(bins).toEqual({ recency: 5, frequency: 5, monetary: 5 });
    // Type 7 of ten values 0..9: at 1.8, 3.6, 5.4 and 7.2.
    expect(members.columns.m).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(members.columns.f).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(members.columns.r).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    for (const [i, cut] of [180, 360, 540, 720].entries()) expect(cuts?.monetary[i]).toBeCloseTo(cut, 10);
  });

  it("cuts at the quantiles of type 7, and counts what is above them (or at them)", () => {
    fc.assert(
      fc.property(someCustomers, someOptions, (values, options) => {
        fc.pre(values.length > 0);
        const { members, cuts, bins, atCut } = rfm(values, options);
        for (const [dimension, score] of [
          ["recency", "r"],
          ["frequency", "f"],
          ["monetary", "m"],
        ] as const) {
          const count = bins[dimension];
          const given = values.map((customer) => customer[dimension] as number);
          const shares = Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
          // Two roundings of the same interpolation: equal to a few units in the last place of the values.
          for (const [i, expected] of quantiles(given, shares).entries()) {
            expect(Math.abs((cuts?.[dimension][i] ?? Number.NaN) - expected)).toBeLessThanOrEqual(
              1e-12 * Math.max(1, ...given.map(Math.abs)),
            );
          }
          const expected = given.map((value) => {
            const past = (cuts?.[dimension] ?? []).filter((cut) =>
              atCut[dimension] === "below" ? value > cut : value >= cut,
            );
            return dimension === "recency" ? count - past.length : 1 + past.length;
          });
          expect(members.columns[score]).toEqual(expected);
        }
      }),
    );
  });

  it("gives customers of equal values equal scores, and a better value no worse a score", () => {
    fc.assert(
      fc.property(someCustomers, someOptions, (values, options) => {
        const scored = rows(rfm(values, options).members);
        for (const a of scored) {
          for (const b of scored) {
            if (a.recency <= b.recency) expect(a.r).toBeGreaterThanOrEqual(b.r);
            if (a.frequency >= b.frequency) expect(a.f).toBeGreaterThanOrEqual(b.f);
            if (a.monetary >= b.monetary) expect(a.m).toBeGreaterThanOrEqual(b.m);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("does not change when money or time is counted in another unit", () => {
    fc.assert(
      fc.property(someCustomers, someOptions, (values, options) => {
        const scaled = values.map((value) => ({
          ...value,
          recency: 24 * (value.recency ?? 0),
          monetary: 1000 * value.monetary,
        }));
        expect(rfm(scaled, options).members.columns.code).toEqual(rfm(values, options).members.columns.code);
      }),
    );
  });

  it("does not change when money comes in fractions", () => {
    // Shifts by a power of two are exact, so that equal values stay equal and no cut moves past a value.
    fc.assert(
      fc.property(someCustomers, someOptions, (values, options) => {
        const scaled = values.map((value) => ({ ...value, monetary: value.monetary / 1024 }));
        expect(rfm(scaled, options).members.columns.code).toEqual(rfm(values, options).members.columns.code);
      }),
    );
  });

  it("gives each customer the same scores in any order of the input", () => {
    fc.assert(
      fc.property(
        someCustomers.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        someOptions,
        ([list, shuffled], options) => {
          expect(scoresById(shuffled, options)).toEqual(scoresById(list, options));
          const { segments, cuts } = rfm(list, options);
          expect(rfm(shuffled, options)).toMatchObject({ segments, cuts });
        },
      ),
    );
  });

  it("scores the same customers by its own cuts as before", () => {
    fc.assert(
      fc.property(someCustomers, someOptions, (values, options) => {
        fc.pre(values.length > 0);
        const first = rfm(values, options);
        const again = rfm(values, { atCut: options.atCut, cuts: first.cuts ?? {} });
        expect(again.members).toEqual(first.members);
      }),
    );
  });

  it("leaves out a score where many share a value", () => {
    const values = [1, 1, 1, 1, 1, 1, 2, 3, 4, 9].map((frequency, i) =>
      one({ customerId: `c${i}`, frequency }),
    );
    const { members, cuts } = rfm(values);
    // Type 7 at the places 1.8, 3.6, 5.4 and 7.2 of 0 to 9: 1, 1, 1 + .4 x 1, 3 + .2 x 1.
    expect(cuts?.frequency.slice(0, 3)).toEqual([1, 1, 1.4]);
    expect(members.columns.f).toEqual([1, 1, 1, 1, 1, 1, 4, 4, 5, 5]);
  });

  it("gives one customer alone the best recency and the lowest of the rest", () => {
    expect(rfm([one({})]).members.columns.code).toEqual(["5-1-1"]);
    expect(rfm([one({})], { atCut: "above" }).members.columns.code).toEqual(["1-5-5"]);
  });

  it("takes different numbers of scores for each dimension", () => {
    const values = Array.from({ length: 12 }, (_, i) =>
      one({ customerId: `c${i}`, recency: i, frequency: i, monetary: i }),
    );
    const { members, bins, cuts } = rfm(values, { bins: { recency: 3, monetary: 12 } });
    expect(bins).toEqual({ recency: 3, frequency: 5, monetary: 12 });
    expect(cuts?.recency.length).toBe(2);
    expect(members.columns.code[0]).toBe("3-1-1");
    expect(members.columns.code[11]).toBe("1-5-12");
  });
});

describe("rfm with fixed cuts", () => {
  const cuts = { recency: [30, 90], frequency: [1, 2, 5, 10], monetary: [100] };
  const at = (values: Partial<RfmValues>, atCut?: "below" | "above") =>
    rfm([one(values)], { cuts, atCut }).members.columns.code[0];

  it("puts a value that equals a cut below it, or above where asked", () => {
    expect(at({ recency: 30, frequency: 2, monetary: 100 })).toBe("3-2-1");
    expect(at({ recency: 30, frequency: 2, monetary: 100 }, "above")).toBe("2-3-2");
    expect(at({ recency: 31, frequency: 3, monetary: 101 })).toBe("2-3-2");
    expect(at({ recency: 91, frequency: 11, monetary: -1 })).toBe("1-5-1");
  });

  it("mixes with quantiles", () => {
    const values = [10, 20, 30, 40].map((monetary, i) =>
      one({ customerId: `c${i}`, recency: 40 * i, monetary }),
    );
    const scores = rfm(values, { cuts: { recency: [30, 90] }, bins: { monetary: 4 } });
    expect(scores.members.columns.r).toEqual([3, 2, 2, 1]);
    expect(scores.members.columns.m).toEqual([1, 2, 3, 4]);
    expect(scores.cuts?.recency).toEqual([30, 90]);
  });

  it("does not depend on the other customers", () => {
    fc.assert(
      fc.property(someCustomers, (values) => {
        const alone = values.map((value) => rfm([value], { cuts }).members.columns.code[0]);
        expect(rfm(values, { cuts }).members.columns.code).toEqual(alone);
      }),
      { numRuns: 50 },
    );
  });

  it("refuses cuts that do not ascend or do not fit the number of scores", () => {
    const failing = (options: unknown) => thrown(() => rfm([one({})], options as RfmOptions));
    expect(failing({ cuts: { recency: [90, 30] } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.cuts.recency[1]",
      message: "options.cuts.recency[1] is 30 after 90: pass the cuts in ascending order",
    });
    expect(failing({ cuts: { frequency: [] } })).toMatchObject({ path: "options.cuts.frequency" });
    expect(failing({ cuts: { frequency: 3 } })).toMatchObject({ path: "options.cuts.frequency" });
    expect(failing({ cuts: { monetary: [Number.NaN] } })).toMatchObject({ path: "options.cuts.monetary[0]" });
    expect(failing({ cuts: { monetary: [5] }, bins: { monetary: 5 } })).toMatchObject({
      path: "options.bins.monetary",
    });
    expect(failing({ bins: 1 })).toMatchObject({ path: "options.bins" });
    expect(failing({ bins: { frequency: 2.5 } })).toMatchObject({ path: "options.bins.frequency" });
    expect(failing({ atCut: "left" }).message).toContain('options.atCut is "left"');
  });
});

describe("rfm segments", () => {
  it("adds up customers and money, and computes the shares", () => {
    fc.assert(
      fc.property(someCustomers, (values) => {
        const { segments, members } = rfm(values);
        const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
        expect(sum(segments.map(({ customers }) => customers))).toBe(members.length);
        expect(sum(segments.map(({ monetary }) => monetary))).toBe(sum(members.columns.monetary));
        for (const { name, customers, monetary, share, shareOfMonetary } of segments) {
          const own = rows(members).filter(({ segment }) => segment === name);
          expect([customers, monetary]).toEqual([own.length, sum(own.map((member) => member.monetary))]);
          expect([share.numerator, share.denominator]).toEqual([customers, members.length]);
          expect([shareOfMonetary.numerator, shareOfMonetary.denominator]).toEqual([
            monetary,
            sum(members.columns.monetary),
          ]);
        }
      }),
    );
  });

  it("have no names where R and F do not have five scores and no segment table is given", () => {
    const scores = rfm([one({})], { bins: { recency: 4 } });
    expect(scores).toMatchObject({ segmentTable: null, segments: [] });
    expect(scores.members.columns.segment).toEqual([null]);
    expect(rfm([one({})], { bins: { monetary: 3 } }).segments.length).toBe(10);
  });
});

describe("customers without a purchase", () => {
  const values = [
    one({}),
    one({ customerId: "b", recency: null, frequency: 0, monetary: 0 }),
    one({ customerId: "c" }),
  ];

  it("are counted, and neither scored nor taken for the quantiles", () => {
    const scores = rfm(values);
    expect(scores.unscored).toEqual({ customers: 1, customerIds: ["b"] });
    expect(scores.members.columns.customerId).toEqual(["a", "c"]);
    expect(scores.members).toEqual(rfm([values[0], values[2]]).members);
    expect(scores.segments[0].share.denominator).toBe(2);
  });

  it("may be all there are", () => {
    const scores = rfm([values[1]]);
    expect(scores).toMatchObject({ cuts: null, unscored: { customers: 1 } });
    expect(scores.members.length).toBe(0);
    expect(scores.segments[0].share).toMatchObject({ value: null, reason: "customers scored: 0" });
    const cuts = { recency: [30], frequency: [1], monetary: [9] };
    expect(rfm([], { cuts }).cuts).toEqual(cuts);
  });

  it("are not those whose frequency counts from zero", () => {
    expect(rfm([one({ frequency: 0 })]).unscored.customers).toBe(0);
  });
});

describe("rfm of a log", () => {
  const transactions = [
    { customerId: "ani", at: "2024-01-05T20:00:00Z", amount: 500 },
    { customerId: "ani", at: "2024-02-29T12:00:00Z", amount: 700 },
    { customerId: "budi", at: "2023-06-01T12:00:00Z", amount: 300 },
    { id: "T4", customerId: "citra", at: "2024-01-10T12:00:00Z", amount: 400 },
    { customerId: "citra", at: "2024-01-12T12:00:00Z", amount: -400, refundOf: "T4" },
    { customerId: "dewi", at: "2024-03-02T12:00:00Z", amount: 900 },
  ];
  const log = transactionLog(transactions, { currency: "IDR" });

  it("scores what rfmSummary counts, as of the instant", () => {
    const options = { asOf: "2024-03-02" };
    const scores = rfm(log, options);
    const { unscored, ...summarized } = rfm(rfmSummary(log, options));
    expect(scores).toMatchObject({
      ...summarized,
      asOf: Date.UTC(2024, 2, 2),
      timeZone: "UTC",
      currency: "IDR",
      monetary: "revenue",
    });
    expect(scores.members.columns.customerId).toEqual(["ani", "budi"]);
    // Nobody has heard of dewi on 2 March; the table does not say so.
    expect(scores.unscored).toEqual({ customers: 1, customerIds: ["citra"] });
    expect(unscored.customerIds).toEqual(["citra", "dewi"]);
    // The refund is not yet known on 11 January.
    expect(rfm(log, { asOf: "2024-01-11" }).members.columns.customerId).toContain("citra");
  });

  it("is the same whatever happens later", () => {
    const later = transactionLog(
      [
        ...transactions,
        { customerId: "eka", at: "2024-03-02", amount: 5 },
        { customerId: "budi", at: "2024-04-01", amount: 5 },
      ],
      { currency: "IDR" },
    );
    expect(rfm(later, { asOf: "2024-03-02" })).toEqual(rfm(log, { asOf: "2024-03-02" }));
  });

  it("counts days in the zone, and looks at a window", () => {
    const cuts = { recency: [0], frequency: [1], monetary: [500] };
    const recency = (timeZone: string) =>
      rfm(log, { asOf: "2024-01-06T03:00:00Z", timeZone, cuts }).members.columns.recency[0];
    expect(recency("UTC")).toBe(1);
    expect(recency("Asia/Jakarta")).toBe(0);
    const window = { start: "2024-01-01", end: "2024-02-01" };
    expect(rfm(log, { asOf: "2024-03-02", window, cuts }).members.columns).toMatchObject({
      customerId: ["ani"],
      monetary: [500],
      recency: [57],
    });
    const scores = rfm(log, { asOf: "2024-03-02", window, cuts, timeZone: "Asia/Jakarta" });
    expect(scores.window).toEqual({
      start: Date.parse("2024-01-01T00:00+07:00"),
      end: Date.parse("2024-02-01T00:00+07:00"),
    });
    expect(rfm(log, { asOf: "2024-03-02", cuts }).window).toBeNull();
    expect(rfm(rfmSummary(log, { asOf: "2024-03-02", window }), { cuts }).window).toBeNull();
    // Who bought outside the window alone has no scores either.
    expect(scores.unscored.customerIds).toEqual(["budi", "citra"]);
  });

  it("refuses what is no log and no table of values", () => {
    expect(thrown(() => rfm({ kind: "Log" } as never, { asOf: 0 })).path).toBe("log");
    expect(thrown(() => rfm(log, {} as never)).path).toBe("options.asOf");
    expect(thrown(() => rfm(7 as never)).message).toContain("input is 7");
    expect(thrown(() => rfm(table({ customerId: ["a"], recency: [1] }) as never)).code).toBe(
      "UNKNOWN_COLUMN",
    );
    const error = thrown(() =>
      rfm([
        one({ recency: -1 }),
        one({ frequency: Number.NaN }),
        one({ customerId: "b", monetary: undefined as never }),
      ]),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "input[0].recency" });
    expect(error.message).toContain("row 1, recency: -1 is not");
    expect(error.message).toContain('row 2, customerId: "a" comes a second time');
    expect(error.message).toContain("row 2, frequency: NaN is not");
    expect(error.message).toContain("row 3, monetary: is not a finite number");
    expect(thrown(() => rfm([one({ recency: undefined as never })])).path).toBe("input[0].recency");
  });

  it("survives JSON", () => {
    const scores = rfm(log, { asOf: "2024-03-02" });
    expect(JSON.parse(JSON.stringify(scores))).toEqual(scores);
  });
});
