import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { fitParetoNbd } from "../../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { paretoNbdKernel } from "../../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";
import { thrown } from "../../core/thrown.js";
import { relativeError } from "../../statistics/relative-error.js";
import { expectSame, failed, fitted, inOrder, TRUE, WEEKS } from "./expect-fit.js";
import { simulatedHistories } from "./simulated-histories.js";

// Maxima by mpmath: test/published/mpmath-pareto-nbd.test.ts; CDNOW: test/published/lifetime-pareto-nbd.test.ts.

describe("fitParetoNbd", () => {
  const histories = simulatedHistories(TRUE, 600, 1);
  const fit = fitted(fitParetoNbd(histories, WEEKS));

  test("gives a model of plain JSON with its log-likelihood, criteria and gradient", () => {
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.model, fit.unit, fit.customers, fit.start]).toEqual(["paretoNbd", "week", 600, 1]);
    const kernel = paretoNbdKernel(fit.parameters);
    const total = histories.x.reduce(
      (sum, x, i) => sum + kernel.logLikelihood(x, histories.tx[i], histories.T[i]),
      0,
    );
    expect(relativeError(fit.logLikelihood, total)).toBeLessThan(1e-13);
    expect(fit.aic).toBeCloseTo(8 - 2 * total, 8);
    expect(fit.gradientNorm).toBeLessThan(1e-8);
  });

  test("no other parameters are more likely", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (moves) => {
          const [r, alpha, s, beta] = inOrder(fit).map((value, i) => value * Math.exp(moves[i]));
          const kernel = paretoNbdKernel({ r, alpha, s, beta });
          const total = histories.x.reduce(
            (sum, x, i) => sum + kernel.logLikelihood(x, histories.tx[i], histories.T[i]),
            0,
          );
          expect(total).toBeLessThanOrEqual(fit.logLikelihood + 1e-9);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("weights are repetitions, and the order of customers does not matter", () => {
    const { x, tx, T } = histories;
    const weight = x.map((_, i) => 1 + (i % 3));
    const weighted = fitted(fitParetoNbd({ x, tx, T, weight }, WEEKS));
    const rows = x.flatMap((count, i) =>
      Array.from({ length: weight[i] }, () => ({ x: count, tx: tx[i], T: T[i] })),
    );
    const repeated = fitted(fitParetoNbd(rows.reverse(), WEEKS));
    expectSame(repeated, weighted);
    expect(repeated.customers).toBe(weighted.customers);
    expect(relativeError(repeated.logLikelihood, weighted.logLikelihood)).toBeLessThan(1e-12);
  });

  test("another unit of time scales alpha and beta", () => {
    const days = fitted(
      fitParetoNbd(
        { x: histories.x, tx: histories.tx.map((t) => 7 * t), T: histories.T.map((t) => 7 * t) },
        { unit: "day" },
      ),
    );
    expectSame(days, fit, 7);
    const purchases = histories.x.reduce((sum, x) => sum + x, 0);
    expect(days.logLikelihood).toBeCloseTo(fit.logLikelihood - purchases * Math.log(7), 6);
    expect(days.standardErrors.beta / days.parameters.beta).toBeCloseTo(
      fit.standardErrors.beta / fit.parameters.beta,
      7,
    );
  });

  test("reads a log as its summary", () => {
    const random = seededRandom(5);
    const daily = {
      model: "paretoNbd",
      unit: "day",
      parameters: { r: 1.2, alpha: 56, s: 0.9, beta: 105 },
    } as const;
    const day = 86_400_000;
    const rows = Array.from({ length: 300 }, (_, customer) => {
      const first = Math.floor(drawUniform(random, 0, 90));
      const at = [0, ...drawCustomer(daily, random, 270 - first).times].map(
        (time) => (first + Math.floor(time)) * day,
      );
      return at.map((time) => ({ customerId: `c${customer}`, at: time, amount: 100 }));
    });
    const log = transactionLog(rows.flat(), { currency: "USD" });
    const reading = { through: "1970-09-28", unit: "week" } as const;
    const fromLog = fitted(fitParetoNbd(log, reading));
    expect([fromLog.unit, fromLog.customers]).toEqual(["week", 300]);
    const { length, columns } = lifetimeSummary(log, reading);
    const { x, tx, T } = columns;
    expectSame(fitted(fitParetoNbd({ length, columns: { x, tx, T } }, WEEKS)), fromLog);
  });

  test("a first look at a sample does not change the answer", () => {
    const many = simulatedHistories(TRUE, 30_000, 9);
    const sampled = fitted(fitParetoNbd(many, WEEKS));
    const direct = fitted(fitParetoNbd(many, { ...WEEKS, starts: [TRUE] }));
    expectSame(sampled, direct);
    expect(sampled.iterations).toBeLessThan(8);
  });

  test("finds what the data were drawn with: 20 samples within 4 standard errors", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const some = fitted(fitParetoNbd(simulatedHistories(TRUE, 1500, 100 + seed), WEEKS));
      for (const [i, value] of [TRUE.r, TRUE.alpha, TRUE.s, TRUE.beta].entries()) {
        // On the scale of the search, where the error is nearly normal.
        const error = Math.sqrt(some.covariance[i][i]);
        expect(Math.abs(Math.log(inOrder(some)[i] / value)) / error, `seed ${seed}`).toBeLessThan(4);
      }
    }
  });

  test("a prior gives a few customers an answer, and its median where it is sure", () => {
    const few = { x: [0, 1, 0], tx: [0, 3, 0], T: [30, 39, 20] };
    expect(failed(fitParetoNbd(few, WEEKS)).code).toBe("TOO_FEW_HISTORIES");
    const prior = {
      r: { median: 0.5, logSd: 1e-3 },
      alpha: { median: 10, logSd: 1e-3 },
      s: { median: 0.6, logSd: 1e-3 },
      beta: { median: 12, logSd: 1e-3 },
    };
    const guess = fitted(fitParetoNbd(few, { ...WEEKS, prior }));
    for (const [i, value] of [0.5, 10, 0.6, 12].entries()) {
      expect(relativeError(inOrder(guess)[i], value)).toBeLessThan(1e-4);
    }
    expect(guess.warnings.length).toBe(1);
  });
});

