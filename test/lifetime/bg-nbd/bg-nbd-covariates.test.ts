import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawNormal } from "../../../src/core/random-draws.js";
import { bgNbdCovariateObjective } from "../../../src/lifetime/bg-nbd/bg-nbd-covariate-objective.js";
import { bgNbdKernel } from "../../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { type BgNbdFit, fitBgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import { distinctHistories } from "../../../src/lifetime/models/distinct-histories.js";
import type { CovariateEffects } from "../../../src/lifetime/models/lifetime-model.js";
import type { FitFailure } from "../../../src/lifetime/models/model-fit.js";
import { readHistories } from "../../../src/lifetime/models/purchase-histories.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";
import { simulatedCustomers } from "./simulated-customers.js";

const TRUTH = { r: 0.8, alpha: 5, a: 0.8, b: 2.5 };
const EFFECTS = { transaction: { income: 0.5, online: -0.4 }, dropout: { online: 0.6 } };
const NAMES = ["r", "alpha", "a", "b"] as const;
const MODEL = { model: "bgNbd", unit: "week", parameters: TRUTH, covariates: EFFECTS } as const;

/** Parameters of a customer with these measures, as the options say: alpha exp(-effect), a and b exp(effect). */
function ownParameters(
  { parameters: { r, alpha, a, b }, covariates }: Pick<BgNbdFit, "parameters" | "covariates">,
  own: Readonly<Record<string, number>>,
) {
  const sum = (effects: CovariateEffects = {}) =>
    Object.entries(effects).reduce((total, [name, effect]) => total + effect * own[name], 0);
  const [buys, leaves] = [Math.exp(sum(covariates?.transaction)), Math.exp(sum(covariates?.dropout))];
  return { r, alpha: alpha / buys, a: a * leaves, b: b * leaves };
}

function simulated(count: number, seed: number) {
  const random = seededRandom(seed, "covariates");
  const income = Float64Array.from({ length: count }, () => drawNormal(random));
  const online = Float64Array.from({ length: count }, () => (random() < 0.4 ? 1 : 0));
  const columns = simulatedCustomers(count, random, (i) =>
    ownParameters(MODEL, { income: income[i], online: online[i] }),
  );
  return { ...columns, covariates: { income, online } };
}

const customers = simulated(1500, 1);
const names = { transaction: ["income", "online"], dropout: ["online"] };

function fitted(options: object, input: Parameters<typeof fitBgNbd>[0] = customers): BgNbdFit {
  const fit = fitBgNbd(input, { unit: "week", ...options });
  if (!fit.converged) throw new Error(fit.reason);
  return fit;
}

function failed(input: Parameters<typeof fitBgNbd>[0], covariates: object): FitFailure {
  const fit = fitBgNbd(input, { unit: "week", covariates });
  if (fit.converged) throw new Error("converged");
  return fit;
}

const withCovariates = (covariates: Readonly<Record<string, ArrayLike<number>>>) => ({
  ...customers,
  covariates,
});

