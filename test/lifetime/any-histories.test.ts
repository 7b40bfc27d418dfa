import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../src/core/errors.js";
import { fitGammaGamma } from "../../src/lifetime/gamma-gamma/fit-gamma-gamma.js";
import type { FitFailure, ModelFit } from "../../src/lifetime/models/model-fit.js";
import { fitParetoNbd } from "../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";

/** Finite and sure of itself, or a reason in words; and JSON either way. */
function expectClear(fit: (ModelFit<object> & { readonly parameters: object }) | FitFailure): void {
  expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  if (!fit.converged) {
    expect(fit.reason.length).toBeGreaterThan(10);
    return;
  }
  const numbers = [
    ...Object.values(fit.parameters),
    ...Object.values(fit.standardErrors),
    fit.logLikelihood,
    fit.gradientNorm,
  ];
  expect(numbers.every(Number.isFinite)).toBe(true);
  for (const error of Object.values(fit.standardErrors)) expect(error).toBeGreaterThan(0);
}

function histories(mostPurchases: number, T: fc.Arbitrary<number>) {
  return fc
    .tuple(fc.nat(mostPurchases), fc.double({ min: 0.01, max: 1, noNaN: true }), T)
    .map(([x, share, age]) => ({ x, tx: x === 0 ? 0 : share * age, T: age }));
}

describe("any histories have a clear answer", () => {
  test("of Pareto/NBD, those of a few weeks", () => {
    const few = fc.array(histories(8, fc.double({ min: 1, max: 60, noNaN: true })), { maxLength: 30 });
    fc.assert(
      fc.property(few, (rows) => expectClear(fitParetoNbd(rows, { unit: "week" }))),
      { numRuns: 60 },
    );
  });

  test("of Pareto/NBD, those of any scale", () => {
    const wide = histories(400, fc.double({ min: 1e-3, max: 1e5, noNaN: true }));
    fc.assert(
      fc.property(fc.array(wide, { minLength: 4, maxLength: 20 }), (rows) => {
        try {
          expectClear(fitParetoNbd(rows, { unit: "week" }));
        } catch (error) {
          // A share of the least time may be no time at all: that is a mistake in the row.
          expect(error).toBeInstanceOf(ClienteleError);
          expect(error).toMatchObject({ code: "INVALID_ROWS" });
        }
      }),
      { numRuns: 40 },
    );
  });

  test("of spending", () => {
    const spends = fc.tuple(fc.nat(8), fc.double({ min: 0.01, max: 1e5, noNaN: true }));
    fc.assert(
      fc.property(fc.array(spends, { maxLength: 25 }), (rows) =>
        expectClear(fitGammaGamma(rows.map(([x, mean]) => ({ x, meanSpend: x === 0 ? null : mean })))),
      ),
      { numRuns: 100 },
    );
  });
});
