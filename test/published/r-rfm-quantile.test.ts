import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rfm } from "../../src/segmentation/rfm.js";

// R's quantile() and the rule of its package rfm 0.3.0 (method "rPackage"): see r-rfm-quantile.R, which makes the values.
// They have 17 digits and come from the same operations: no tolerance, since a cut that is off by its last digit moves all
// customers who stand on it.

interface Case {
  readonly bins: number;
  readonly values: readonly number[];
  readonly cuts: readonly number[];
  /** One digit for each value. */
  readonly scores: string;
}

const { cases, version } = JSON.parse(
  readFileSync(new URL("r-rfm-quantile.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Case[]; readonly version: string };

describe(`method rPackage against ${version}, 2 to 60 customers with ties`, () => {
  it("finds the same cuts to the last digit, and the same scores", () => {
    expect(cases.length).toBe(178);
    for (const { bins, values, cuts, scores } of cases) {
      const customers = values.map((value, i) => ({
        customerId: `c${i}`,
        recency: value,
        frequency: value,
        monetary: value,
      }));
      const found = rfm(customers, { method: "rPackage", bins, cuts: { recency: [0] } });
      expect(found.cuts?.monetary).toEqual(cuts);
      expect(found.cuts?.frequency).toEqual(cuts);
      expect(found.members.columns.f.join("")).toBe(scores);
      expect(found.members.columns.m.join("")).toBe(scores);
    }
  });

  it("cuts recency by the same numbers, the greatest with the lowest score", () => {
    for (const { bins, values, cuts, scores } of cases) {
      const customers = values.map((value, i) => ({
        customerId: `c${i}`,
        recency: value,
        frequency: 1,
        monetary: 1,
      }));
      const found = rfm(customers, { method: "rPackage", bins });
      expect(found.cuts?.recency).toEqual(cuts);
      const turned = [...scores].map((score) => bins + 1 - Number(score));
      expect(found.members.columns.r).toEqual(turned);
    }
  });
});
