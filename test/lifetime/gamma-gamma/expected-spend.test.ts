import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedSpend } from "../../../src/lifetime/gamma-gamma/expected-spend.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const MODEL = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

// CDNOW's customers at the published parameters: digits by an independent program with 40, some in Python's lifetimes too.
// biome-ignore format: x, mean spend, expected
const PUBLISHED = [
  [2, 22.35, 24.66371391], [1, 11.77, 18.91685206], [0, 0, 35.2189781], [7, 73.74, 71.4696709], [2, 25.55, 27.28838583],
  [6, 50.87, 49.8042992], [3, 36.19, 36.06619358], [26, 39.97, 39.89121883],
] as const;

describe("expectedSpend", () => {
  test.each(PUBLISHED)("%d purchases of %d", (x, meanSpend, expected) => {
    const got = expectedSpend(MODEL, { x, meanSpend });
    // Ten digits are given.
    expect(relativeError(got ?? Number.NaN, expected)).toBeLessThan(5e-10);
  });

  test("many customers at once, in any shape", () => {
    const rows = PUBLISHED.map(([x, meanSpend]) => ({ x, meanSpend }));
    const each = rows.map((row) => expectedSpend(MODEL, row));
    const columns = { x: rows.map(({ x }) => x), meanSpend: rows.map(({ meanSpend }) => meanSpend) };
    expect([...expectedSpend(MODEL, rows)]).toEqual(each);
    expect(expectedSpend(MODEL, columns)).toBeInstanceOf(Float64Array);
    expect([...expectedSpend(MODEL, columns)]).toEqual(each);
    expect([...expectedSpend(MODEL, { length: rows.length, columns })]).toEqual(each);
    expect(expectedSpend(MODEL, []).length).toBe(0);
  });

  test("lies between the customer's own mean and all customers'", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        (x, own) => {
          const all = (6.25 * 15.44) / 2.74;
          const got = expectedSpend(MODEL, { x, meanSpend: own }) ?? Number.NaN;
          expect(got).toBeGreaterThanOrEqual(Math.min(own, all) * (1 - 1e-12));
          expect(got).toBeLessThanOrEqual(Math.max(own, all) * (1 + 1e-12));
        },
      ),
    );
  });

  test("without a mean it is null, in many Infinity", () => {
    const heavy = { model: "gammaGamma", parameters: { p: 6, q: 0.9, v: 15 } } as const;
    expect(expectedSpend(heavy, { x: 0, meanSpend: null })).toBeNull();
    expect(expectedSpend(heavy, { x: 1, meanSpend: 10 })).toBeGreaterThan(10);
    expect([...expectedSpend(heavy, { x: [0], meanSpend: [null] })]).toEqual([Number.POSITIVE_INFINITY]);
  });

  test("refuses what is no model or no customer", () => {
    // biome-ignore format: a line for each
    const calls: readonly [() => unknown, string, string, string][] = [
      [() => expectedSpend(MODEL, { x: 1, meanSpend: -2 }), "INVALID_ROWS", "customers[0].meanSpend", "-2"],
      [() => expectedSpend(MODEL, null as never), "INVALID_ARGUMENT", "customers", "null"],
      [() => expectedSpend(null as never, []), "INVALID_ARGUMENT", "model", "null"],
      [() => expectedSpend({ model: "bgNbd", parameters: {} } as never, []), "INVALID_ARGUMENT", "model", "fitGammaGamma"],
      [() => expectedSpend({ ...MODEL, parameters: { ...MODEL.parameters, q: Number.NaN } }, []), "INVALID_ARGUMENT", "model.parameters.q", "NaN"],
      [() => expectedSpend({ converged: false, reason: "nobody bought again" } as never, []), "INVALID_ARGUMENT", "model", "nobody bought again"],
    ];
    for (const [call, code, path, message] of calls) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual([code, path]);
      expect(error.message).toContain(message);
    }
  });
});
