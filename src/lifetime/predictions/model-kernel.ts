import { assertArgument, assertFinite, assertInRange, assertOneOf, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { bgBbKernel } from "../bg-bb/bg-bb-kernel.js";
import { bgNbdKernel, mbgNbdKernel } from "../bg-nbd/bg-nbd-kernel.js";
import { assertDiscountRate } from "../discount-rate.js";
import { assertConverged } from "../models/assert-converged.js";
import { DAYS_IN_UNIT, MODEL_UNITS } from "../models/days-in-unit.js";
import type {
  CovariateEffects,
  CovariateModel,
  ModelTimeUnit,
  TransactionModel,
} from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import { paretoNbdKernel } from "../pareto-nbd/pareto-nbd-kernel.js";

/** The parameters of each model in their order. */
const PARAMETER_NAMES = {
  bgNbd: ["r", "alpha", "a", "b"],
  mbgNbd: ["r", "alpha", "a", "b"],
  paretoNbd: ["r", "alpha", "s", "beta"],
  bgBb: ["alpha", "beta", "gamma", "delta"],
} as const satisfies Readonly<Record<TransactionModel["model"], readonly string[]>>;

/** What a customer's covariates add up to. @internal */
export interface CustomerEffects {
  readonly transaction: number;
  readonly dropout: number;
}

/** @internal */
export const NO_EFFECTS: CustomerEffects = Object.freeze({ transaction: 0, dropout: 0 });

/** The model as it is for a customer with these effects. @internal */
export function modelFor<Model extends TransactionModel>(model: Model, effects: CustomerEffects): Model;
export function modelFor(model: TransactionModel, effects: CustomerEffects): TransactionModel {
  const [buys, leaves] = [Math.exp(effects.transaction), Math.exp(effects.dropout)];
  if (buys === 1 && leaves === 1) return model;
  if (model.model === "bgNbd") {
    const { r, alpha, a, b } = model.parameters;
    return { ...model, parameters: { r, alpha: alpha / buys, a: a * leaves, b: b * leaves } };
  }
  if (model.model === "paretoNbd") {
    const { r, alpha, s, beta } = model.parameters;
    return { ...model, parameters: { r, alpha: alpha / buys, s, beta: beta / leaves } };
  }
  return model;
}

/** What the model answers about customers with these effects. @internal */
export function kernelOf(model: TransactionModel, effects: CustomerEffects = NO_EFFECTS): TransactionKernel {
  const own = modelFor(model, effects);
  switch (own.model) {
    case "bgNbd":
      return bgNbdKernel(own.parameters);
    case "mbgNbd":
      return mbgNbdKernel(own.parameters);
    case "paretoNbd":
      return paretoNbdKernel(own.parameters);
    case "bgBb":
      return bgBbKernel(own.parameters);
  }
}

/** What the model answers about a new customer; a model with covariates needs their measures. @internal */
export function kernelOfNew(
  model: TransactionModel,
  covariates: Readonly<Record<string, number>> | undefined,
): TransactionKernel {
  return kernelOf(model, effectsOfNew(model, covariates));
}

/** What the measures of one customer add up to, under the name that options have for them. @internal */
export function effectsOfNew(
  model: TransactionModel,
  covariates: Readonly<Record<string, number>> | undefined,
): CustomerEffects {
  const fitted = covariatesOf(model);
  assertArgument(
    fitted !== null || covariates === undefined,
    "options.covariates",
    () => "options.covariates is given and the model was fitted without: leave it out",
  );
  if (fitted === null) return NO_EFFECTS;
  for (const name of covariateNames(fitted)) assertFinite(covariates?.[name], `options.covariates.${name}`);
  const sum = (effects: CovariateEffects) => {
    const total = effectOf(effects, (name) => covariates?.[name] ?? 0);
    if (isPossible(total)) return total;
    const name = strongest(effects, (measure) => covariates?.[measure] ?? 0);
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      `options.covariates.${name}`,
      `options.covariates.${name} is ${covariates?.[name]}: ${impossible(total)}`,
    );
  };
  return { transaction: sum(fitted.transaction), dropout: sum(fitted.dropout) };
}

