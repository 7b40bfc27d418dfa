import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import {
  type BrandRating,
  type WalletAllocationOptions,
  walletAllocation,
} from "../../../src/retention/loyalty/wallet-allocation.js";
import { walletAllocationRule } from "../../../src/retention/loyalty/wallet-allocation-rule.js";
import { thrown } from "../../core/thrown.js";

describe("walletAllocationRule", () => {
  it("shares the mean of their ranks between brands that tie", () => {
    // Two first of three: rank 1.5, (1 - 1.5/4) x 2/3 = 5/12 each, and 1/6 for the third.
    expect(walletAllocationRule(1.5, 3)).toBe(5 / 12);
    expect(walletAllocationRule(3, 3)).toBe(1 / 6);
    expect(walletAllocationRule(2, 3)).toBe(1 / 3);
    expect(walletAllocationRule(1, 1)).toBe(1);
  });

  it("refuses a rank or a number of brands that cannot be", () => {
    const path = (rank: number, brands: number) => thrown(() => walletAllocationRule(rank, brands)).path;
    expect([path(0, 2), path(3, 2), path(Number.NaN, 2)]).toEqual(["rank", "rank", "rank"]);
    expect([path(1, 0), path(1, 1.5)]).toEqual(["brands", "brands"]);
  });
});

describe("walletAllocation", () => {
  const ratings: BrandRating[] = [
    { customerId: "a", brand: "x", rating: 9 },
    { customerId: 1, brand: "y", rating: 3 },
    { customerId: "a", brand: "y", rating: 9 },
    { customerId: "a", brand: "z", rating: 4 },
    { customerId: 1, brand: "x", rating: 5 },
  ];

  it("ranks each customer's brands, ties in the middle", () => {
    const { allocations, customers } = walletAllocation(ratings);
    expect(customers).toBe(2);
    expect(rows(allocations)).toEqual([
      { customerId: "a", brand: "x", rank: 1.5, brands: 3, share: 5 / 12 },
      { customerId: "1", brand: "y", rank: 2, brands: 2, share: 1 / 3 },
      { customerId: "a", brand: "y", rank: 1.5, brands: 3, share: 5 / 12 },
      { customerId: "a", brand: "z", rank: 3, brands: 3, share: 1 / 6 },
      { customerId: "1", brand: "x", rank: 1, brands: 2, share: 2 / 3 },
    ]);
  });

  it("means over users and over all customers", () => {
    const { brands } = walletAllocation(ratings);
    expect(brands.map(({ brand, customers, meanRank }) => [brand, customers, meanRank])).toEqual([
      ["x", 2, 1.25],
      ["y", 2, 1.75],
      ["z", 1, 3],
    ]);
    const [x, y, z] = brands;
    expect(x?.shareAmongAll).toBeCloseTo(13 / 24, 15);
    expect(y?.shareAmongAll).toBeCloseTo(9 / 24, 15);
    expect([z?.shareAmongUsers, z?.shareAmongAll]).toEqual([1 / 6, 1 / 12]);
  });

  it("lists brands that get the same by name", () => {
    const same = ["z", "y", "x"].map((brand) => ({ customerId: 1, brand, rating: 5 }));
    expect(walletAllocation(same).brands.map(({ brand }) => brand)).toEqual(["x", "y", "z"]);
  });

  it("reads ranks, 1 the best", () => {
    const ranked = ratings.map((row) => ({ ...row, rating: 10 - row.rating }));
    expect(walletAllocation(ranked, { scale: "rank" })).toEqual(walletAllocation(ratings));
  });

  it("of nothing is nothing", () => {
    expect(walletAllocation([])).toEqual({
      brands: [],
      allocations: { length: 0, columns: { customerId: [], brand: [], rank: [], brands: [], share: [] } },
      customers: 0,
    });
  });

  it("refuses bad rows, all at once", () => {
    const { code, message } = thrown(() =>
      walletAllocation([
        ...ratings,
        { customerId: "a", brand: "x", rating: 1 },
        { brand: "" } as unknown as BrandRating,
        null as unknown as BrandRating,
      ]),
    );
    expect(code).toBe("INVALID_ROWS");
    expect(message.split("\n").slice(1)).toEqual([
      '  row 6, brand: "x" is rated twice by customer a',
      "  row 7, customerId: is not text or a whole number, or is empty",
      '  row 7, brand: "" is not text, or is empty',
      "  row 7, rating: is not a finite number",
      "  row 8: null is not { customerId, brand, rating }",
    ]);
    const scale = { scale: "stars" } as unknown as WalletAllocationOptions;
    expect(thrown(() => walletAllocation([], scale)).path).toBe("options.scale");
  });
});

it("gives away every wallet once, in any order and on any scale", () => {
  const some = fc.uniqueArray(
    fc.record({ customerId: fc.nat(4), brand: fc.constantFrom("v", "w", "x", "y", "z"), rating: fc.nat(5) }),
    { minLength: 1, selector: ({ customerId, brand }) => `${customerId} ${brand}` },
  );
  fc.assert(
    fc.property(some, (list) => {
      const found = walletAllocation(list);
      const total = found.brands.reduce((sum, { shareAmongAll }) => sum + shareAmongAll, 0);
      expect(total).toBeCloseTo(1, 13);
      for (const customer of new Set(found.allocations.columns.customerId)) {
        const shares = rows(found.allocations).filter(({ customerId }) => customerId === customer);
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 13);
      }
      expect(walletAllocation([...list].reverse()).brands).toEqual(found.brands);
      const stretched = list.map((row) => ({ ...row, rating: 3 * row.rating - 100 }));
      expect(walletAllocation(stretched)).toEqual(found);
    }),
  );
});

it("refuses a rank below 1, which is a rating", () => {
  const ratings = [
    { customerId: "a", brand: "x", rating: 1 },
    { customerId: "a", brand: "y", rating: 0 },
  ];
  const error = thrown(() => walletAllocation(ratings, { scale: "rank" }));
  expect([error.code, error.path]).toEqual(["INVALID_ROWS", "ratings[1].rating"]);
  expect(error.message).toContain("row 2, rating: 0 is no rank: 1 is best");
  expect(walletAllocation(ratings).allocations.columns.rank).toEqual([1, 2]);
  expect(thrown(() => walletAllocation([], null as never)).path).toBe("options");
});
