import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { bgNbdKernel, mbgNbdKernel } from "../../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { fitBgNbd, fitMbgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import type { BgNbdParameters } from "../../../src/lifetime/models/lifetime-model.js";
import type { FitFailure } from "../../../src/lifetime/models/model-fit.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";
import { simulatedCustomers } from "./simulated-customers.js";

const NAMES = ["r", "alpha", "a", "b"] as const;
const TRUTH = { r: 0.6, alpha: 5, a: 0.8, b: 2.5 };
const FITS = { fitBgNbd, fitMbgNbd };
const WEEK = { unit: "week" } as const;

const customers = simulatedCustomers(800, seededRandom(7), () => TRUTH);

function converged<Fit extends { readonly converged: true }>(fit: Fit | FitFailure): Fit {
  if (!fit.converged) throw new Error(`${fit.code}: ${fit.reason}`);
  return fit;
}

/** Two searches for one maximum end within the tolerance of 1e-10 of it, mostly by far. */
const SAME = 1e-9;

function expectSame(one: BgNbdParameters, other: BgNbdParameters, factors: Partial<BgNbdParameters> = {}) {
  for (const name of NAMES) {
    const factor = factors[name] ?? 1;
    expect(relativeError(one[name], factor * other[name])).toBeLessThan(SAME);
  }
}

