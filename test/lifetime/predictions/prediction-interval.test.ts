import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawBeta } from "../../../src/core/random-draws.js";
import { fitBgBb } from "../../../src/lifetime/bg-bb/fit-bg-bb.js";
import { fitBgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import { contractSurvival } from "../../../src/lifetime/contracts/contract-survival.js";
import { fitShiftedBetaGeometric } from "../../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { expectedSpend } from "../../../src/lifetime/gamma-gamma/expected-spend.js";
import { fitGammaGamma } from "../../../src/lifetime/gamma-gamma/fit-gamma-gamma.js";
import type { SpendHistories } from "../../../src/lifetime/gamma-gamma/spend-histories.js";
import type { GammaGammaModel, TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { newCustomerTransactions } from "../../../src/lifetime/predictions/new-customer-transactions.js";
import { parameterIntervals } from "../../../src/lifetime/predictions/parameter-intervals.js";
import { predictLifetimeValue } from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { predictionInterval } from "../../../src/lifetime/predictions/prediction-interval.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import { simulateCustomers } from "../../../src/lifetime/predictions/simulate-customers.js";
import {
  conditionalTransactionProbabilities,
  transactionProbabilities,
} from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { thrown } from "../thrown.js";
import { BG_BB, BG_NBD } from "./example-models.js";

// Two parameters whose logarithms have these variances and this covariance, and one coefficient.
const fit = {
  converged: true as const,
  parameters: { alpha: 2, beta: 5 },
  covariates: { transaction: {}, dropout: { "a.b": 0.3 } },
  estimated: ["alpha", "beta", "dropout.a.b"],
  covariance: [
    [0.04, 0.01, 0.002],
    [0.01, 0.09, 0],
    [0.002, 0, 0.01],
  ],
};
const Z = 1.959963984540054;

describe("known answers", () => {
  test("products of powers are exact on the log scale: c' V c", () => {
    const { estimate, standardError, lower, upper, confidenceLevel } = predictionInterval(
      fit,
      ({ parameters: { alpha, beta } }) => alpha ** 2 / beta,
      { scale: "log" },
    );
    const deviation = Math.sqrt(4 * 0.04 - 4 * 0.01 + 0.09);
    // Central differences of 1e-5 are off by 1e-10.
    expect(estimate).toBe(0.8);
    expect(standardError / (0.8 * deviation)).toBeCloseTo(1, 8);
    expect(lower / (0.8 * Math.exp(-Z * deviation))).toBeCloseTo(1, 8);
    expect(upper / (0.8 * Math.exp(Z * deviation))).toBeCloseTo(1, 8);
    expect(confidenceLevel).toBe(0.95);
  });

  test("coefficients move as they are, and together with parameters", () => {
    const { standardError, lower } = predictionInterval(
      fit,
      ({ parameters, covariates }) => Math.log(parameters.alpha) + 2 * covariates.dropout["a.b"],
      { confidenceLevel: 0.9 },
    );
    const deviation = Math.sqrt(0.04 + 4 * 0.002 + 4 * 0.01);
    expect(standardError).toBeCloseTo(deviation, 9);
    expect(lower).toBeCloseTo(Math.log(2) + 0.6 - 1.6448536269514722 * deviation, 8);
  });

  test("a probability has limits between 0 and 1", () => {
    const chance = predictionInterval(fit, ({ parameters: { alpha, beta } }) => alpha / (alpha + beta), {
      scale: "logit",
    });
    // Its log-odds are ln(alpha / beta).
    const deviation = Math.sqrt(0.04 - 0.02 + 0.09);
    const share = (odds: number) => odds / (1 + odds);
    expect(chance.lower).toBeCloseTo(share(0.4 * Math.exp(-Z * deviation)), 9);
    expect(chance.upper).toBeCloseTo(share(0.4 * Math.exp(Z * deviation)), 9);
  });

  test("several predictions at once, typed; what hangs on nothing is sure", () => {
    const both = predictionInterval(fit, ({ parameters: { alpha, beta } }) => [alpha, beta, 7], {
      scale: "log",
    });
    expect(both.estimate).toEqual(Float64Array.of(2, 5, 7));
    expect(both.standardError[1]).toBeCloseTo(5 * 0.3, 8);
    expect([both.lower[2], both.standardError[2], both.upper[2]]).toEqual([7, 0, 7]);
  });

  test("fits of different data: variances add", () => {
    const other = { converged: true as const, parameters: { q: 3 }, estimated: ["q"], covariance: [[0.25]] };
    const { standardError } = predictionInterval(
      { purchases: fit, spend: other },
      ({ purchases, spend }) => Math.log(purchases.parameters.alpha) + Math.log(spend.parameters.q),
    );
    expect(standardError).toBeCloseTo(Math.sqrt(0.04 + 0.25), 9);
  });

  test("parameters: on the log scale, coefficients as they are", () => {
    const { alpha, "dropout.a.b": effect } = parameterIntervals(fit);
    expect(alpha).toMatchObject({ estimate: 2, standardError: 0.4, confidenceLevel: 0.95 });
    expect(alpha?.lower).toBeCloseTo(2 * Math.exp(-Z * 0.2), 14);
    expect(alpha?.upper).toBeCloseTo(2 * Math.exp(Z * 0.2), 14);
    expect(effect?.lower).toBeCloseTo(0.3 - Z * 0.1, 14);
    const beta = predictionInterval(fit, ({ parameters }) => parameters.beta, { scale: "log" });
    expect(parameterIntervals(fit).beta?.upper).toBeCloseTo(beta.upper, 7);
  });
});

describe("parametric refits", () => {
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  };
  const logit = (share: number) => Math.log(share / (1 - share));

  // A standard deviation of n is sure to 1 / sqrt(2 (n - 1)): of 400 to 3.5 %, of 300 to 4.1 %, of 120 to 6.5 %. The tolerances
  // are three of these and a bit.
  test("survival of contracts: 400 refits of 2,000 customers", () => {
    const drawn = ({ alpha, beta }: { readonly alpha: number; readonly beta: number }, seed: number) => {
      const random = seededRandom(seed);
      const left = new Array<number>(8).fill(0);
      for (let i = 0; i < 2000; i++) {
        const churn = drawBeta(random, alpha, beta);
        for (let t = 0; t < left.length; t++) {
          left[t] = (left[t] as number) + 1;
          if (random() < churn) break;
        }
      }
      return fitShiftedBetaGeometric(left, { period: "year" });
    };
    const first = drawn({ alpha: 0.668, beta: 3.806 }, 0);
    if (!first.converged) expect.fail(first.reason);
    const again = Array.from({ length: 400 }, (_, i) => {
      const refit = drawn(first.parameters, i + 1);
      return refit.converged ? logit(contractSurvival(refit, 12)) : expect.fail(refit.reason);
    });
    const { estimate, standardError } = predictionInterval(first, (model) => contractSurvival(model, 12));
    expect(Math.abs(standardError / (estimate * (1 - estimate)) / spread(again) - 1)).toBeLessThan(0.13);
  });

  test("gifts expected by BG/BB: 120 refits of 2,000 customers", () => {
    const customer = { x: 2, tx: 4, T: 6 };
    const predicted = (model: typeof BG_BB) => expectedTransactions(model, customer, { horizon: 5 });
    const drawn = (model: typeof BG_BB, seed: number) =>
      fitBgBb(simulateCustomers(model, { customers: 2000, T: 6, seed }), {});
    const first = drawn(BG_BB, 0);
    if (!first.converged) expect.fail(first.reason);
    const again = Array.from({ length: 120 }, (_, i) => {
      const refit = drawn(first, i + 1);
      return refit.converged ? Math.log(predicted(refit)) : expect.fail(refit.reason);
    });
    const { estimate, standardError } = predictionInterval(first, predicted);
    expect(Math.abs(standardError / estimate / spread(again) - 1)).toBeLessThan(0.22);
  });
});

describe("parametric refits of purchases and spends", () => {
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  };
  const log = Math.log;
  const logit = (share: number) => Math.log(share / (1 - share));
  const customer = { x: 2, tx: 30.43, T: 38.86, meanSpend: 50 };
  const terms = { marginShare: 0.3, discountRate: 0.15, horizon: 156 };

  test("BG/NBD and Gamma-Gamma: 300 refits of 2,000 customers", () => {
    const truth = BG_NBD;
    const prices = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
    const drawn = (model: TransactionModel, spend: GammaGammaModel, seed: number) => {
      const base = simulateCustomers(model, { customers: 2000, T: 39, spend, seed });
      const [purchases, price] = [fitBgNbd(base), fitGammaGamma(base as SpendHistories)];
      if (!purchases.converged || !price.converged) throw new Error("no fit");
      return { purchases, price };
    };
    type Fits = ReturnType<typeof drawn>;
    const predicted: readonly (readonly [(share: number) => number, (fits: Fits) => number])[] = [
      [logit, ({ purchases }) => probabilityAlive(purchases, customer)],
      [log, ({ purchases }) => expectedTransactions(purchases, customer, { horizon: 39 })],
      [log, ({ purchases }) => newCustomerTransactions(purchases, { horizon: 78 })],
      [logit, ({ purchases }) => transactionProbabilities(purchases, { to: 39, upTo: 1 })[1] as number],
      [
        logit,
        ({ purchases }) =>
          conditionalTransactionProbabilities(purchases, customer, { to: 39, upTo: 0 })[0] as number,
      ],
      [log, ({ price }) => expectedSpend(price, customer) as number],
      [log, ({ price }) => expectedSpend(price, { x: 0 }) as number],
      [log, ({ purchases, price }) => predictLifetimeValue(purchases, price, customer, terms).value],
    ];
    const first = drawn(truth, prices, 0);
    const again = Array.from({ length: 300 }, (_, i) => {
      const refit = drawn(first.purchases, first.price, i + 1);
      return predicted.map(([on, predict]) => on(predict(refit)));
    });
    const { estimate, standardError } = predictionInterval(first, (fits) =>
      predicted.map(([, predict]) => predict(fits)),
    );
    for (const [k, [on]] of predicted.entries()) {
      const [value, error] = [estimate[k] as number, standardError[k] as number];
      const scaled = error / (on === log ? value : value * (1 - value));
      expect(
        Math.abs(scaled / spread(again.map((all) => all[k] as number)) - 1),
        `prediction ${k}`,
      ).toBeLessThan(0.14);
    }
  });
});

