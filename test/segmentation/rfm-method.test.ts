import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { rfm } from "../../src/segmentation/rfm.js";
import type { RfmMethod, RfmOptions } from "../../src/segmentation/rfm-options.js";
import type { RfmValues } from "../../src/segmentation/rfm-values.js";
import { thrown } from "../core/thrown.js";

const METHODS: readonly RfmMethod[] = [
  "quantile",
  "rPackage",
  "percentRank",
  "cumeDist",
  "equalWidth",
  "nested",
  "ntile",
  "ntileDescending",
];

/** Few distinct values, so that ties are the rule; ids in no order. */
const someCustomers = fc.array(
  fc.record({
    customerId: fc.uuid(),
    recency: fc.nat(20),
    frequency: fc.integer({ min: 1, max: 6 }),
    monetary: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -1000, max: 1e6 })),
  }),
  { maxLength: 50 },
);
const uniqueCustomers = someCustomers.map((list) => [
  ...new Map(list.map((customer) => [customer.customerId, customer])).values(),
]);
const someBins = fc.integer({ min: 2, max: 9 });

const customers = (values: readonly number[]): RfmValues[] =>
  values.map((value, i) => ({ customerId: `c${i}`, recency: value, frequency: value, monetary: value }));
const scoresOf = (values: readonly number[], options: RfmOptions) => {
  const { r, f, m } = rfm(customers(values), options).members.columns;
  return { r, f, m };
};

