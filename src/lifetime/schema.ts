import * as z from "zod";
import type { ContractModel } from "./contracts/contract-model.js";
import type { GammaGammaModel, TransactionModel } from "./models/lifetime-model.js";
import type { ModelFit } from "./models/model-fit.js";

/** Any model of this package that predicts from parameters alone, told by its field `model`. */
export type LifetimeModel = TransactionModel | GammaGammaModel | ContractModel;

/** A model as it was stored: its parameters alone, or the whole fit with what intervals need (told by `covariance`). */
export type StoredLifetimeModel = LifetimeModel | (LifetimeModel & ModelFit<object>);

/**
 * Is this a stored lifetime model?
 *
 * Either a model (`model`, `parameters`, `unit` or `period`, `covariates`) or a whole fit. A field that is not known is
 * refused, and so is a `version` other than 1; without one it is 1. {@link parseLifetimeModel} tells in words what is wrong.
 *
 * @example
 * ```ts
 * import { lifetimeModelSchema } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * lifetimeModelSchema.parse({ model: "bgNbd", parameters, unit: "week" }).model; // => "bgNbd"
 * lifetimeModelSchema.safeParse({ model: "bgNbd", parameters: { ...parameters, a: -1 }, unit: "week" }).success; // => false
 * ```
 */
export const lifetimeModelSchema: z.ZodType<StoredLifetimeModel> = /* @__PURE__ */ (() => {
  const finite = z.number();
  const positive = finite.gt(0, "is not above 0");
  const count = finite.min(0);
  const whole = z.number().int("is not a whole number").min(0);
  const fit = {
    converged: z.literal(true),
    reason: z.null(),
    standardErrors: z.record(z.string(), count),
    covariance: z.array(z.array(finite)),
    estimated: z.array(z.string().min(1, "is empty")),
    logLikelihood: finite,
    aic: finite,
    bic: finite,
    customers: count,
    histories: whole,
    iterations: whole,
    gradientNorm: count,
    start: whole,
    warnings: z.array(z.string()),
  };
  const base = { version: z.literal(1).optional(), ...z.object(fit).partial().shape };

  const unit = z.enum(["day", "week", "month", "quarter", "halfYear", "year"]);
  const effects = z.record(z.string(), finite);
  const covariateParts = z.strictObject({ transaction: effects, dropout: effects }).optional();
  const withCovariates = { covariates: covariateParts, covariateErrors: covariateParts };
  const parameters = <const Names extends string>(...names: readonly Names[]) =>
    z.strictObject(
      Object.fromEntries(names.map((name) => [name, positive])) as Record<Names, typeof positive>,
    );
  const period = z.enum(["day", "week", "month", "quarter", "halfYear", "year"]);
  const correlation = z.strictObject({
    correlation: finite.nullable(),
    interval: z.strictObject({ lower: finite, upper: finite, confidenceLevel: finite }).nullable(),
    pValue: finite.nullable(),
    n: count,
    reason: z.string().nullable(),
  });

  return z
    .discriminatedUnion("model", [
      z.strictObject({
        model: z.literal("bgNbd"),
        parameters: parameters("r", "alpha", "a", "b"),
        unit,
        ...withCovariates,
        ...base,
      }),
      z.strictObject({
        model: z.literal("mbgNbd"),
        parameters: parameters("r", "alpha", "a", "b"),
        unit,
        ...base,
      }),
      z.strictObject({
        model: z.literal("paretoNbd"),
        parameters: parameters("r", "alpha", "s", "beta"),
        unit,
        ...withCovariates,
        ...base,
      }),
      z.strictObject({
        model: z.literal("bgBb"),
        parameters: parameters("alpha", "beta", "gamma", "delta"),
        unit,
        ...base,
      }),
      z.strictObject({
        model: z.literal("gammaGamma"),
        parameters: parameters("p", "q", "v"),
        populationMean: finite.nullable().optional(),
        frequencyCorrelation: correlation.optional(),
        withoutRepeat: count.optional(),
        withoutSpend: count.optional(),
        ...base,
      }),
      z.strictObject({
        model: z.literal("shiftedBetaGeometric"),
        parameters: parameters("alpha", "beta"),
        period,
        ...base,
      }),
      z.strictObject({
        model: z.literal("betaDiscreteWeibull"),
        parameters: parameters("alpha", "beta", "c"),
        period,
        ...base,
      }),
    ])
    .superRefine((stored, context) => {
      const given = Object.keys(fit).filter((name) => stored[name as keyof typeof stored] !== undefined);
      if (given.length === 0) return;
      const refuse = (path: readonly (string | number)[], message: string, input: unknown) =>
        context.addIssue({ code: "custom", path: [...path], message, input });
      for (const name of Object.keys(fit)) {
        if (!given.includes(name))
          refuse([name], "is missing, and other parts of a fit are there", undefined);
      }
      const { estimated, covariance } = stored;
      if (estimated === undefined || covariance === undefined) return;
      const coefficients = "covariates" in stored ? stored.covariates : undefined;
      const names = [
        ...Object.keys(stored.parameters),
        ...Object.keys(coefficients?.transaction ?? {}).map((name) => `transaction.${name}`),
        ...Object.keys(coefficients?.dropout ?? {}).map((name) => `dropout.${name}`),
      ];
      if (estimated.length !== names.length || !names.every((name) => estimated.includes(name))) {
        refuse(["estimated"], `is not ${names.join(", ")}`, estimated);
      }
      const isSquare =
        covariance.length === estimated.length && covariance.every((row) => row.length === estimated.length);
      const isCovariance =
        isSquare &&
        covariance.every((row, i) =>
          row.every((value, j) => {
            const bound = Math.sqrt(covariance[i][i] * covariance[j][j]);
            return Math.abs(value) <= bound * 1.000001 && Math.abs(value - covariance[j][i]) <= bound * 1e-6;
          }),
        );
      if (!isCovariance) refuse(["covariance"], "is no covariance of what was estimated", covariance);
    }) as z.ZodType<StoredLifetimeModel>;
})();