test("a customer who is alive for sure is so at every parameter", () => {
  const base = simulateCustomers(BG_NBD, { customers: 3000, T: 39, seed: 4 });
  const fitted = fitBgNbd(base);
  if (!fitted.converged) expect.fail(fitted.reason);
  const alive = predictionInterval(fitted, (model) => probabilityAlive(model, { x: 0, tx: 0, T: 39 }), {
    scale: "logit",
  });
  expect(alive).toEqual({ estimate: 1, standardError: 0, lower: 1, upper: 1, confidenceLevel: 0.95 });
  const r = parameterIntervals(fitted).r ?? expect.fail("no r");
  expect(r.lower < 0.243 && 0.243 < r.upper).toBe(true);
});

describe("mistakes", () => {
  const one = () => 1;

  test.each([
    [() => predictionInterval({ converged: false, reason: "boundary" } as never, one), "fit", "boundary"],
    [() => predictionInterval(BG_NBD as never, one), "fit", "without covariance"],
    [() => predictionInterval({ a: fit, b: BG_NBD } as never, one), "fit.b", "without covariance"],
    [() => predictionInterval(null as never, one), "fit", "null"],
    [() => predictionInterval(fit, 3 as never), "predict", "3"],
    [() => predictionInterval(fit, () => Number.NaN), "predict", "NaN"],
    [() => predictionInterval(fit, () => [1, Number.NaN]), "predict", "at 1"],
    [
      () => predictionInterval(fit, ({ parameters }) => -parameters.alpha, { scale: "log" }),
      "options.scale",
      "-2",
    ],
    [
      () => predictionInterval(fit, ({ parameters }) => parameters.alpha, { scale: "logit" }),
      "options.scale",
      "2",
    ],
    [() => predictionInterval(fit, one, { scale: "sqrt" as never }), "options.scale", "sqrt"],
    [() => predictionInterval(fit, one, { confidenceLevel: 95 }), "options.confidenceLevel", "95"],
    [() => parameterIntervals(BG_NBD as never), "fit", "without covariance"],
  ])("%s names %s", (call, path, word) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(word);
  });
});

