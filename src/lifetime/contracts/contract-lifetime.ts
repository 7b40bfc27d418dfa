import { assertArgument, assertInteger, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { assertDiscountRate } from "../discount-rate.js";
import { assertContractModel, type ContractModel, periodsPerYear } from "./contract-model.js";
import { discountedSurvival } from "./discounted-survival.js";
import { survivalKernel } from "./survival-kernel.js";

/** Of whom, and how far ahead. */
export interface ExpectedContractLifetimeOptions {
  /**
   * Periods that the customer has completed: 0 (default) is a new customer, whose first period is still to come and certain; n
   * is one at the end of period n, before renewal n is decided.
   */
  readonly tenure?: number | undefined;
  /** How many periods ahead to count, whole; default all there will be. */
  readonly horizon?: number | undefined;
}

/** How periods to come are discounted. */
export interface DiscountedContractLifetimeOptions extends ExpectedContractLifetimeOptions {
  /** Discount rate per year, effective: 0.1 is 10 %; 0 or more, at most 1e6. */
  readonly discountRate: number;
  /** When a period counts: at its `"begin"` (default, as DEL and DERL are defined), in its `"middle"` or at its `"end"`. */
  readonly timing?: ContractTiming | undefined;
}

/** When in its period money flows: the first is not discounted with `"begin"`, by half a period with `"middle"`, by one with `"end"`. */
export type ContractTiming = "begin" | "middle" | "end";

/** How many periods are to come. */
export interface ContractLifetime {
  /** Expected number, discounted where asked; `null` where it has no limit. */
  readonly periods: number | null;
  /** Why it is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/**
 * For how many periods does a customer stay, or stay on?
 *
 * Not discounted: of a new customer the mean lifetime S(0) + S(1) + ..., of one who has had n periods what is to come,
 * (S(n) + S(n + 1) + ...) / S(n - 1). It has no limit where `alpha` (for the beta-discrete-Weibull `alpha * c`) is 1 or less:
 * too many hardly ever leave. Real contracts often are so; count up to a horizon then, or discount.
 *
 * @param model - A fitted or stored contract model.
 * @param options - `tenure` of the customer, `horizon`.
 * @returns Expected periods to come; `null` with a reason where they have no limit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { expectedContractLifetime } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 2, beta: 3 }, period: "month" } as const;
 * expectedContractLifetime(model).periods; // ~> 4
 * expectedContractLifetime(model, { tenure: 1 }).periods; // ~> 3
 * const highEnd = { ...model, parameters: { alpha: 0.668, beta: 3.806 } };
 * expectedContractLifetime(highEnd).periods; // => null
 * expectedContractLifetime(highEnd, { horizon: 12 }).periods; // ~> 7.156016451
 * ```
 */
export function expectedContractLifetime(
  model: ContractModel,
  options: ExpectedContractLifetimeOptions = {},
): ContractLifetime {
  assertContractModel(model);
  assertLifetimeOptions(options);
  return lifetimeFrom(model, options, 0, 0);
}

/**
 * For how many periods does a customer stay, or stay on, in periods of today's worth?
 *
 * Of a new customer the discounted expected lifetime, DEL = S(0) + S(1) / (1 + d) + ...; of one who has had n periods the
 * discounted expected residual lifetime, DERL = (S(n) + S(n + 1) / (1 + d) + ...) / S(n - 1), before renewal n is decided
 * (Fader & Hardie 2010). The longer a customer has stayed, the longer he will. Times a margin it is {@link contractLifetimeValue}.
 *
 * @param model - A fitted or stored contract model.
 * @param options - `discountRate` per year; `tenure` of the customer; `timing`, `horizon`.
 * @returns Expected discounted periods to come; `null` with a reason where they have no limit, at a rate of 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { discountedContractLifetime } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 0.668, beta: 3.806 }, period: "year" } as const;
 * discountedContractLifetime(model, { discountRate: 0.1 }).periods; // ~> 5.9225964
 * discountedContractLifetime(model, { discountRate: 0.1, tenure: 5 }).periods; // ~> 6.8970574
 * ```
 */
export function discountedContractLifetime(
  model: ContractModel,
  options: DiscountedContractLifetimeOptions,
): ContractLifetime {
  assertContractModel(model);
  assertOptions(options, "{ discountRate }");
  assertLifetimeOptions(options);
  assertDiscountRate(options.discountRate);
  const { timing = "begin", discountRate } = options;
  return lifetimeFrom(model, options, ratePerPeriod(model, discountRate), assertedDelay(timing));
}

/** Options in which times are stated are checked before. @internal */
export function lifetimeFrom(
  model: ContractModel,
  { tenure = 0, horizon }: ExpectedContractLifetimeOptions,
  rate: number,
  delay: number,
): ContractLifetime {
  // Those who stand before renewal n, and renew.
  const kept = tenure === 0 ? 1 : survivalKernel(model).retention(tenure);
  const sum = kept * discountedSurvival(model, tenure, rate, horizon ?? null) * Math.exp(-rate * delay);
  return Number.isFinite(sum) ? { periods: sum, reason: null } : { periods: null, reason: endless(model) };
}

/** Continuous, per period: discounting by powers of one number. @internal */
export function ratePerPeriod({ period }: ContractModel, discountRate: number): number {
  return Math.log1p(discountRate) / periodsPerYear(period);
}

/** @internal */
export function assertedDelay(timing: unknown): number {
  assertOneOf(timing, "options.timing", ["begin", "middle", "end"]);
  return { begin: 0, middle: 0.5, end: 1 }[timing];
}

/** @internal */
export function assertLifetimeOptions(options: ExpectedContractLifetimeOptions): void {
  assertOptions(options);
  const { tenure, horizon } = options;
  if (tenure !== undefined) assertTenure(tenure, "options.tenure");
  if (horizon !== undefined) assertInteger(horizon, "options.horizon", 1, 1_000_000);
}

function endless({ model, parameters }: ContractModel): string {
  const [name, power] =
    model === "betaDiscreteWeibull"
      ? ["alpha * c", parameters.alpha * parameters.c]
      : ["alpha", parameters.alpha];
  return `${name} is ${Number(power.toPrecision(4))}: at 1 or less so many hardly ever leave that the mean has no limit; pass a horizon or discount`;
}

function assertTenure(tenure: unknown, path: string): asserts tenure is number {
  assertArgument(
    Number.isSafeInteger(tenure) && (tenure as number) >= 0,
    path,
    () =>
      `${path} is ${shown(tenure)}: pass a whole number, 0 for a new customer, 1 for one who stands before the first renewal`,
  );
}
