import { assertOptions } from "../../core/assert.js";
import { betaQuantile } from "../../statistics/beta-distribution.js";
import { gammaQuantile } from "../../statistics/gamma-distribution.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import { chanceToBuyAgain } from "./chance-to-buy-again.js";
import { assertTime, assertTransactionModel, effectsOfNew, kernelOf, modelFor } from "./model-kernel.js";
import type { NewCustomerOptions } from "./new-customer-transactions.js";

/** In how much time. */
export interface PopulationQuantitiesOptions extends NewCustomerOptions {
  /** Time since the first purchase for `buyAgain`, in the model's unit; for BG/BB a number of opportunities. */
  readonly horizon: number;
}

/** How a property of customers differs over them. */
export interface PopulationSpread {
  /** `"rate"`: per unit of time. `"chance"`: at each purchase (BG/NBD, MBG/NBD) or opportunity (BG/BB), 0 to 1. */
  readonly of: "rate" | "chance";
  /** Mean over customers. */
  readonly mean: number;
  /** Standard deviation over customers. */
  readonly standardDeviation: number;
  /** Half of the customers have less. */
  readonly median: number;
}

/** How long customers stay, from their first purchase, in the model's unit; for BG/BB in opportunities. */
export interface PopulationLifetime {
  /** Mean over customers; `null` where a few stay so long that there is none. */
  readonly mean: number | null;
  /** Why `mean` is `null`; `null` where it is a number. */
  readonly reason: string | null;
  /** When half of the customers have left; `null` when that is later than 1e12. For BG/BB the first opportunity by which half have. */
  readonly median: number | null;
}

/** What a model says of customers as a whole. */
export interface PopulationQuantities {
  /** How readily customers buy while they are customers. */
  readonly purchase: PopulationSpread;
  /** How readily they leave. */
  readonly dropout: PopulationSpread;
  /** How long they stay. */
  readonly lifetime: PopulationLifetime;
  /** Share of new customers who buy again within the horizon. */
  readonly buyAgain: number;
  /** Mean number of repeat purchases within the horizon. */
  readonly expectedTransactions: number;
}

/**
 * What does the model say of customers as a whole: how often they buy, how fast they leave, how long they stay?
 *
 * @param model - A fitted or stored transaction model.
 * @param options - `horizon` for the share that buys again; `covariates` for a model that was fitted with some.
 * @returns Means, standard deviations and medians over customers; the mean lifetime where it is finite.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { populationQuantities } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const model = { model: "paretoNbd", parameters, unit: "week" } as const;
 * const { purchase, lifetime, buyAgain } = populationQuantities(model, { horizon: 39 });
 * purchase.mean; // ~> 0.0522783
 * lifetime.mean; // => null
 * lifetime.median; // ~> 24.9564364
 * buyAgain; // ~> 0.4063749684
 * ```
 */
export function populationQuantities(
  model: TransactionModel,
  options: PopulationQuantitiesOptions,
): PopulationQuantities {
  assertTransactionModel(model);
  assertOptions(options, "{ horizon }");
  const { horizon, covariates } = options;
  assertTime(horizon, "options.horizon", model);
  const own = modelFor(model, effectsOfNew(model, covariates));
  const kernel = kernelOf(own);
  return {
    ...spreadsOf(own),
    lifetime: { ...meanLifetime(own), median: medianLifetime(kernel, own.model === "bgBb") },
    buyAgain: chanceToBuyAgain(own, horizon),
    expectedTransactions: kernel.expected(horizon),
  };
}

function spreadsOf(model: TransactionModel): Pick<PopulationQuantities, "purchase" | "dropout"> {
  if (model.model === "bgBb") {
    const { alpha, beta, gamma, delta } = model.parameters;
    return { purchase: chances(alpha, beta), dropout: chances(gamma, delta) };
  }
  const { r, alpha } = model.parameters;
  if (model.model === "paretoNbd") {
    return { purchase: rates(r, alpha), dropout: rates(model.parameters.s, model.parameters.beta) };
  }
  return { purchase: rates(r, alpha), dropout: chances(model.parameters.a, model.parameters.b) };
}

function rates(shape: number, rate: number): PopulationSpread {
  return {
    of: "rate",
    mean: shape / rate,
    standardDeviation: Math.sqrt(shape) / rate,
    median: gammaQuantile(0.5, shape, rate),
  };
}

function chances(a: number, b: number): PopulationSpread {
  const mean = a / (a + b);
  return {
    of: "chance",
    mean,
    standardDeviation: Math.sqrt((mean * (b / (a + b))) / (a + b + 1)),
    median: betaQuantile(0.5, a, b),
  };
}

/** Expected time until leaving. Given rate and chance it is 1 / (rate chance), and rate and chance are independent. */
function meanLifetime(model: TransactionModel): Pick<PopulationLifetime, "mean" | "reason"> {
  const none = (name: string) => ({
    mean: null,
    reason: `the mean lifetime has no limit with ${name} of 1 or less: a few stay very long, look at the median`,
  });
  switch (model.model) {
    case "paretoNbd": {
      const { s, beta } = model.parameters;
      return s > 1 ? { mean: beta / (s - 1), reason: null } : none("s");
    }
    case "bgBb": {
      const { gamma, delta } = model.parameters;
      return gamma > 1 ? { mean: delta / (gamma - 1), reason: null } : none("gamma");
    }
    default: {
      const { r, alpha, a, b } = model.parameters;
      if (a <= 1) return none("a");
      if (r <= 1) return none("r");
      // Purchases up to the one at which one leaves; of MBG/NBD the first purchase takes no time.
      const purchases = model.model === "bgNbd" ? (a + b - 1) / (a - 1) : b / (a - 1);
      return { mean: (alpha / (r - 1)) * purchases, reason: null };
    }
  }
}

function medianLifetime({ alive }: TransactionKernel, isWhole: boolean): number | null {
  const hasHalf = (time: number) => alive(0, 0, 0, time) > 0.5;
  if (!hasHalf(0)) return 0;
  let [low, high] = [0, 1];
  while (hasHalf(high)) {
    if (high > 1e12) return null;
    [low, high] = [high, 2 * high];
  }
  while (isWhole ? high - low > 1 : high - low > high * 2 ** -52) {
    const middle = isWhole ? Math.floor((low + high) / 2) : (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (hasHalf(middle)) low = middle;
    else high = middle;
  }
  return high;
}