test("what a fit holds of its parameters moves with them, and the rest of it is no prediction", () => {
  // biome-ignore format: one line
  const rows = ([[2, 22.35], [1, 11.77], [7, 73.74], [1, 25.55], [6, 50.87], [3, 36.19], [2, 18.4], [4, 31.06]] as const).map(
    ([x, meanSpend]) => ({ x, meanSpend }),
  );
  const fit = fitGammaGamma(rows);
  if (!fit.converged) throw new Error(fit.reason);
  const kept = predictionInterval(fit, (model) => model.populationMean ?? 0);
  const asked = predictionInterval(fit, (model) => expectedSpend(model, { x: 0, meanSpend: null }) ?? 0);
  expect(kept.standardError).toBeGreaterThan(1);
  expect(kept).toEqual(asked);
  const error = thrown(() => predictionInterval(fit, (model) => model.logLikelihood));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "predict" });
});

test("a failed fit is refused before anything is predicted from it", () => {
  const failed = { converged: false, code: "BOUNDARY", reason: "nobody left" };
  let calls = 0;
  const error = thrown(() =>
    predictionInterval(failed as never, () => {
      calls++;
      return 1;
    }),
  );
  expect(error).toMatchObject({ path: "fit" });
  expect(error.message).toContain("nobody left");
  expect(calls).toBe(0);
});