describe("the methods by their definitions", () => {
  it("percentRank and cumeDist count from the worst, as the window functions of SQL do", () => {
    fc.assert(
      fc.property(uniqueCustomers, someBins, (values, bins) => {
        const n = values.length;
        const worse = (name: "recency" | "frequency" | "monetary", own: number, orEqual: boolean) =>
          values.filter((other) => {
            const value = other[name];
            return orEqual && value === own ? true : name === "recency" ? value > own : value < own;
          }).length;
        const rank = rows(rfm(values, { method: "percentRank", bins }).members);
        const cume = rows(rfm(values, { method: "cumeDist", bins }).members);
        for (const [i, customer] of values.entries()) {
          for (const [name, score] of [
            ["recency", "r"],
            ["frequency", "f"],
            ["monetary", "m"],
          ] as const) {
            // In whole numbers: no share is rounded.
            const less = worse(name, customer[name], false);
            const percent = n === 1 ? 1 : Math.min(bins, Math.floor((bins * less) / (n - 1)) + 1);
            expect(rank[i][score]).toBe(percent);
            expect(cume[i][score]).toBe(Math.ceil((bins * worse(name, customer[name], true)) / n));
          }
        }
      }),
    );
  });

  it("ntile makes groups of equal size, the first ones larger, ties by id", () => {
    expect(scoresOf([5, 5, 5, 5, 5, 5, 5], { method: "ntile", bins: 3 })).toEqual({
      r: [3, 3, 3, 2, 2, 1, 1],
      f: [1, 1, 1, 2, 2, 3, 3],
      m: [1, 1, 1, 2, 2, 3, 3],
    });
    expect(scoresOf([5, 5, 5, 5, 5, 5, 5], { method: "ntileDescending", bins: 3 })).toEqual({
      r: [1, 1, 1, 2, 2, 3, 3],
      f: [3, 3, 3, 2, 2, 1, 1],
      m: [3, 3, 3, 2, 2, 1, 1],
    });
    expect(scoresOf([1, 9, 4], { method: "ntile", bins: 5 }).m).toEqual([1, 3, 2]);
  });

  it("ntile: sizes differ by one at most, and a better value has no worse a score", () => {
    fc.assert(
      fc.property(
        uniqueCustomers,
        someBins,
        fc.constantFrom("ntile" as const, "ntileDescending" as const),
        (values, bins, method) => {
          const scored = rows(rfm(values, { method, bins }).members);
          const sizes = Array.from({ length: bins }, (_, i) => scored.filter(({ m }) => m === i + 1).length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          const byMoney = [...scored].sort((a, b) => a.monetary - b.monetary || a.m - b.m);
          for (let i = 1; i < byMoney.length; i++)
            expect(byMoney[i].m).toBeGreaterThanOrEqual(byMoney[i - 1].m);
        },
      ),
    );
  });

  it("equalWidth cuts the range in equal parts, and says which of them are empty", () => {
    const scores = rfm(customers([0, 10, 20, 21, 100]), { method: "equalWidth" });
    expect(scores.cuts?.monetary).toEqual([20, 40, 60, 80]);
    expect(scores.members.columns.m).toEqual([1, 1, 1, 2, 5]);
    expect(scores.emptyScores.monetary).toEqual([3, 4]);
    expect(scoresOf([0, 10, 20, 21, 100], { method: "equalWidth", atCut: "above" }).m).toEqual([
      1, 1, 2, 2, 5,
    ]);
    expect(scoresOf([7, 7], { method: "equalWidth" })).toEqual({ r: [5, 5], f: [1, 1], m: [1, 1] });
  });

  it("rPackage hangs on the unit of the money: in thousands all amounts have one score", () => {
    // Type 7 of 100 to 500 in fifths: 180, 260, 340, 420, and 1 more each.
    const amounts = [100, 200, 300, 400, 500];
    expect(scoresOf(amounts, { method: "rPackage" }).m).toEqual([1, 2, 3, 4, 5]);
    expect(
      scoresOf(
        amounts.map((amount) => amount / 1000),
        { method: "rPackage" },
      ).m,
    ).toEqual([1, 1, 1, 1, 1]);
  });

  it("nested cuts frequency within each recency score, and money within both", () => {
    fc.assert(
      fc.property(uniqueCustomers, fc.integer({ min: 2, max: 4 }), (values, bins) => {
        const nested = rows(rfm(values, { method: "nested", bins }).members);
        expect(nested.map(({ r }) => r)).toEqual(rfm(values, { bins }).members.columns.r);
        for (const member of nested) {
          const sameR = nested.filter(({ r }) => r === member.r);
          const withinR = rows(rfm(sameR, { bins }).members);
          const place = sameR.indexOf(member);
          expect(member.f).toBe(withinR[place].f);
          const sameBoth = sameR.filter(({ f }) => f === member.f);
          expect(member.m).toBe(rows(rfm(sameBoth, { bins }).members)[sameBoth.indexOf(member)].m);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("what all methods have in common", () => {
  const anyMethod = fc.constantFrom(...METHODS);

  it("scores from 1 to the number of bins; ties are split by the ntiles alone", () => {
    fc.assert(
      fc.property(uniqueCustomers, someBins, anyMethod, (values, bins, method) => {
        const { members, emptyScores, methods } = rfm(values, { method, bins });
        expect(methods).toEqual({ recency: method, frequency: method, monetary: method });
        for (const [score, dimension] of [
          ["r", "recency"],
          ["f", "frequency"],
          ["m", "monetary"],
        ] as const) {
          const found = new Set(members.columns[score]);
          const possible = Array.from({ length: bins }, (_, i) => i + 1);
          expect([...found].every((value) => possible.includes(value))).toBe(true);
          expect(emptyScores[dimension]).toEqual(possible.filter((value) => !found.has(value)));
          if (method.startsWith("ntile") || method === "nested") continue;
          const values = new Map<number, number>();
          members.columns[dimension].forEach((value, row) => {
            expect(values.get(value) ?? members.columns[score][row]).toBe(members.columns[score][row]);
            values.set(value, members.columns[score][row]);
          });
        }
      }),
    );
  });

  it("does not depend on the order of the input", () => {
    fc.assert(
      fc.property(uniqueCustomers, someBins, anyMethod, (values, bins, method) => {
        const codes = (list: readonly RfmValues[]) =>
          Object.fromEntries(
            rows(rfm(list, { method, bins }).members).map(({ customerId, code }) => [customerId, code]),
          );
        expect(codes(values.toReversed())).toEqual(codes(values));
      }),
    );
  });

  it("scores the same customers by the cuts that it reports", () => {
    fc.assert(
      fc.property(uniqueCustomers, someBins, anyMethod, (values, bins, method) => {
        fc.pre(values.length > 0);
        const first = rfm(values, { method, bins });
        const hasCuts = !["ntile", "ntileDescending", "nested"].includes(method);
        expect(first.cuts !== null).toBe(hasCuts);
        if (!first.cuts) return;
        const again = rfm(values, { cuts: first.cuts, atCut: first.atCut });
        expect(again.members.columns.code).toEqual(first.members.columns.code);
        expect(again.methods.recency).toBe("fixed");
      }),
    );
  });

  it("of one customer and of none", () => {
    for (const method of METHODS) {
      expect(rfm([], { method })).toMatchObject({ cuts: null, members: { length: 0 } });
      const [code] = rfm(customers([3]), { method }).members.columns.code;
      // PERCENT_RANK of one row is 0, CUME_DIST is 1; NTILE's first group is 1 from either end.
      const expected =
        { percentRank: "1-1-1", cumeDist: "5-5-5", ntileDescending: "1-5-5" }[method as string] ?? "5-1-1";
      expect([method, code]).toEqual([method, expected]);
    }
  });

  it("reads places among many fractions as a sort does", () => {
    // More values than buckets, most of them close together: both ways of finding a place.
    const many = Array.from(
      { length: 70_000 },
      (_, i) => ((i * 48_271) % 70_001) ** (i % 3 === 0 ? 3 : 1) + 0.5,
    );
    const ascending = [...many].sort((a, b) => a - b);
    const { cuts } = rfm(customers(many), { method: "cumeDist", bins: 40 });
    expect(cuts?.monetary).toEqual(Array.from({ length: 39 }, (_, i) => ascending[((i + 1) * 70_000) / 40]));
  });
});

describe("options that do not go together", () => {
  const failing = (options: unknown) => thrown(() => rfm(customers([1, 2]), options as RfmOptions));

  it("refuses a side of the cuts where the method has its own", () => {
    expect(failing({ method: "rPackage", atCut: "below" })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.atCut",
      message: 'options.atCut is "below", and method "rPackage" has a side of its own: leave it out',
    });
    const { atCut } = rfm(customers([1, 2]), { method: "cumeDist", atCut: "above", cuts: { recency: [1] } });
    expect(atCut).toEqual({ recency: "above", frequency: "above", monetary: "above" });
  });

  it("refuses an unknown method, and one that has nothing to cut", () => {
    expect(failing({ method: "quintile" }).message).toContain('options.method is "quintile"');
    const cuts = { recency: [1], frequency: [1], monetary: [1] };
    expect(failing({ method: "ntile", cuts })).toMatchObject({ path: "options.method" });
    expect(failing({ atCut: { recency: "above" } })).toMatchObject({ path: "options.atCut.frequency" });
  });
});
