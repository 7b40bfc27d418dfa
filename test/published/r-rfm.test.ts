import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type RfmScores, rfm } from "../../src/segmentation/rfm.js";

// Package rfm 0.3.0 (Aravind Hebbali, MIT) under R 4.2.2. It cuts at the quantiles of type 7 and adds 1 to each, with
// bins [lower, upper); Clientele adds nothing, with bins (lower, upper] unless told otherwise. On whole numbers the two
// are the same where the quantile is whole, and `atCut: "above"` with R's thresholds is R's rule itself.

describe("R rfm 0.3.0: ten customers with ties", () => {
  // rfm_table_customer of made-up customers, 5 bins.
  const customers = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((tenths) => ({ customerId: `c${tenths}`, recency: 1, frequency: 1, monetary: tenths / 10 }))
    .concat({ customerId: "c10", recency: 30, frequency: 2, monetary: 1 });
  const thresholds = { recency: [2, 2, 2, 2], frequency: [2, 2, 2, 2], monetary: [1.28, 1.46, 1.64, 1.82] };
  const published = {
    r: [5, 5, 5, 5, 5, 5, 5, 5, 5, 1],
    f: [1, 1, 1, 1, 1, 1, 1, 1, 1, 5],
    m: Array(10).fill(1),
  };

  it("scores the same by R's thresholds, equal ones too", () => {
    expect(rfm(customers, { cuts: thresholds, atCut: "above" }).members.columns).toMatchObject(published);
  });

  it("finds the quantiles to which R adds 1", () => {
    const { cuts } = rfm(customers);
    for (const dimension of ["recency", "frequency", "monetary"] as const) {
      for (const [i, threshold] of thresholds[dimension].entries()) {
        // The printed thresholds are rounded at the 15th digit.
        expect(cuts?.[dimension][i]).toBeCloseTo(threshold - 1, 12);
      }
    }
  });

  it("scores recency and frequency alike, and money that R, whose +1 puts all cuts above 1, cannot tell apart", () => {
    const { r, f, m } = rfm(customers).members.columns;
    expect({ r, f }).toEqual({ r: published.r, f: published.f });
    expect(m).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });
});

const shared = new URL("../../../shared/", import.meta.url);
const files = ["data/rfm_data_orders.csv", "reference/rfm_orders_bins5_scores.csv"].map(
  (path) => new URL(path, shared),
);

describe.skipIf(!files.every((file) => existsSync(file)))(
  "R rfm 0.3.0: its data set of 4906 orders of 995 customers (skipped where ../shared is not there)",
  () => {
    const cells = (file: URL) =>
      readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.replaceAll('"', "").split(","));
    const thresholds = {
      recency: [115, 181, 297.4, 482],
      frequency: [4, 5, 6, 8],
      monetary: [255.8, 382, 506.4, 666],
    };
    const log = () =>
      transactionLog(
        cells(files[0]).map(([customerId, at, amount]) => ({ customerId, at, amount: Number(amount) })),
        { currency: "USD" },
      );
    const published = () =>
      new Map(cells(files[1]).map(([id, ...numbers]) => [id, numbers.map(Number) as readonly number[]]));
    const differences = (scores: RfmScores) => {
      const expected = published();
      const count = { r: 0, f: 0, m: 0, values: 0 };
      for (const { customerId, recency, frequency, monetary, r, f, m } of rows(scores.members)) {
        const [days, purchases, amount, ...own] = expected.get(customerId) ?? [];
        if (days !== recency || purchases !== frequency || amount !== monetary) count.values++;
        if (own[0] !== r) count.r++;
        if (own[1] !== f) count.f++;
        if (own[2] !== m) count.m++;
      }
      return count;
    };

    it("finds the thresholds less R's 1", () => {
      const { cuts } = rfm(log(), { asOf: "2006-12-31" });
      for (const dimension of ["recency", "frequency", "monetary"] as const) {
        for (const [i, threshold] of thresholds[dimension].entries()) {
          // Two roundings of one interpolation.
          expect(cuts?.[dimension][i]).toBeCloseTo(threshold - 1, 9);
        }
      }
    });

    it("differs by that 1 in the recency of one customer and the money of two", () => {
      const scores = rfm(log(), { asOf: "2006-12-31" });
      expect(scores.members.length).toBe(995);
      expect(differences(scores)).toEqual({ r: 1, f: 0, m: 2, values: 0 });
    });

    it("scores all customers as R does by R's thresholds", () => {
      const scores = rfm(log(), { asOf: "2006-12-31", cuts: thresholds, atCut: "above" });
      expect(differences(scores)).toEqual({ r: 0, f: 0, m: 0, values: 0 });
    });
  },
);
