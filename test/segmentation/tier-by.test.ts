import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../src/core/table.js";
import { curryTiers, type TierByOptions, tierBy } from "../../src/segmentation/tier-by.js";
import type { ValuedCustomer } from "../../src/segmentation/valued-customers.js";
import { thrown } from "../core/thrown.js";

const valued = (values: readonly number[]): ValuedCustomer[] =>
  values.map((value, i) => ({ customerId: `c${String(i).padStart(5, "0")}`, value }));

const sizes = (count: number, options?: TierByOptions) =>
  tierBy(valued(Array.from({ length: count }, (_, i) => i)), options).tiers.map(({ customers }) => customers);

/** Few distinct values, so that ties are the rule. */
const someCustomers = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 60 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((customerId) =>
        fc.record({ customerId: fc.constant(customerId), value: fc.integer({ min: -3, max: 9 }) }),
      ),
    ),
  );

const someTiers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }).map((cuts) =>
  [...cuts.sort((a, b) => a - b), 100].map((percent) => ({
    name: `to ${percent} %`,
    cumulativeShare: percent / 100,
  })),
);

const someTies = fc.constantFrom("stable" as const, "promote" as const);

describe("tierBy", () => {
  it("puts 1000 customers in tiers of 10, 40, 150 and 800, and 8 in 1, 0, 1 and 6", () => {
    expect(sizes(1000)).toEqual([10, 40, 150, 800]);
    expect(sizes(8)).toEqual([1, 0, 1, 6]);
  });

  it("rounds up, so that even one customer is a top customer", () => {
    expect(sizes(1)).toEqual([1, 0, 0, 0]);
    expect(sizes(100)).toEqual([1, 4, 15, 80]);
    expect(sizes(101)).toEqual([2, 4, 15, 80]);
  });

  it("does not take rounding for a fraction of a customer", () => {
    // 0.07 * 100 is 7.000000000000001 and 0.1 + 0.2 is 0.30000000000000004.
    const two = (share: number) => ({
      tiers: [
        { name: "A", cumulativeShare: share },
        { name: "B", cumulativeShare: 1 },
      ],
    });
    expect(sizes(100, two(0.07))).toEqual([7, 93]);
    expect(sizes(10, two(0.1 + 0.2))).toEqual([3, 7]);
    expect(sizes(3, two(1 / 3))).toEqual([1, 2]);
  });

  it("ends each tier at the exact ceiling of share times customers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 3000 }),
        (thousandths, count) => {
          const tiers = [
            { name: "A", cumulativeShare: thousandths / 1000 },
            { name: "B", cumulativeShare: 1 },
          ];
          expect(sizes(count, { tiers })[0]).toBe(Number((BigInt(thousandths * count) + 999n) / 1000n));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("computes what each tier brings", () => {
    const { tiers, members } = tierBy(valued([50, 300, 30, 20]), {
      tiers: [
        { name: "A", cumulativeShare: 0.25 },
        { name: "B", cumulativeShare: 1 },
      ],
    });
    expect(tiers).toEqual([
      {
        name: "A",
        cumulativeShare: 0.25,
        customers: 1,
        value: 300,
        shareOfCustomers: { value: 0.25, numerator: 1, denominator: 4, reason: null },
        shareOfValue: { value: 0.75, numerator: 300, denominator: 400, reason: null },
        lowestValue: 300,
      },
      {
        name: "B",
        cumulativeShare: 1,
        customers: 3,
        value: 100,
        shareOfCustomers: { value: 0.75, numerator: 3, denominator: 4, reason: null },
        shareOfValue: { value: 0.25, numerator: 100, denominator: 400, reason: null },
        lowestValue: 20,
      },
    ]);
    expect(rows(members)).toEqual([
      { customerId: "c00001", value: 300, rank: 1, tier: "A" },
      { customerId: "c00000", value: 50, rank: 2, tier: "B" },
      { customerId: "c00002", value: 30, rank: 3, tier: "B" },
      { customerId: "c00003", value: 20, rank: 4, tier: "B" },
    ]);
  });

  it("splits equal values by id in code units, or promotes them all", () => {
    const tied = ["b", "a", "B", "a2"].map((customerId) => ({ customerId, value: 5 }));
    const tiers = [
      { name: "first", cumulativeShare: 0.5 },
      { name: "second", cumulativeShare: 1 },
    ];
    expect(tierBy(tied, { tiers }).members.columns.customerId).toEqual(["B", "a", "a2", "b"]);
    expect(tierBy(tied, { tiers }).members.columns.tier).toEqual(["first", "first", "second", "second"]);
    expect(tierBy(tied, { tiers, ties: "promote" }).members.columns.tier).toEqual(Array(4).fill("first"));
    const [first, second] = tierBy(tied, { tiers, ties: "promote" }).tiers;
    expect([first.customers, second.customers, second.lowestValue]).toEqual([4, 0, null]);
  });

  it("takes 0 and -0 for equal", () => {
    const signed = [
      { customerId: "b", value: 0 },
      { customerId: "a", value: -0 },
    ];
    expect(tierBy(signed).members.columns).toEqual({
      customerId: ["a", "b"],
      value: [0, 0],
      rank: [1, 2],
      tier: ["top", "small"],
    });
  });

  it("has no share of a value that sums to nothing or less, and says why", () => {
    const { tiers } = tierBy(valued([10, -30]));
    expect(tiers[0].shareOfValue).toEqual({
      value: null,
      numerator: 10,
      denominator: -20,
      reason: "sum of all values: -20",
    });
    const empty = tierBy([]);
    expect(empty.members.length).toBe(0);
    expect(empty.tiers[0]).toMatchObject({ customers: 0, value: 0, lowestValue: null });
    expect(empty.tiers[0].shareOfCustomers).toMatchObject({ value: null, reason: "customers: 0" });
  });

  it("reads a table as it reads rows", () => {
    const columns = { customerId: ["a", "b", "c"], value: [1, 3, 2], other: [true, false, true] };
    expect(tierBy(table(columns))).toEqual(
      tierBy(columns.customerId.map((customerId, i) => ({ customerId, value: columns.value[i], extra: i }))),
    );
  });

  it("gives the same for any order of the input", () => {
    fc.assert(
      fc.property(
        someCustomers.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        someTiers,
        someTies,
        ([list, shuffled], tiers, ties) => {
          expect(tierBy(shuffled, { tiers, ties })).toEqual(tierBy(list, { tiers, ties }));
        },
      ),
    );
  });

  it("gives the same sums for any order of fractions", () => {
    const fractions = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fractions.map(valued), (list) => {
        expect(tierBy([...list].reverse())).toEqual(tierBy(list));
      }),
    );
  });

  it("does as a plain sort does", () => {
    fc.assert(
      fc.property(someCustomers, someTiers, someTies, (list, tiers, ties) => {
        const sorted = [...list].sort((a, b) => b.value - a.value || (a.customerId < b.customerId ? -1 : 1));
        const percent = (name: string) => Number(name.split(" ")[1]);
        const expected = sorted.map(({ customerId, value }, index) => {
          const counted = ties === "promote" ? sorted.findIndex((other) => other.value === value) : index;
          // Whole numbers on both sides: rank <= ceil(p/100 n) is (rank - 1) * 100 < p n.
          const tier = tiers.find(({ name }) => counted * 100 < percent(name) * list.length);
          return { customerId, value, rank: index + 1, tier: tier?.name };
        });
        expect(rows(tierBy(list, { tiers, ties }).members)).toEqual(expected);
      }),
    );
  });

  it("conserves customers and value", () => {
    fc.assert(
      fc.property(someCustomers, someTies, (list, ties) => {
        const { tiers } = tierBy(list, { ties });
        expect(tiers.reduce((sum, { customers }) => sum + customers, 0)).toBe(list.length);
        expect(tiers.reduce((sum, { value }) => sum + value, 0)).toBe(
          list.reduce((sum, { value }) => sum + value, 0),
        );
      }),
    );
  });

  it("never splits equal values when it promotes, and never makes the better tiers smaller", () => {
    fc.assert(
      fc.property(someCustomers, someTiers, (list, tiers) => {
        const stable = tierBy(list, { tiers });
        const promoted = tierBy(list, { tiers, ties: "promote" });
        const byValue = new Map<number, string>();
        for (const { value, tier } of rows(promoted.members)) {
          expect(byValue.get(value) ?? tier).toBe(tier);
          byValue.set(value, tier);
        }
        let [exact, atLeast] = [0, 0];
        for (const [i, tier] of stable.tiers.entries()) {
          exact += tier.customers;
          atLeast += promoted.tiers[i].customers;
          expect(atLeast).toBeGreaterThanOrEqual(exact);
        }
      }),
    );
  });

  it("puts the same customers in the same tiers in a larger unit", () => {
    fc.assert(
      fc.property(someCustomers, (list) => {
        const scaled = list.map(({ customerId, value }) => ({ customerId, value: value * 1000 }));
        const [small, large] = [tierBy(list), tierBy(scaled)];
        expect(large.members.columns.tier).toEqual(small.members.columns.tier);
        expect(large.members.columns.customerId).toEqual(small.members.columns.customerId);
      }),
    );
  });

  it("sorts long runs of equal values too", () => {
    const list = Array.from({ length: 500 }, (_, i) => ({
      customerId: `c${(i * 7919) % 500}`,
      value: i % 3 === 0 ? 1 : 2,
    }));
    const { customerId, value } = tierBy(list).members.columns;
    for (let i = 1; i < list.length; i++) {
      expect(
        value[i - 1] > value[i] || (value[i - 1] === value[i] && customerId[i - 1] < customerId[i]),
      ).toBe(true);
    }
  });

  it("refuses rows that are no valued customers, all in one error", () => {
    const error = thrown(() =>
      tierBy([
        { customerId: "a", value: 1 },
        { customerId: "a", value: Number.NaN },
        { customerId: "", value: 2 },
      ]),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "values[1].customerId" });
    expect(error.message).toContain('row 2, customerId: "a" comes a second time');
    expect(error.message).toContain("row 2, value: NaN is not a finite number");
    expect(error.message).toContain('row 3, customerId: "" is not an id');
    expect(thrown(() => tierBy([null as never])).code).toBe("INVALID_ROWS");
    expect(thrown(() => tierBy(5 as never)).message).toContain("values is 5");
    expect(thrown(() => tierBy(table({ customerId: ["a"] }) as never)).code).toBe("UNKNOWN_COLUMN");
    const uneven = { length: 2, columns: { customerId: ["a", "b"], value: [1] } };
    expect(thrown(() => tierBy(uneven)).message).toContain(
      "values.columns.value has 1 values for 2 customers",
    );
  });

  it("refuses tiers that do not rise to 1", () => {
    const failing = (tiers: readonly { name: string; cumulativeShare: number }[]) =>
      thrown(() => tierBy([], { tiers }));
    expect(failing([])).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.tiers" });
    expect(failing([{ name: "A", cumulativeShare: 0.9 }])).toMatchObject({
      path: "options.tiers[0].cumulativeShare",
    });
    expect(failing([{ name: "A", cumulativeShare: 0.9 }]).message).toContain("is 0.9: pass 1");
    const falling = [
      { name: "A", cumulativeShare: 0.5 },
      { name: "B", cumulativeShare: 0.5 },
      { name: "C", cumulativeShare: 1 },
    ];
    expect(failing(falling)).toMatchObject({ path: "options.tiers[1].cumulativeShare" });
    expect(failing([{ name: "A", cumulativeShare: 20 }]).message).toContain("is 20");
    expect(failing([falling[0], { name: "A", cumulativeShare: 1 }])).toMatchObject({
      path: "options.tiers[1].name",
    });
    expect(thrown(() => tierBy([], { ties: "split" as never }))).toMatchObject({ path: "options.ties" });
  });

  it("accepts shares that were added up", () => {
    const tiers = [0.1, 0.1 + 0.2, 0.1 + 0.2 + 0.7].map((cumulativeShare, i) => ({
      name: `${i}`,
      cumulativeShare,
    }));
    expect(sizes(10, { tiers })).toEqual([1, 2, 7]);
    const short = [{ name: "all", cumulativeShare: 0.1 + 0.7 + 0.1 + 0.1 }];
    expect(short[0].cumulativeShare).not.toBe(1);
    expect(sizes(10, { tiers: short })).toEqual([10]);
  });

  it("refuses whole numbers whose sum is not exact", () => {
    const huge = valued([Number.MAX_SAFE_INTEGER, 1]);
    expect(thrown(() => tierBy(huge)).code).toBe("UNSAFE_INTEGER");
    expect(thrown(() => tierBy(valued([1.5e308, 1.5e308]))).code).toBe("INVALID_ARGUMENT");
  });

  it("sums whole numbers exactly where a part of the sum is beyond 2^53 - 1", () => {
    const values = valued([Number.MAX_SAFE_INTEGER, 2, -5]);
    const one = [{ name: "all", cumulativeShare: 1 }];
    // 9007199254740991 + 2 - 5
    expect(tierBy(values, { tiers: one }).tiers[0].value).toBe(9007199254740988);
    const two = [
      { name: "first two", cumulativeShare: 0.6 },
      { name: "last", cumulativeShare: 1 },
    ];
    expect(thrown(() => tierBy(values, { tiers: two })).code).toBe("UNSAFE_INTEGER");
    const three = [{ name: "first", cumulativeShare: 0.3 }, ...two];
    // Each tier is exact, and so is their sum, though that of the first two is out of range.
    expect(tierBy(values, { tiers: three }).tiers.map(({ value }) => value)).toEqual([
      Number.MAX_SAFE_INTEGER,
      2,
      -5,
    ]);
  });

  it("ends a tier above or below the customer in the middle of whom it falls", () => {
    // 1, 5 and 20 % of 8 customers are 0.08, 0.4 and 1.6.
    expect(sizes(8, { crossing: "below" })).toEqual([0, 0, 1, 7]);
    expect(sizes(1000, { crossing: "below" })).toEqual([10, 40, 150, 800]);
    // 0.07 * 100 is 7.000000000000001, and 0.29 * 100 is 28.999999999999996.
    for (const [share, end] of [
      [0.07, 7],
      [0.29, 29],
    ]) {
      const tiers = [
        { name: "A", cumulativeShare: share },
        { name: "B", cumulativeShare: 1 },
      ];
      expect(sizes(100, { tiers, crossing: "below" })).toEqual([end, 100 - end]);
    }
  });

  it("takes shares of the net sum, or of the values above zero, or refuses what is negative", () => {
    const values = valued([60, 30, 10, -50]);
    const tiers = [
      { name: "A", cumulativeShare: 0.5 },
      { name: "B", cumulativeShare: 1 },
    ];
    const shares = (options: TierByOptions) => {
      const result = tierBy(values, { tiers, ...options });
      return [result.base, ...result.tiers.map(({ shareOfValue }) => shareOfValue.value)];
    };
    expect(shares({})).toEqual([50, 1.8, -0.8]);
    expect(shares({ negatives: "positive" })).toEqual([100, 0.9, -0.4]);
    expect(tierBy(values).rules).toEqual({ crossing: "above", negatives: "net", ties: "stable" });
    expect(tierBy(valued([-1]), { negatives: "positive" }).tiers[0].shareOfValue.reason).toBe(
      "sum of the values above zero: 0",
    );
    expect(thrown(() => tierBy(values, { negatives: "refuse" }))).toMatchObject({ code: "INVALID_ROWS" });
  });

  it("reads typed arrays, and names a table's column that is none", () => {
    const columns = { customerId: ["a", "b"], value: Float32Array.of(1.5, 3) };
    expect(tierBy({ length: 2, columns }).members.columns.value).toEqual([3, 1.5]);
    const failing = (own: object) =>
      thrown(() => tierBy({ length: 1, columns: { customerId: ["a"], ...own } } as never));
    expect(failing({ value: "3" })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "values.columns.value",
      message: 'values.columns.value is "3": pass a plain array, or a typed array of numbers',
    });
    expect(failing({ value: BigInt64Array.of(1n) })).toMatchObject({
      code: "INVALID_ROWS",
      path: "values[0].value",
    });
    expect(failing({ value: [1, 2] })).toMatchObject({ path: "values.columns.value" });
    expect(failing({ amount: [1] })).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "values.columns.value",
      message: 'values has no column "value", it has "customerId", "amount": pass a table with this column',
    });
    expect(failing({ customerId: "a", value: [1] })).toMatchObject({ path: "values.columns.customerId" });
  });

  it("finds an id that comes twice wherever it stands", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 12 }), (ids) => {
        const list = ids.map((customerId) => ({ customerId, value: 1 }));
        const first = ids.findIndex((id, row) => ids.indexOf(id) < row);
        if (first === -1) expect(tierBy(list).members.length).toBe(ids.length);
        else expect(thrown(() => tierBy(list)).path).toBe(`values[${first}].customerId`);
        // In order of length and text none may be taken for another either.
        const sorted = [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
        const again = sorted.map((customerId) => ({ customerId, value: 1 }));
        if (first === -1) expect(tierBy(again).members.length).toBe(ids.length);
        else expect(thrown(() => tierBy(again)).code).toBe("INVALID_ROWS");
      }),
    );
  });

  it("refuses options that are none", () => {
    const failing = (options: unknown) => thrown(() => tierBy([], options as TierByOptions));
    expect(failing(null)).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    expect(failing({ tiers: [null] })).toMatchObject({ path: "options.tiers[0].name" });
    expect(failing({ crossing: "up" }).message).toContain('options.crossing is "up"');
    expect(failing({ negatives: "drop" })).toMatchObject({ path: "options.negatives" });
  });

  it("survives JSON and leaves its input alone", () => {
    const list = Object.freeze(valued([3, 1, 2]).map(Object.freeze)) as ValuedCustomer[];
    const result = tierBy(list);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(curryTiers.map(({ cumulativeShare }) => cumulativeShare)).toEqual([0.01, 0.05, 0.2, 1]);
  });
});