/** Effects of one customer on purchases or on leaving, added up. @internal */
export function effectOf(effects: CovariateEffects, measure: (name: string) => number): number {
  return Object.entries(effects).reduce((total, [name, effect]) => total + effect * measure(name), 0);
}

/** A factor of 3e43 either way: no rate that is anybody's, and far from where numbers end. @internal */
export function isPossible(effect: number): boolean {
  return Math.abs(effect) <= 100;
}

/** Why an effect is refused. @internal */
export function impossible(effect: number): string {
  return `adds up to an effect of ${Number(effect.toPrecision(4))}, a factor of exp(${Number(effect.toPrecision(4))}); measure it as in the fit`;
}

/** The measure that does most of it. @internal */
export function strongest(effects: CovariateEffects, measure: (name: string) => number): string {
  const size = (name: string) => Math.abs((effects[name] ?? 0) * measure(name));
  return Object.keys(effects).reduce((one, other) => (size(other) > size(one) ? other : one));
}

/** The coefficients of a model; `null` where it has none. @internal */
export function covariatesOf(model: TransactionModel): CovariateModel | null {
  return "covariates" in model ? (model.covariates ?? null) : null;
}

/** All measures that a model speaks of. @internal */
export function covariateNames({ transaction, dropout }: CovariateModel): string[] {
  return [...new Set([...Object.keys(transaction), ...Object.keys(dropout)])];
}

/** Refuses what is no transaction model: a fit that failed, parameters that cannot be. @internal */
export function assertTransactionModel(model: unknown, path = "model"): asserts model is TransactionModel {
  const given = model as
    | Partial<Record<"model" | "unit" | "parameters" | "covariates", unknown>>
    | null
    | undefined;
  assertConverged(model, path);
  assertArgument(
    typeof given === "object" && given !== null && Object.hasOwn(PARAMETER_NAMES, String(given.model)),
    path,
    () =>
      `${path} is ${shown(given?.model ?? given)}: pass { model, parameters, unit } of fitBgNbd, fitMbgNbd, fitParetoNbd or fitBgBb`,
  );
  const parameters = Object(given.parameters) as Readonly<Record<string, unknown>>;
  for (const name of PARAMETER_NAMES[given.model as TransactionModel["model"]]) {
    assertInRange(parameters[name], `${path}.parameters.${name}`, Number.MIN_VALUE, Number.MAX_VALUE);
  }
  assertOneOf(given.unit, `${path}.unit`, MODEL_UNITS);
  const { covariates } = given;
  if (covariates === undefined) return;
  assertArgument(
    given.model === "bgNbd" || given.model === "paretoNbd",
    `${path}.covariates`,
    () => `${path}.covariates is given, and a model ${shown(given.model)} has none: leave it out`,
  );
  for (const kind of ["transaction", "dropout"] as const) {
    const at = `${path}.covariates.${kind}`;
    const effects: unknown = Object(covariates)[kind];
    assertArgument(
      typeof effects === "object" && effects !== null && !Array.isArray(effects),
      at,
      () => `${at} is ${shown(effects)}: pass coefficients by name, {} for none`,
    );
    for (const [name, effect] of Object.entries(effects)) assertFinite(effect, `${at}.${name}`);
  }
}

/** A time in the unit of the model, 0 or more; of BG/BB a whole number of opportunities. @internal */
export function assertTime(
  time: unknown,
  path: string,
  { model, unit }: TransactionModel,
): asserts time is number {
  assertArgument(
    Number.isFinite(time) && (time as number) >= 0 && (model !== "bgBb" || Number.isInteger(time)),
    path,
    () =>
      `${path} is ${shown(time)}: pass ${model === "bgBb" ? "a whole number of opportunities" : `a number of ${unit}s`}, 0 or more`,
  );
}

/** The continuous rate per unit of the model that an effective rate per year comes to. @internal */
export function ratePerUnit(discountRate: unknown, unit: ModelTimeUnit): number {
  assertDiscountRate(discountRate);
  return (Math.log1p(discountRate) * DAYS_IN_UNIT[unit]) / DAYS_IN_UNIT.year;
}
