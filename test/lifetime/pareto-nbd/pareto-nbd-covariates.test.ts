import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import { type FitParetoNbdOptions, fitParetoNbd } from "../../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { thrown } from "../../core/thrown.js";
import { relativeError } from "../../statistics/relative-error.js";
import { expectSame, failed, fitted, inOrder, TRUE, WEEKS } from "./expect-fit.js";
import { historiesDrawn, simulatedHistories } from "./simulated-histories.js";

describe("covariates", () => {
  const random = seededRandom(77);
  const z = Array.from({ length: 3000 }, (_, i) => i % 2);
  const y = z.map(() => drawUniform(random, -1, 1));
  const effects = { transaction: 0.5, dropout: -0.4 };
  const drawn = historiesDrawn(random, z.length, (i) => ({
    ...TRUE,
    alpha: TRUE.alpha * Math.exp(-effects.transaction * z[i]),
    beta: TRUE.beta * Math.exp(-effects.dropout * y[i]),
  }));
  const customers = {
    ...drawn,
    covariates: { z, y, one: z.map(() => 1), sum: z.map((value, i) => value + y[i]) },
  };
  const fitWith = (covariates: FitParetoNbdOptions["covariates"]) =>
    fitParetoNbd(customers, { ...WEEKS, covariates });

  test("finds effects within 4 standard errors, and more likely than none", () => {
    const found = fitted(fitWith({ transaction: ["z"], dropout: ["y"] }));
    const { covariates, covariateErrors, parameters } = found;
    if (covariates === undefined || covariateErrors === undefined) expect.fail("no effects");
    const gap = (covariates.transaction.z - effects.transaction) / covariateErrors.transaction.z;
    const other = (covariates.dropout.y - effects.dropout) / covariateErrors.dropout.y;
    expect(Math.abs(gap)).toBeLessThan(4);
    expect(Math.abs(other)).toBeLessThan(4);
    expect(Math.abs(Math.log(parameters.alpha / TRUE.alpha))).toBeLessThan(
      4 * Math.sqrt(found.covariance[1][1]),
    );
    expect(found.estimated.slice(4)).toEqual(["transaction.z", "dropout.y"]);
    expect(found.logLikelihood).toBeGreaterThan(fitted(fitParetoNbd(drawn, WEEKS)).logLikelihood + 10);
  });

  test("without any, and with a strong ridge, it is the plain model", () => {
    const plain = fitted(fitParetoNbd(drawn, WEEKS));
    expectSame(fitted(fitWith({ transaction: [] })), plain);
    const held = fitted(fitWith({ transaction: ["z"], dropout: ["y"], ridge: 1e12 }));
    expectSame(held, plain);
    expect(Math.abs(held.covariates?.transaction.z ?? 1)).toBeLessThan(1e-8);
    expect(relativeError(held.logLikelihood, plain.logLikelihood)).toBeLessThan(1e-10);
  });

  test("an effect of z is that of z in other units, and of 1 - z turned round", () => {
    const one = fitted(fitWith({ transaction: ["z"] }));
    const turned = {
      ...customers,
      covariates: { z: z.map((value) => 1 - value), y: z.map((value) => 7 * value) },
    };
    const other = fitted(fitParetoNbd(turned, { ...WEEKS, covariates: { transaction: ["z"] } }));
    const effect = one.covariates?.transaction.z ?? Number.NaN;
    expect(other.covariates?.transaction.z).toBeCloseTo(-effect, 7);
    expect(other.parameters.alpha).toBeCloseTo(one.parameters.alpha * Math.exp(-effect), 6);
    const scaled = fitted(fitParetoNbd(turned, { ...WEEKS, covariates: { transaction: ["y"] } }));
    expect(scaled.covariates?.transaction.y).toBeCloseTo(effect / 7, 7);
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 7);
  });

  test.each([
    [{ transaction: ["one"] }, ["transaction.one"], "same for all customers"],
    [{ transaction: ["z"], dropout: ["one"], ridge: 1 }, ["dropout.one"], "told from beta"],
    [{ dropout: ["z", "y", "sum"] }, ["dropout.sum", "dropout.z", "dropout.y"], "collinear"],
  ])("refuses what cannot be told: %j", (covariates, names, reason) => {
    const none = failed(fitWith(covariates));
    expect([none.code, none.names]).toEqual(["NOT_IDENTIFIED", names]);
    expect(none.reason).toContain(reason);
  });

  test("refuses a measure that tells for sure who buys again", () => {
    const few = simulatedHistories(TRUE, 300, 3);
    const marked = { ...few, covariates: { bought: few.x.map((x) => (x > 0 ? 1 : 0)) } };
    const none = failed(fitParetoNbd(marked, { ...WEEKS, covariates: { transaction: ["bought"] } }));
    expect(none.names).toEqual(["transaction.bought"]);
    expect(none.code).toBe("NOT_IDENTIFIED");
  });

  test("a year is the same measure as the years since 2015", () => {
    const since = z.map((value, i) => 3 * value + (i % 3));
    const both = { transaction: ["year"], dropout: ["year"] };
    const withYear = (year: readonly number[]) =>
      fitted(fitParetoNbd({ ...drawn, covariates: { year } }, { ...WEEKS, covariates: both }));
    const near = withYear(since);
    const far = withYear(since.map((value) => 2015 + value));
    const { transaction, dropout } = near.covariates ?? { transaction: {}, dropout: {} };
    expect(relativeError(far.covariates?.transaction.year ?? 0, transaction.year)).toBeLessThan(1e-7);
    expect(relativeError(far.covariates?.dropout.year ?? 0, dropout.year)).toBeLessThan(1e-7);
    expect(far.logLikelihood).toBeCloseTo(near.logLikelihood, 7);
    const grown = Math.log(far.parameters.beta / near.parameters.beta);
    expect(relativeError(grown, 2015 * dropout.year)).toBeLessThan(1e-6);
    const [beta, leaves] = [3, 5];
    const { covariance: c } = near;
    const variance = c[beta][beta] + 2 * 2015 * c[beta][leaves] + 2015 ** 2 * c[leaves][leaves];
    expect(relativeError(far.covariance[beta][beta], variance)).toBeLessThan(1e-5);
  });

  test("recovers effects: 10 bases of 800, each within 4 standard errors", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const source = seededRandom(seed, "effects");
      const mark = Array.from({ length: 800 }, () => (source() < 0.5 ? 1 : 0));
      const base = historiesDrawn(source, mark.length, (i) => ({
        ...TRUE,
        alpha: TRUE.alpha * Math.exp(-0.5 * mark[i]),
        beta: TRUE.beta * Math.exp(0.4 * mark[i]),
      }));
      const fit = fitted(
        fitParetoNbd(
          { ...base, covariates: { mark } },
          { ...WEEKS, covariates: { transaction: ["mark"], dropout: ["mark"] } },
        ),
      );
      const { transaction, dropout } = fit.covariates ?? { transaction: {}, dropout: {} };
      const got = [...inOrder(fit).map(Math.log), transaction.mark, dropout.mark];
      const truth = [...[TRUE.r, TRUE.alpha, TRUE.s, TRUE.beta].map(Math.log), 0.5, -0.4];
      for (const [k, value] of got.entries()) {
        expect(Math.abs(value - truth[k]) / Math.sqrt(fit.covariance[k][k]), `seed ${seed}`).toBeLessThan(4);
      }
    }
  });

  test("names that are not there are errors", () => {
    expect(thrown(() => fitWith({ transaction: ["age"] })).path).toBe("options.covariates.transaction[0]");
    expect(thrown(() => fitWith({ dropout: ["z", "z"] })).path).toBe("options.covariates.dropout[1]");
    expect(thrown(() => fitWith({ dropout: ["z"], ridge: -1 })).path).toBe("options.covariates.ridge");
  });
});