describe("data without an answer", () => {
  const BOUNDARIES = [
    ["nobody leaves", { r: 1, alpha: 8, s: 1e-7, beta: 10 }, 31, /nobody seems to leave.*\(NBD\)/],
    [
      "all leave at one rate",
      { r: 1, alpha: 4, s: 1e5, beta: 15e5 },
      1,
      /s and beta run to infinity.*how soon/,
    ],
    [
      "all buy at one rate",
      { r: 1e5, alpha: 5e5, s: 0.6, beta: 12 },
      3,
      /r and alpha run to infinity.*how often/,
    ],
    ["at once or never", { r: 1, alpha: 4, s: 0.01, beta: 1e-20 }, 1, /either at once or never/],
  ] as const;
  test.each(BOUNDARIES)("%s", (_, parameters, seed, reason) => {
    const fit = failed(fitParetoNbd(simulatedHistories(parameters, 400, seed), WEEKS));
    expect(fit.code).toBe("BOUNDARY");
    expect(fit.reason).toMatch(reason);
    expect(fit.names.length).toBeGreaterThan(0);
    expect(fit.last === null || Object.values(fit.last).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });

  test("nobody bought again, or there is nobody", () => {
    const none = { x: [0, 0], tx: [0, 0], T: [3, 4] };
    for (const options of [{}, { covariates: { transaction: [] } }]) {
      expect(failed(fitParetoNbd(none, { ...WEEKS, ...options })).code).toBe("NO_REPEAT_PURCHASES");
      const nobody = failed(fitParetoNbd([], { ...WEEKS, ...options }));
      expect([nobody.code, nobody.reason]).toEqual([
        "NO_REPEAT_PURCHASES",
        expect.stringContaining("no customers"),
      ]);
    }
  });

  test("nobody bought again, yet all is known beforehand: an answer", () => {
    const near = (median: number) => ({ median, logSd: 0.5 });
    const prior = { r: near(0.5), alpha: near(10), s: near(0.6), beta: near(12) };
    const none = { x: [0, 0], tx: [0, 0], T: [3, 4] };
    const { parameters } = fitted(fitParetoNbd(none, { ...WEEKS, prior }));
    expect(parameters.r / parameters.alpha).toBeLessThan(0.5 / 10);
    expect(parameters.s / parameters.beta).toBeGreaterThan(0.6 / 12);
  });

  test("mistakes are errors", () => {
    const rows = [{ x: 1, tx: 3, T: 2 }];
    expect(thrown(() => fitParetoNbd(rows, WEEKS)).path).toBe("customers[0].tx");
    expect(thrown(() => fitParetoNbd([{ x: 0, tx: 0, T: 2 }])).path).toBe("options.unit");
    expect(thrown(() => fitParetoNbd([], null as never)).path).toBe("options");
    const aborted = { ...WEEKS, signal: { aborted: true } };
    expect(thrown(() => fitParetoNbd(simulatedHistories(TRUE, 200, 1), aborted)).code).toBe("ABORTED");
  });
});