describe.each(Object.entries(FITS))("%s", (model, fitModel) => {
  const fit = converged(fitModel(customers, WEEK));

  test("is a model to keep: plain JSON", () => {
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.model, fit.unit, fit.customers]).toEqual([
      model === "fitBgNbd" ? "bgNbd" : "mbgNbd",
      "week",
      800,
    ]);
    expect(fit.estimated).toEqual([...NAMES]);
    expect(fit.aic).toBe(8 - 2 * fit.logLikelihood);
  });

  test("the log-likelihood is that of the customers one by one", () => {
    const kernel = (model === "fitBgNbd" ? bgNbdKernel : mbgNbdKernel)(fit.parameters);
    let sum = 0;
    for (let i = 0; i < 800; i++) {
      sum += kernel.logLikelihood(customers.x[i], customers.tx[i], customers.T[i]);
    }
    expect(relativeError(fit.logLikelihood, sum)).toBeLessThan(1e-13);
  });

  test("a weight is a repetition", () => {
    const [x, tx, T] = [customers.x, customers.tx, customers.T].map((column) => [...column]);
    const weight = x.map((_, i) => 1 + (i % 3));
    const repeat = (column: readonly number[]) =>
      column.flatMap((value, i) => new Array<number>(weight[i]).fill(value));
    const weighted = converged(fitModel({ x, tx, T, weight }, WEEK));
    const repeated = converged(fitModel({ x: repeat(x), tx: repeat(tx), T: repeat(T) }, WEEK));
    expectSame(weighted.parameters, repeated.parameters);
    expectSame(weighted.standardErrors, repeated.standardErrors);
    expect(relativeError(weighted.logLikelihood, repeated.logLikelihood)).toBeLessThan(1e-13);
    expect(weighted.customers).toBe(repeated.customers);
  });

  test("rows, columns and tables are the same customers, in any order", () => {
    const rows = Array.from({ length: 800 }, (_, i) => ({
      x: customers.x[i],
      tx: customers.tx[i],
      T: customers.T[i],
    }));
    expectSame(converged(fitModel(rows.toReversed(), WEEK)).parameters, fit.parameters);
    expectSame(converged(fitModel({ length: 800, columns: customers }, WEEK)).parameters, fit.parameters);
  });

  test("another unit of time scales alpha and moves the log-likelihood by x ln(unit)", () => {
    fc.assert(
      fc.property(fc.constantFrom(7, 1 / 52, 1000, 1e-4), (factor) => {
        const scaled = converged(
          fitModel(
            {
              x: customers.x,
              tx: customers.tx.map((time) => factor * time),
              T: customers.T.map((time) => factor * time),
            },
            { unit: "day" },
          ),
        );
        expectSame(scaled.parameters, fit.parameters, { alpha: factor });
        expectSame(scaled.standardErrors, fit.standardErrors, { alpha: factor });
        const purchases = customers.x.reduce((sum, count) => sum + count, 0);
        const expected = fit.logLikelihood - purchases * Math.log(factor);
        expect(Math.abs(scaled.logLikelihood - expected)).toBeLessThan(
          1e-12 * Math.abs(fit.logLikelihood) * 10,
        );
      }),
    );
  });

  test("any start leads to the same maximum", () => {
    fc.assert(
      fc.property(
        fc.tuple(...NAMES.map(() => fc.double({ min: -2, max: 2, noNaN: true }))),
        ([r, alpha, a, b]) => {
          const start = { r: Math.exp(r), alpha: 10 * Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) };
          const other = converged(fitModel(customers, { ...WEEK, starts: [start] }));
          expectSame(other.parameters, fit.parameters);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("recovers what made the customers: 20 bases of 3,000, each parameter within 4 standard errors", () => {
    const squares = { r: 0, alpha: 0, a: 0, b: 0 };
    for (let seed = 1; seed <= 20; seed++) {
      const base = simulatedCustomers(3000, seededRandom(seed, model), () => TRUTH, fit.model);
      const { parameters, covariance } = converged(fitModel(base, WEEK));
      for (const [i, name] of NAMES.entries()) {
        const distance = Math.log(parameters[name] / TRUTH[name]) / Math.sqrt(covariance[i][i]);
        expect(Math.abs(distance)).toBeLessThan(4);
        squares[name] += distance ** 2;
      }
    }
    // Chi-squared with 20 degrees of freedom: outside with a chance of 1 in 10,000 either way.
    for (const name of NAMES) {
      expect(squares[name]).toBeGreaterThan(4);
      expect(squares[name]).toBeLessThan(53);
    }
  });

  test("a prior draws few customers near, and is told of", () => {
    const few = { x: customers.x.slice(0, 25), tx: customers.tx.slice(0, 25), T: customers.T.slice(0, 25) };
    const sure = { median: 2, logSd: 1e-6 };
    const prior = {
      r: sure,
      alpha: { median: 8, logSd: 1 },
      a: { median: 1, logSd: 1 },
      b: { median: 3, logSd: 1 },
    };
    const drawn = converged(fitModel(few, { ...WEEK, prior }));
    expect(relativeError(drawn.parameters.r, 2)).toBeLessThan(1e-6);
    expect(drawn.warnings.join()).toContain("prior");
    const vague = { median: 1, logSd: 1e6 };
    const free = converged(
      fitModel(customers, { ...WEEK, prior: { r: vague, alpha: vague, a: vague, b: vague } }),
    );
    expectSame(free.parameters, fit.parameters);
    expect(relativeError(free.logLikelihood, fit.logLikelihood)).toBeLessThan(1e-13);
  });

  test("progress start by start, and abort", () => {
    const seen: number[][] = [];
    fitModel(customers, {
      ...WEEK,
      onProgress: ({ start, iterations }) => {
        seen[start] ??= [];
        seen[start].push(iterations);
      },
    });
    for (const steps of seen) expect(steps ?? []).toEqual((steps ?? []).map((_, i) => i + 1));
    expect(seen[fit.start].length).toBe(fit.iterations);
    const error = thrown(() => fitModel(customers, { ...WEEK, signal: { aborted: true } }));
    expect(error.code).toBe("ABORTED");
  });
});

test("a sample first, for many histories, changes nothing", () => {
  const many = simulatedCustomers(120_000, seededRandom(11), () => TRUTH);
  const fit = converged(fitBgNbd(many, WEEK));
  expect(fit.histories).toBeGreaterThan(100_000);
  const plain = converged(fitBgNbd(many, { ...WEEK, starts: [TRUTH] }));
  expectSame(fit.parameters, plain.parameters);
});

describe("what comes in", () => {
  const purchases = [
    ["ani", "1997-01-01"],
    ["ani", "1997-02-01"],
    ["ani", "1997-06-01"],
    ["budi", "1997-01-03"],
    ["budi", "1997-01-29"],
    ["citra", "1997-02-01"],
    ["dewi", "1997-03-01"],
    ["dewi", "1997-03-09"],
    ["dewi", "1997-03-19"],
    ["eko", "1997-03-02"],
  ];
  const log = transactionLog(
    purchases.map(([customerId, at]) => ({ customerId, at, amount: 100 })),
    { currency: "USD" },
  );
  const prior = Object.fromEntries(NAMES.map((name) => [name, { median: 1, logSd: 1 }]));

  test("a log is read through a day; its summary is the same", () => {
    const ofLog = converged(fitBgNbd(log, { through: "1997-09-30", unit: "week", prior }));
    const summary = lifetimeSummary(log, { through: "1997-09-30", unit: "week" });
    expect(converged(fitBgNbd(summary, { prior }))).toEqual(ofLog);
    expect(ofLog.unit).toBe("week");
  });

  test("x in the thousands, times that are no whole numbers", () => {
    const rows = [0, 0, 1, 3, 40, 900, 12_000].map((x, i) => ({
      x,
      tx: x === 0 ? 0 : 20.3 + i / 3,
      T: 39.7,
    }));
    const fit = fitBgNbd(rows, { ...WEEK, prior });
    expect(converged(fit).parameters.r).toBeGreaterThan(0);
  });

  test("a mistake is told by its place", () => {
    expect(thrown(() => fitBgNbd(customers)).path).toBe("options.unit");
    expect(thrown(() => fitBgNbd(log)).path).toBe("options.through");
    expect(thrown(() => fitBgNbd(null as never, WEEK)).path).toBe("customers");
    for (const fitModel of [fitBgNbd, fitMbgNbd]) {
      expect(thrown(() => fitModel(customers, null as never)).path).toBe("options");
    }
    const absurd = { r: 1e-9, alpha: 1e12, a: 1e9, b: 1e-12 };
    expect(thrown(() => fitBgNbd(customers, { ...WEEK, starts: [absurd] })).path).toBe("options.starts[0].r");
    expect(thrown(() => fitBgNbd([{ x: 1, tx: 0, T: 4 }], WEEK)).message).toContain(
      "row 1, tx: 0 is 0 though x is 1",
    );
    expect(thrown(() => fitBgNbd(customers, { ...WEEK, starts: [] })).path).toBe("options.starts");
    const start = { ...TRUTH, a: -1 };
    expect(thrown(() => fitBgNbd(customers, { ...WEEK, starts: [start] })).path).toBe("options.starts[0].a");
    expect(thrown(() => fitBgNbd(customers, { ...WEEK, maxIterations: 0 })).path).toBe(
      "options.maxIterations",
    );
    expect(thrown(() => fitBgNbd(customers, { ...WEEK, tolerance: 0 })).path).toBe("options.tolerance");
    const covariates = { covariates: {} } as object;
    expect(thrown(() => fitMbgNbd(customers, { ...WEEK, ...covariates })).path).toBe("options.covariates");
  });
});
