import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { shareOfWallet, type WalletRow } from "../../../src/retention/loyalty/share-of-wallet.js";
import { thrown } from "../../core/thrown.js";

const seven = [
  [30, 50],
  [10, 40],
  [50, 80],
  [0, 20],
  [40, 40],
  [25, 90],
  [60, 100],
].map(([ours, total]) => ({ ours, total }) as WalletRow);

describe("shareOfWallet", () => {
  it("aggregate and mean differ where large wallets are split differently", () => {
    const wallets = shareOfWallet([
      { customerId: "a", ours: 300, total: 500 },
      { customerId: 7, ours: 100, total: 400 },
      { ours: 0, total: 200 },
    ]);
    expect(wallets.aggregate).toEqual({ value: 4 / 11, numerator: 400, denominator: 1100, reason: null });
    // (3/5 + 1/4 + 0) / 3.
    expect(wallets.mean).toBeCloseTo(17 / 60, 15);
    expect(rows(wallets.customers)).toEqual([
      { customerId: "a", ours: 300, total: 500, elsewhere: 200, share: 0.6 },
      { customerId: "7", ours: 100, total: 400, elsewhere: 300, share: 0.25 },
      { customerId: null, ours: 0, total: 200, elsewhere: 200, share: 0 },
    ]);
    expect([wallets.exclusive, wallets.noneWithUs, wallets.wallets]).toEqual([0, 1, 3]);
  });

  it("the intervals are those of R", () => {
    const { mean, meanInterval, aggregate, aggregateInterval } = shareOfWallet(seven);
    expect(mean).toBeCloseTo(0.478968253968254, 14);
    // t.test(ours / total)$conf.int; the quantile of t is good to 1e-12.
    expect(meanInterval?.lower).toBeCloseTo(0.17587569225737838, 12);
    expect(meanInterval?.upper).toBeCloseTo(0.7820608156791295, 12);
    // r +- qt(.975, n - 1) sqrt(sum((ours - r total)^2) / (n - 1) / n) / mean(total).
    expect(aggregate.value).toBeCloseTo(0.5119047619047619, 15);
    expect(aggregateInterval?.lower).toBeCloseTo(0.29223159253516734, 12);
    expect(aggregateInterval?.upper).toBeCloseTo(0.7315779312743564, 12);
  });

  it("a share is never below 0 or above 1, nor are its limits", () => {
    // R gives -0.4654 and 1.0320 for the shares 0.6, 0.25, 0, and at 80 % -0.0448 and 0.6114.
    const few = [300, 100, 0].map((ours, i) => ({ ours, total: [500, 400, 200][i] ?? 0 }));
    expect(shareOfWallet(few).meanInterval).toEqual({ lower: 0, upper: 1, confidenceLevel: 0.95 });
    const narrower = shareOfWallet(few, { confidenceLevel: 0.8 }).meanInterval;
    expect(narrower?.lower).toBe(0);
    expect(narrower?.upper).toBeCloseTo(0.6114405124496311, 12);
  });

  it("leaves empty wallets out of every mean, and counts them", () => {
    const wallets = shareOfWallet([...seven, { customerId: "x", ours: 0, total: 0 }]);
    const { customers, emptyWallets, ...rest } = wallets;
    const { customers: others, emptyWallets: none, ...same } = shareOfWallet(seven);
    expect(rest).toEqual(same);
    expect([emptyWallets, none, customers.columns.share.at(-1), others.length]).toEqual([1, 0, null, 7]);
  });

  it("one wallet has a share and no interval", () => {
    const { aggregate, mean, aggregateInterval, meanInterval, reason } = shareOfWallet([
      { ours: 1, total: 4 },
    ]);
    expect([aggregate.value, mean, aggregateInterval, meanInterval]).toEqual([0.25, 0.25, null, null]);
    expect(reason).toBe("customers with a wallet: 1");
  });
});

describe("shareOfWallet refuses", () => {
  const error = (customers: unknown, options?: object) =>
    thrown(() => shareOfWallet(customers as WalletRow[], options));
  it("bad rows, all at once", () => {
    const found = error([
      { customerId: "a", ours: 500, total: 300 },
      { customerId: "a", ours: -1, total: 300 },
      { customerId: "", ours: 0.5, total: "300" },
      7,
      { ours: Number.NaN },
    ]);
    expect([found.code, found.path]).toEqual(["INVALID_ROWS", "customers[0].ours"]);
    expect(found.message.split("\n").slice(1)).toEqual([
      "  row 1, ours: 500 is more than the total, 300",
      "  row 2, ours: -1 is below 0",
      '  row 2, customerId: "a" comes in row 1 too',
      "  row 3, ours: 0.5 is not a whole number of minor units",
      '  row 3, total: "300" is not a whole number of minor units',
      '  row 3, customerId: "" is not text or a whole number, or is empty',
      "  row 4: 7 is not { ours, total }",
      "  row 5, ours: NaN is not a whole number of minor units",
      "  row 5, total: is not a whole number of minor units",
    ]);
  });
  it("no list, no level, sums beyond exact integers", () => {
    expect(error({}).path).toBe("customers");
    expect(error([], { confidenceLevel: 95 }).path).toBe("options.confidenceLevel");
    const huge = { ours: 0, total: Number.MAX_SAFE_INTEGER };
    expect(error([huge, huge]).code).toBe("UNSAFE_INTEGER");
  });
});

it("is the same in any order and any unit, and lies between the smallest and the largest share", () => {
  const wallet = fc
    .tuple(fc.nat(1000), fc.nat(1000))
    .map(([ours, elsewhere]) => ({ ours, total: ours + elsewhere }));
  fc.assert(
    fc.property(
      fc.array(wallet, { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 2, max: 99 }),
      (list, unit) => {
        const { customers, ...found } = shareOfWallet(list);
        const { customers: turned, ...again } = shareOfWallet([...list].reverse());
        expect(again).toEqual(found);
        expect([...turned.columns.share].reverse()).toEqual(customers.columns.share);
        const scaled = shareOfWallet(
          list.map(({ ours, total }) => ({ ours: ours * unit, total: total * unit })),
        );
        expect([scaled.aggregate.value, scaled.mean, scaled.meanInterval]).toEqual([
          found.aggregate.value,
          found.mean,
          found.meanInterval,
        ]);
        const shares = customers.columns.share.filter((share) => share !== null);
        if (shares.length === 0) return;
        for (const value of [found.aggregate.value, found.mean]) {
          // A mean of equal shares may differ from them in the last place.
          expect(value ?? -1).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-15);
          expect(value ?? 2).toBeLessThanOrEqual(Math.max(...shares) + 1e-15);
        }
        expect(found.wallets + found.emptyWallets).toBe(list.length);
      },
    ),
  );
});

it("null are no options", () => {
  const error = thrown(() => shareOfWallet([], null as never));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options"]);
});