describe("fitBgNbd with covariates", () => {
  test("names, errors and covariance belong together", () => {
    const fit = fitted({ covariates: names });
    expect(fit.estimated).toEqual([...NAMES, "transaction.income", "transaction.online", "dropout.online"]);
    expect(Object.keys(fit.covariates?.transaction ?? {})).toEqual(["income", "online"]);
    expect(Object.keys(fit.covariates?.dropout ?? {})).toEqual(["online"]);
    expect(fit.covariateErrors?.dropout.online).toBe(Math.sqrt(fit.covariance[6][6]));
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    // More to explain with: a maximum that is no lower.
    expect(fit.logLikelihood).toBeGreaterThan(fitted({}).logLikelihood);
  });

  test("the log-likelihood is that of the customers, each with parameters of their own", () => {
    const fit = fitted({ covariates: names });
    const { x, tx, T, covariates } = customers;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const own = { income: covariates.income[i], online: covariates.online[i] };
      sum += bgNbdKernel(ownParameters(fit, own)).logLikelihood(x[i], tx[i], T[i]);
    }
    expect(relativeError(fit.logLikelihood, sum)).toBeLessThan(1e-13);
  });

  test("without names it is the plain fit", () => {
    const plain = fitted({});
    const none = fitted({ covariates: { transaction: [] } });
    for (const name of NAMES)
      expect(relativeError(none.parameters[name], plain.parameters[name])).toBeLessThan(1e-9);
    expect(none.covariates).toEqual({ transaction: {}, dropout: {} });
  });

  test("another unit of a measure scales its coefficient alone", () => {
    const { income, online } = customers.covariates;
    const scaled = fitted(
      { covariates: names },
      withCovariates({ income: income.map((value) => 8 * value), online }),
    );
    const fit = fitted({ covariates: names });
    expect(
      relativeError(
        8 * (scaled.covariates?.transaction.income ?? 0),
        fit.covariates?.transaction.income ?? 1,
      ),
    ).toBeLessThan(1e-8);
    expect(relativeError(scaled.parameters.alpha, fit.parameters.alpha)).toBeLessThan(1e-8);
  });

  test("a measure far from 0, as a year, is the same measure: parameters and errors are those at 0", () => {
    const { online } = customers.covariates;
    const year = online.map((value, i) => value + (i % 3));
    const both = { transaction: ["year"], dropout: ["year"] };
    const near = fitted({ covariates: both }, withCovariates({ year }));
    const [buys, leaves] = [near.covariates?.transaction.year ?? 0, near.covariates?.dropout.year ?? 0];
    const far = fitted({ covariates: both }, withCovariates({ year: year.map((value) => value + 500) }));
    expect(relativeError(far.covariates?.transaction.year ?? 0, buys)).toBeLessThan(1e-8);
    expect(relativeError(far.covariates?.dropout.year ?? 0, leaves)).toBeLessThan(1e-8);
    expect(far.logLikelihood).toBeCloseTo(near.logLikelihood, 8);
    expect(Math.log(far.parameters.alpha / near.parameters.alpha)).toBeCloseTo(500 * buys, 4);
    expect(Math.log(far.parameters.b / near.parameters.b)).toBeCloseTo(-500 * leaves, 4);
    // The variance of ln alpha + 500 buys, and of ln a - 500 leaves.
    const [alpha, a, buying, leaving] = [1, 2, 4, 5];
    const variance = (k: number, with_: number, times: number) => {
      const { covariance: c } = near;
      return c[k][k] + 2 * times * c[k][with_] + times ** 2 * c[with_][with_];
    };
    expect(relativeError(far.covariance[alpha][alpha], variance(alpha, buying, 500))).toBeLessThan(1e-6);
    expect(relativeError(far.covariance[a][a], variance(a, leaving, -500))).toBeLessThan(1e-6);
    expect(far.standardErrors.alpha).toBe(far.parameters.alpha * Math.sqrt(far.covariance[alpha][alpha]));
    const beyond = failed(withCovariates({ year: year.map((value) => value + 1e5) }), both);
    expect([beyond.code, beyond.reason.includes("subtract a usual value")]).toEqual(["NOT_IDENTIFIED", true]);
  });

  test("a prior is on the parameters at 0, however far the measures are from it", () => {
    const { online } = customers.covariates;
    const prior = { alpha: { median: 3, logSd: 0.2 }, a: { median: 0.5, logSd: 0.1 } };
    const both = { transaction: ["online"], dropout: ["online"], ridge: 2 };
    const fit = fitted({ prior, covariates: both }, withCovariates({ online }));
    const histories = distinctHistories(readHistories(withCovariates({ online }), { unit: "week" }), [
      "online",
    ]);
    const { covariates } = histories;
    const { transaction = {}, dropout = {} } = fit.covariates ?? {};
    const logs = NAMES.map((name) => Math.log(fit.parameters[name]));
    const point = [...logs, transaction.online, dropout.online];
    const { gradient } = bgNbdCovariateObjective(histories, covariates, covariates)(point);
    const pulls = [
      0,
      (logs[1] - Math.log(3)) / 0.2 ** 2,
      (logs[2] - Math.log(0.5)) / 0.1 ** 2,
      0,
      2 * transaction.online,
      2 * dropout.online,
    ];
    // At the maximum the slopes of likelihood, prior and ridge cancel.
    for (const [k, slope] of gradient.entries()) expect(slope + pulls[k]).toBeCloseTo(0, 6);
  });

  test("the fit without covariates that comes first is told as start 0 and may be aborted", () => {
    const starts = new Set<number>();
    const signal = { aborted: false };
    const error = thrown(() =>
      fitBgNbd(customers, {
        unit: "week",
        covariates: names,
        signal,
        onProgress: ({ start }) => {
          starts.add(start);
          signal.aborted = true;
        },
      }),
    );
    expect([error.code, [...starts]]).toEqual(["ABORTED", [0]]);
  });

  test("recovers the effects: 10 bases of 1,500, each within 4 standard errors", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const fit = fitted({ covariates: names }, simulated(1500, seed));
      const truth = [...NAMES.map((name) => Math.log(TRUTH[name])), 0.5, -0.4, 0.6];
      const { transaction, dropout } = fit.covariates ?? { transaction: {}, dropout: {} };
      const got = [
        ...NAMES.map((name) => Math.log(fit.parameters[name])),
        transaction.income,
        transaction.online,
        dropout.online,
      ];
      for (const [k, value] of got.entries()) {
        expect(Math.abs(value - truth[k]) / Math.sqrt(fit.covariance[k][k])).toBeLessThan(4);
      }
    }
  });

  test("a ridge draws the coefficients to 0", () => {
    const strong = fitted({ covariates: { ...names, ridge: 1e9 } });
    expect(Math.abs(strong.covariates?.transaction.income ?? 1)).toBeLessThan(1e-5);
    const weak = fitted({ covariates: { ...names, ridge: 20 } }).covariates?.transaction.income ?? 0;
    expect(weak).toBeGreaterThan(0);
    expect(weak).toBeLessThan(fitted({ covariates: names }).covariates?.transaction.income ?? 0);
  });
});

