import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { fitBgNbd, fitMbgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import type { FitFailure } from "../../../src/lifetime/models/model-fit.js";
import { simulatedCustomers } from "./simulated-customers.js";

const NAMES = ["r", "alpha", "a", "b"] as const;
const WEEK = { unit: "week" } as const;

function failed(fit: { readonly converged: true } | FitFailure): FitFailure {
  if (fit.converged) throw new Error("converged");
  return fit;
}

describe("data without an answer", () => {
  const fitOf = (rows: readonly (readonly [x: number, tx: number, T: number, weight: number])[]) =>
    fitBgNbd(
      rows.map(([x, tx, T, weight]) => ({ x, tx, T, weight })),
      WEEK,
    );

  test("nobody bought again, or nobody is there", () => {
    const never = failed(
      fitOf([
        [0, 0, 30, 5],
        [0, 0, 39, 8],
      ]),
    );
    expect([never.code, never.customers, never.last]).toEqual(["NO_REPEAT_PURCHASES", 13, null]);
    expect(failed(fitBgNbd([], WEEK)).reason).toContain("no customers");
    expect(failed(fitMbgNbd([{ x: 0, tx: 0, T: 3 }], WEEK)).code).toBe("NO_REPEAT_PURCHASES");
  });

  test("nobody bought again, yet all is known beforehand: the prior's own answer, drawn to fewer purchases", () => {
    const near = (median: number) => ({ median, logSd: 0.5 });
    const prior = { r: near(0.5), alpha: near(10), a: near(1), b: near(3) };
    const never = { x: [0, 0], tx: [0, 0], T: [30, 39], weight: [5, 8] };
    const fit = fitBgNbd(never, { ...WEEK, prior });
    if (!fit.converged) throw new Error(fit.reason);
    // BG/NBD: such customers tell nothing of leaving.
    expect(fit.parameters.a).toBeCloseTo(1, 8);
    expect(fit.parameters.b).toBeCloseTo(3, 8);
    expect(fit.parameters.r / fit.parameters.alpha).toBeLessThan(0.5 / 10);
    const { r: _, ...three } = prior;
    expect(failed(fitBgNbd(never, { ...WEEK, prior: three })).code).toBe("NO_REPEAT_PURCHASES");
    expect(failed(fitBgNbd([], { ...WEEK, prior })).code).toBe("NO_REPEAT_PURCHASES");
    expect(fitMbgNbd({ x: [0], tx: [0], T: [0] }, { ...WEEK, prior }).converged).toBe(true);
  });

  test("fewer histories than parameters", () => {
    const few = failed(
      fitOf([
        [0, 0, 30, 5],
        [2, 8, 39, 8],
        [5, 9, 39, 1],
      ]),
    );
    expect([few.code, few.reason.includes("3 different histories")]).toEqual(["TOO_FEW_HISTORIES", true]);
  });

  test("nobody leaves: everybody bought just now", () => {
    const fit = failed(
      fitOf([
        [1, 38, 39, 10],
        [2, 38.5, 39, 9],
        [4, 38.9, 39, 5],
        [12, 39, 39, 4],
        [30, 39, 39, 2],
        [0, 0, 39, 2],
      ]),
    );
    expect(fit.code).toBe("BOUNDARY");
    expect(fit.reason).toContain("nobody seems to leave");
    expect(fit.last?.a ?? 1).toBeLessThan(0.1 * (fit.last?.b ?? 0));
  });

  // Seeds of bases that lie at the end of the range: about every second does.
  test.each([
    [
      "all buy at one rate",
      { r: 1e6, alpha: 1e7, a: 0.8, b: 2.5 },
      3,
      "do not differ in how often they buy (all 0.107 ",
    ],
    [
      "all are as ready to leave",
      { r: 1, alpha: 3, a: 2e6, b: 8e6 },
      1,
      "do not differ in how readily they leave (all with probability 0.205 ",
    ],
    ["nobody leaves", { r: 1, alpha: 3, a: 1e-9, b: 2 }, 2, "nobody seems to leave"],
    ["everybody leaves at once", { r: 1, alpha: 3, a: 2, b: 1e-9 }, 1, "everybody seems to leave"],
    [
      "half of them leave at once, the others never",
      { r: 1, alpha: 3, a: 1e-3, b: 1e-3 },
      4,
      "either leave at once or never (0.504 ",
    ],
  ])("%s", (_, truth, seed, reason) => {
    const base = simulatedCustomers(500, seededRandom(seed), () => truth);
    const fit = failed(fitBgNbd(base, WEEK));
    expect(fit.code).toBe("BOUNDARY");
    expect(fit.names.length).toBeGreaterThan(0);
    expect(fit.reason).toContain(reason);
    expect(fit.last).not.toBe(null);
  });

  test("nobody leaves, among so many that a sample is looked at first", () => {
    const base = simulatedCustomers(60_000, seededRandom(3), () => ({ r: 1, alpha: 3, a: 1e-9, b: 2 }));
    const fit = failed(fitBgNbd(base, WEEK));
    expect([fit.code, fit.reason.includes("nobody seems to leave")]).toEqual(["BOUNDARY", true]);
  });

  test("never NaN, whatever the histories", () => {
    const row = fc
      .tuple(
        fc.nat(8),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 60, noNaN: true }),
      )
      .map(([x, share, T]) => ({ x, tx: x === 0 ? 0 : share * T, T }));
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 30 }),
        fc.constantFrom(fitBgNbd, fitMbgNbd),
        (rows, fitModel) => {
          const fit = fitModel(rows, WEEK);
          expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
          if (fit.converged) {
            for (const name of NAMES) expect(fit.standardErrors[name]).toBeGreaterThan(0);
            expect(fit.logLikelihood).toBeLessThan(Number.POSITIVE_INFINITY);
          } else expect(fit.reason.length).toBeGreaterThan(20);
        },
      ),
      { numRuns: 200 },
    );
  });
});
