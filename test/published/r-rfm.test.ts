import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type RfmScores, rfm } from "../../src/segmentation/rfm.js";
import type { RfmMethod } from "../../src/segmentation/rfm-options.js";
import { checkSegmentTable, rPackageSegmentTable } from "../../src/segmentation/segment-table.js";

// Package rfm 0.3.0 (Aravind Hebbali, MIT) under R 4.2.2. It cuts at the quantiles of type 7 and adds 1 to each, with
// bins [lower, upper): method "rPackage". By default Clientele adds nothing, with bins (lower, upper] unless told otherwise. On
// whole numbers the two are the same where the quantile is whole, and `atCut: "above"` with R's thresholds is R's rule itself.

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

  it("scores the same, finds the same thresholds and says which scores nobody has, by R's method", () => {
    const { members, cuts, emptyScores } = rfm(customers, { method: "rPackage" });
    expect(members.columns).toMatchObject(published);
    for (const dimension of ["recency", "frequency", "monetary"] as const) {
      // The printed thresholds are rounded at the 15th digit.
      for (const [i, threshold] of thresholds[dimension].entries())
        expect(cuts?.[dimension][i]).toBeCloseTo(threshold, 12);
    }
    expect(emptyScores).toEqual({ recency: [2, 3, 4], frequency: [2, 3, 4], monetary: [2, 3, 4, 5] });
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
const segmentsFile = new URL("reference/rfm_orders_bins5_segments.csv", shared);

describe("R rfm 0.3.0: its table of ten segments, read from the top", () => {
  it("has 115 of 125 cells, 58 of them more than once, and no row that never wins", () => {
    // Counted from the rows that the package prints, by a script apart from this library.
    expect(checkSegmentTable(rPackageSegmentTable)).toMatchObject({
      cells: 125,
      covered: 115,
      contested: 58,
      neverWin: [],
      unreachable: [],
    });
  });

  it("names the cells of its sample customers as it does", () => {
    // Scores and segments of eleven customers of rfm_data_orders, from rfm_segment.
    const published: Readonly<Record<string, string>> = {
      "3-4-3": "Potential Loyalist",
      "4-1-2": "New Customers",
      "3-2-3": "Loyal Customers",
      "5-5-5": "Champions",
      "3-2-1": "About To Sleep",
      "2-1-2": "About To Sleep",
      "1-2-1": "Lost",
      "5-2-3": "New Customers",
      "1-4-4": "Can't Lose Them",
      "4-2-3": "Loyal Customers",
      "2-4-4": "Loyal Customers",
    };
    const four = [1, 2, 3, 4];
    const cuts = { recency: four, frequency: four, monetary: four };
    for (const [code, segment] of Object.entries(published)) {
      const [r, f, m] = code.split("-").map(Number);
      const one = [{ customerId: "a", recency: 6 - r, frequency: f, monetary: m }];
      const { columns } = rfm(one, { cuts, segmentTable: rPackageSegmentTable }).members;
      expect([columns.code[0], columns.segment[0]]).toEqual([code, segment]);
    }
  });
});

describe.skipIf(![...files, segmentsFile].every((file) => existsSync(file)))(
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

    it("scores and names all customers as R does by R's method, with its thresholds", () => {
      const options = { asOf: "2006-12-31", method: "rPackage", segmentTable: rPackageSegmentTable } as const;
      const scores = rfm(log(), options);
      expect(differences(scores)).toEqual({ r: 0, f: 0, m: 0, values: 0 });
      for (const dimension of ["recency", "frequency", "monetary"] as const) {
        for (const [i, threshold] of thresholds[dimension].entries())
          expect(scores.cuts?.[dimension][i]).toBeCloseTo(threshold, 9);
      }
      const named = new Map(cells(segmentsFile).map(([id, segment]) => [id, segment]));
      expect(Object.fromEntries(rows(scores.members).map((row) => [row.customerId, row.segment]))).toEqual(
        Object.fromEntries(named),
      );
      expect(Object.fromEntries(scores.segments.map(({ name, customers }) => [name, customers]))).toEqual({
        "Potential Loyalist": 342,
        "Loyal Customers": 170,
        Lost: 148,
        "New Customers": 104,
        "About To Sleep": 102,
        "Can't Lose Them": 47,
        Champions: 35,
        "At Risk": 28,
        "Need Attention": 10,
        Promising: 9,
        Others: 0,
      });
    });

    // How many of the 995 codes another method changes, counted by NumPy and SQL apart from this library.
    it.each<[RfmMethod, { r: number; f: number; m: number }, number]>([
      ["rPackage", { r: 0, f: 0, m: 0 }, 0],
      ["quantile", { r: 1, f: 0, m: 2 }, 3],
      ["percentRank", { r: 12, f: 0, m: 2 }, 14],
      ["ntile", { r: 5, f: 239, m: 8 }, 244],
      ["ntileDescending", { r: 5, f: 239, m: 8 }, 248],
      ["cumeDist", { r: 1, f: 600, m: 10 }, 604],
      ["equalWidth", { r: 783, f: 532, m: 667 }, 951],
    ])("method %s changes %o, %i codes in all", (method, expected, codes) => {
      const scores = rfm(log(), { asOf: "2006-12-31", method });
      expect(differences(scores)).toEqual({ ...expected, values: 0 });
      const all = published();
      const changed = rows(scores.members).filter(({ customerId, r, f, m }) => {
        const own = all.get(customerId)?.slice(3, 6);
        return own?.join("-") !== `${r}-${f}-${m}`;
      });
      expect(changed).toHaveLength(codes);
    });

    it("scores all customers as R does by R's thresholds", () => {
      const scores = rfm(log(), { asOf: "2006-12-31", cuts: thresholds, atCut: "above" });
      expect(differences(scores)).toEqual({ r: 0, f: 0, m: 0, values: 0 });
    });
  },
);