describe("effects that the data do not fix", () => {
  const { income, online } = customers.covariates;

  test("a measure that does not vary", () => {
    const same = withCovariates({ same: new Float64Array(1500).fill(3.1) });
    expect(failed(same, { transaction: ["same"] })).toMatchObject({
      code: "NOT_IDENTIFIED",
      names: ["transaction.same"],
    });
    expect(failed(same, { dropout: ["same"], ridge: 1 }).reason).toContain(
      "cannot be told from the scale of a and b",
    );
  });

  test("measures that follow from each other, unless a ridge shares the effect out", () => {
    const both = withCovariates({
      income,
      online,
      total: income.map((value, i) => 2 * value - online[i] + 5),
    });
    const fit = failed(both, { transaction: ["income", "online", "total"] });
    expect(fit.names).toEqual(["transaction.total", "transaction.income", "transaction.online"]);
    expect(fit.reason).toContain("collinear");
    expect(
      fitted({ covariates: { transaction: ["income", "online", "total"], ridge: 0.1 } }, both).converged,
    ).toBe(true);
  });

  test("leaving is told by those alone who bought again", () => {
    const once = withCovariates({ once: customers.x.map((count, i) => (count === 0 ? i % 2 : 1)) });
    expect(failed(once, { dropout: ["once"] }).reason).toContain("all customers who bought again");
  });

  test("a measure that tells for sure who never buys", () => {
    const never = withCovariates({
      never: customers.x.map((count, i) => (count === 0 && i % 3 === 0 ? 1 : 0)),
    });
    const fit = failed(never, { transaction: ["never"] });
    expect([fit.code, fit.names]).toEqual(["NOT_IDENTIFIED", ["transaction.never"]]);
    expect(fit.reason).toContain("runs to infinity");
    expect(fitted({ covariates: { transaction: ["never"], ridge: 1 } }, never).converged).toBe(true);
  });

  test("a measure that tells for sure who buys again", () => {
    const fit = failed(withCovariates({ bought: customers.x.map((x) => Math.min(1, x)) }), {
      transaction: ["bought"],
    });
    expect([fit.code, fit.names]).toEqual(["NOT_IDENTIFIED", ["transaction.bought"]]);
  });

  test("a mark on one customer: the names at fault, whatever that customer did", () => {
    for (const [x, covariates, names] of [
      [0, { transaction: ["mark"] }, ["transaction.mark"]],
      [0, { transaction: ["mark"], dropout: ["mark"] }, ["dropout.mark"]],
      // After one purchase a / (a + b) alone counts, which no effect changes.
      [1, { dropout: ["mark"] }, ["dropout.mark"]],
      [1, { transaction: ["mark"], dropout: ["mark"] }, ["dropout.mark"]],
      [3, { dropout: ["mark"] }, ["dropout.mark"]],
    ] as const) {
      const one = customers.x.indexOf(x);
      const fit = failed(
        withCovariates({ mark: customers.x.map((_, i) => (i === one ? 1 : 0)) }),
        covariates,
      );
      expect([fit.code, fit.names]).toEqual(["NOT_IDENTIFIED", names]);
      expect(fit.reason).toMatch(/runs to infinity|nothing tells of the effect|the same for all customers/);
    }
  });

  test("mistakes are told by their place", () => {
    const path = (covariates: object) =>
      thrown(() => fitBgNbd(customers, { unit: "week", covariates: covariates as never })).path;
    expect(path({ transaction: ["incme"] })).toBe("options.covariates.transaction[0]");
    expect(path({ dropout: ["income", "income"] })).toBe("options.covariates.dropout[1]");
    expect(path({ dropout: "income" })).toBe("options.covariates.dropout");
    expect(path({ ridge: -1 })).toBe("options.covariates.ridge");
    expect(path({ transactions: ["income"] })).toBe("options.covariates.transactions");
    expect(path({})).toBe("options.covariates");
    expect(path({ ridge: 1 })).toBe("options.covariates");
  });
});
