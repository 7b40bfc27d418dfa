import { describe, expect, test } from "vitest";
import { fitBgNbd } from "../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import { fitShiftedBetaGeometric } from "../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { fitGammaGamma } from "../../src/lifetime/gamma-gamma/fit-gamma-gamma.js";
import { fitParetoNbd } from "../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { parseLifetimeModel } from "../../src/lifetime/parse-lifetime-model.js";
import { predictionInterval } from "../../src/lifetime/predictions/prediction-interval.js";
import { simulateCustomers } from "../../src/lifetime/predictions/simulate-customers.js";
import { lifetimeModelSchema } from "../../src/lifetime/schema.js";
import { BG_NBD, MODELS, PARETO_NBD } from "./predictions/example-models.js";
import { thrown } from "./thrown.js";

const others = [
  { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } },
  { model: "shiftedBetaGeometric", parameters: { alpha: 0.668, beta: 3.806 }, period: "quarter" },
  { model: "betaDiscreteWeibull", parameters: { alpha: 0.26, beta: 1.7, c: 1.58 }, period: "year" },
  {
    ...PARETO_NBD,
    covariates: { transaction: { app: 0.5 }, dropout: { "years old": -0.1 } },
  },
  { ...BG_NBD, version: 1 },
];

test.each([...MODELS, ...others])("$model comes back from JSON as it was", (model) => {
  expect(parseLifetimeModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
  expect(lifetimeModelSchema.safeParse(model).success).toBe(true);
});

describe("whole fits", () => {
  const age = Float64Array.from({ length: 800 }, (_, i) => (i % 7) / 3);
  const drawn = simulateCustomers(
    { ...PARETO_NBD, covariates: { transaction: { age: 0.5 }, dropout: {} } } as typeof PARETO_NBD,
    { customers: 800, T: 39, covariates: { age }, seed: 3 },
  );
  const plain = simulateCustomers(BG_NBD, { customers: 800, T: 39, seed: 3 });
  const spend = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
  const spends = simulateCustomers(BG_NBD, { customers: 800, T: 39, spend, seed: 3 }).columns;

  test.each([
    ["bgNbd", () => fitBgNbd(plain)],
    ["bgNbd with covariates", () => fitBgNbd(drawn, { covariates: { transaction: ["age"] } })],
    ["paretoNbd with covariates", () => fitParetoNbd(drawn, { covariates: { transaction: ["age"] } })],
    ["gammaGamma", () => fitGammaGamma({ x: spends.x, meanSpend: spends.meanSpend ?? [] })],
    ["contracts", () => fitShiftedBetaGeometric([1000, 869, 743, 653, 593], { period: "year" })],
  ])("%s: to the last digit, with what intervals need", (_, fitted) => {
    const fit = fitted();
    if (!fit.converged) expect.fail(fit.reason);
    const stored = parseLifetimeModel(JSON.parse(JSON.stringify(fit)));
    expect(stored).toEqual(fit);
    if (!("covariance" in stored)) expect.fail("the fit was lost");
    const first = (model: { readonly parameters: object }) => Object.values(model.parameters)[0] as number;
    expect(predictionInterval(stored, first)).toEqual(predictionInterval(fit, first));
  });

  test("half a fit, a covariance that is none, names of another model", () => {
    const fit = fitBgNbd(plain);
    if (!fit.converged) expect.fail(fit.reason);
    const { aic: _, ...half } = fit;
    expect(thrown(() => parseLifetimeModel(half))).toMatchObject({ path: "stored.aic" });
    const wrong = fit.covariance.map((row) => [...row]);
    (wrong[0] as number[])[1] = 9;
    expect(thrown(() => parseLifetimeModel({ ...fit, covariance: wrong }))).toMatchObject({
      path: "stored.covariance",
    });
    const short = { ...fit, covariance: fit.covariance.slice(1) };
    expect(thrown(() => parseLifetimeModel(short))).toMatchObject({ path: "stored.covariance" });
    const named = { ...fit, estimated: ["r", "alpha", "s", "beta"] };
    expect(thrown(() => parseLifetimeModel(named)).message).toContain("estimated");
  });
});

describe("what is refused, by place and in words", () => {
  const { parameters } = BG_NBD;
  test.each([
    ["text", "stored", "JSON.parse"],
    [null, "stored", "null"],
    [[BG_NBD], "stored", "array"],
    [{}, "stored.model", "is missing"],
    [{ ...BG_NBD, model: "crystalBall" }, "stored.model", '"crystalBall" is not one of "bgNbd"'],
    [{ ...BG_NBD, version: 2 }, "stored.version", "2 is not 1"],
    [{ ...BG_NBD, unit: "fortnight" }, "stored.unit", "fortnight"],
    [{ ...BG_NBD, parameters: { ...parameters, a: -1 } }, "stored.parameters.a", "-1 is not above 0"],
    [{ ...BG_NBD, parameters: { ...parameters, a: 0 } }, "stored.parameters.a", "0 is not above 0"],
    [{ ...BG_NBD, parameters: { ...parameters, a: Number.NaN } }, "stored.parameters.a", "NaN"],
    [
      { ...BG_NBD, parameters: { ...parameters, a: Number.POSITIVE_INFINITY } },
      "stored.parameters.a",
      "Infinity",
    ],
    [{ ...BG_NBD, parameters: { ...parameters, a: "1" } }, "stored.parameters.a", '"1" is not a number'],
    [{ ...BG_NBD, parameters: { ...parameters, s: 1 } }, "stored.parameters.s", "is not a known field"],
    [{ ...BG_NBD, covariate: {} }, "stored.covariate", "is not a known field"],
    [
      { ...BG_NBD, covariates: { transaction: { app: Number.NaN }, dropout: {} } },
      "stored.covariates.transaction.app",
      "NaN",
    ],
    [{ converged: false, reason: "nobody bought again" }, "stored.converged", "nobody bought again"],
  ])("%o: %s", (stored, path, words) => {
    const error = thrown(() => parseLifetimeModel(stored));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(words);
  });
});
