import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { shareOfWallet } from "../../../src/retention/loyalty/share-of-wallet.js";
import { type NamedWalletRow, walletGrowth } from "../../../src/retention/loyalty/wallet-growth.js";
import { thrown } from "../../core/thrown.js";

const wallets = (...pairs: [ours: number, total: number][]) =>
  pairs.map(([ours, total], i) => ({ customerId: `c${i}`, ours, total }));
const before = wallets([30, 50], [10, 40], [50, 80], [0, 20], [40, 40], [25, 90], [60, 100]);
const after = wallets([35, 60], [10, 30], [60, 80], [5, 20], [40, 50], [45, 90], [50, 100]);

describe("walletGrowth", () => {
  it("is that of R: t.test(after, before, paired = TRUE)", () => {
    const growth = walletGrowth(before, after);
    // 245/430 - 215/420.
    expect(growth.aggregateChange).toBeCloseTo(0.057862679955703267, 14);
    expect(growth.meanChange).toBeCloseTo(0.051984126984127, 14);
    // The quantile of t is good to 1e-12.
    expect(growth.meanChangeInterval?.lower).toBeCloseTo(-0.1017617974190605, 12);
    expect(growth.meanChangeInterval?.upper).toBeCloseTo(0.2057300513873145, 12);
    expect(growth.ours).toEqual({ value: 30 / 215, numerator: 30, denominator: 215, reason: null });
    expect(growth.total).toEqual({ value: 10 / 420, numerator: 10, denominator: 420, reason: null });
    expect(rows(growth.customers)[3]).toEqual({ customerId: "c3", before: 0, after: 0.25, change: 0.25 });
  });

  it("compares the same customers only, and says who is left out", () => {
    const growth = walletGrowth(
      [
        { customerId: "a", ours: 50, total: 100 },
        { customerId: "gone", ours: 0, total: 1000 },
        { customerId: "zero", ours: 10, total: 10 },
      ],
      [
        { customerId: "zero", ours: 0, total: 0 },
        { customerId: "new", ours: 90, total: 100 },
        { customerId: "a", ours: 50, total: 100 },
      ],
    );
    // All rows together the share would have grown from 60/1110 to 140/200.
    expect([growth.aggregateChange, growth.meanChange, growth.meanChangeInterval]).toEqual([0, 0, null]);
    expect(growth.leftOut).toEqual({ onlyBefore: ["gone"], onlyAfter: ["new"], emptyWallet: ["zero"] });
    expect(growth.reason).toBe("customers with a wallet in both periods: 1");
  });

  it("growth from nothing is no number", () => {
    const growth = walletGrowth(
      [{ customerId: 1, ours: 0, total: 100 }],
      [{ customerId: 1, ours: 9, total: 90 }],
    );
    expect(growth.ours).toEqual({
      value: null,
      numerator: 9,
      denominator: 0,
      reason: "spent with us before: 0",
    });
    expect([growth.aggregateChange, growth.total.value]).toEqual([0.1, -0.1]);
  });

  it("nobody to compare", () => {
    const growth = walletGrowth(before, []);
    expect([growth.aggregateChange, growth.meanChange, growth.meanChangeInterval]).toEqual([
      null,
      null,
      null,
    ]);
    expect(growth.reason).toBe("customers with a wallet in both periods: 0");
  });
});

it("refuses rows without a customer, and names the list", () => {
  const call = (first: unknown, second: unknown) =>
    thrown(() => walletGrowth(first as NamedWalletRow[], second as NamedWalletRow[]));
  expect(call(before, [{ ours: 1, total: 2 }]).path).toBe("after[0].customerId");
  expect(call([...before, before[0]], after).message).toContain('row 8, customerId: "c0" comes in row 1 too');
  expect(call(null, after).path).toBe("before");
});

it("of the same rows twice is nothing; swapped, the opposite", () => {
  const wallet = fc
    .tuple(fc.nat(100), fc.nat(100))
    .map(([ours, rest]) => [ours, ours + rest] as [number, number]);
  fc.assert(
    fc.property(fc.array(wallet, { maxLength: 12 }), fc.array(wallet, { maxLength: 12 }), (first, second) => {
      const [a, b] = [wallets(...first), wallets(...second)];
      const there = walletGrowth(a, b);
      const back = walletGrowth(b, a);
      expect(back.aggregateChange ?? 0).toBe(-(there.aggregateChange ?? 0) + 0);
      expect(back.leftOut.onlyBefore).toEqual(there.leftOut.onlyAfter);
      const same = walletGrowth(a, a);
      expect(same.aggregateChange ?? 0).toBe(0);
      const { mean, aggregate } = shareOfWallet(a.filter(({ total }) => total > 0));
      expect([same.before.mean, same.before.aggregate]).toEqual([mean, aggregate]);
      const { onlyBefore, emptyWallet } = there.leftOut;
      expect(there.customers.length + onlyBefore.length + emptyWallet.length).toBe(a.length);
    }),
  );
});

it("growth of nothing is null and says so itself; null are no options", () => {
  const growth = walletGrowth(
    [
      { customerId: "a", ours: 0, total: 10 },
      { customerId: "b", ours: 0, total: 10 },
    ],
    [
      { customerId: "a", ours: 5, total: 10 },
      { customerId: "b", ours: 5, total: 10 },
    ],
  );
  expect(growth.ours).toMatchObject({ value: null, reason: "spent with us before: 0" });
  expect([growth.reason, growth.aggregateChange, growth.meanChange]).toEqual([null, 0.5, 0.5]);
  expect(thrown(() => walletGrowth([], [], null as never)).path).toBe("options");
});
