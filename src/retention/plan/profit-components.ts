import { assertArgument, assertFinite, assertInRange, assertInteger, shown } from "../../core/assert.js";
import { assertYears } from "./retention-curve.js";

/** An amount for every year (`30`), or one for each year of the relationship, the first year first (`[30, 42, 44]`). */
export type YearlyAmount = number | readonly number[];

/** Customers buy more from year to year. */
export interface PurchaseGrowth {
  /** By which share the base profit grows each year, compounded, above -1: 0.1 adds 10 % of it in year 2, 21 % in year 3. */
  readonly yearlyRate: number;
}

/** Customers cost less to serve from year to year. */
export interface CostDecline {
  /** By which share the cost falls each year, compounded, -1 to 1: 0.1 saves 10 % of it in year 2, 19 % in year 3. */
  readonly yearlyRate: number;
  /** What it costs to serve a customer in year 1, zero or more; already taken off the base profit. */
  readonly operatingCost: number;
}

/** Customers bring others. */
export interface ReferralProfit {
  /** How many new customers one customer brings in a year, zero or more. */
  readonly customersPerYear: number;
  /** What one of them is worth when they come: their lifetime value, say, less what it costs to win them. */
  readonly profitPerCustomer: number;
  /** First year in which a customer brings others; default 1. */
  readonly fromYear?: number | undefined;
}

/** Customers pay more than others: fewer discounts, the regular price. */
export interface PricePremium {
  /** By which share they pay more than a new customer, above -1. */
  readonly share: number;
  /** What a new customer pays in a year, zero or more. */
  readonly revenue: number;
  /** First year in which they do; default 1. */
  readonly fromYear?: number | undefined;
}

/** Why a customer brings profit, and more of it from year to year; amounts in one unit of money, minor units say. */
export interface ProfitSources {
  /** What a customer brings in a year without any of the other effects. */
  readonly baseProfit: YearlyAmount;
  /** What more is earned because the customer buys more: amounts, or a rate on the base profit. Default none. */
  readonly purchaseGrowth?: YearlyAmount | PurchaseGrowth | undefined;
  /** What more is earned because the customer costs less to serve: amounts, or a rate on a cost. Default none. */
  readonly costDecline?: YearlyAmount | CostDecline | undefined;
  /** What customers are worth whom the customer brings: amounts, or so many a year. Default none. */
  readonly referrals?: YearlyAmount | ReferralProfit | undefined;
  /** What more is earned because the customer pays more for the same: amounts, or a share of revenue. Default none. */
  readonly pricePremium?: YearlyAmount | PricePremium | undefined;
}

/** The yearly components, in the order in which Reichheld & Sasser (1990) stack them. @internal */
export const YEARLY_COMPONENTS = [
  "baseProfit",
  "purchaseGrowth",
  "costDecline",
  "referrals",
  "pricePremium",
] as const satisfies readonly (keyof ProfitSources)[];

/** What each source brings in years 1 to `horizon` of a customer who stays. @internal */
export function yearlyComponents(
  sources: ProfitSources,
  horizon: number,
): Record<(typeof YEARLY_COMPONENTS)[number], number[]> {
  const baseProfit = amounts(sources.baseProfit, horizon, "options.baseProfit");
  return {
    baseProfit,
    purchaseGrowth: growth(sources.purchaseGrowth, baseProfit),
    costDecline: saving(sources.costDecline, horizon),
    referrals: referred(sources.referrals, horizon),
    pricePremium: premium(sources.pricePremium, horizon),
  };
}

/** An amount for each year of the horizon. @internal */
export function amounts(given: unknown, horizon: number, path: string): number[] {
  if (!Array.isArray(given)) {
    assertFinite(given, path);
    return new Array<number>(horizon).fill(given + 0);
  }
  assertYears(given, horizon, path, "an amount for each year of options.horizon");
  return given.map((amount: unknown, year) => {
    assertFinite(amount, `${path}[${year}]`);
    return amount + 0;
  });
}

function growth(given: ProfitSources["purchaseGrowth"], baseProfit: readonly number[]): number[] {
  const path = "options.purchaseGrowth";
  if (!isRule(given)) return amounts(given ?? 0, baseProfit.length, path);
  const { yearlyRate } = given;
  assertAboveMinusOne(yearlyRate, `${path}.yearlyRate`);
  return baseProfit.map((base, year) => base * ((1 + yearlyRate) ** year - 1) + 0);
}

function saving(given: ProfitSources["costDecline"], horizon: number): number[] {
  const path = "options.costDecline";
  if (!isRule(given)) return amounts(given ?? 0, horizon, path);
  const { yearlyRate, operatingCost } = given;
  assertInRange(yearlyRate, `${path}.yearlyRate`, -1, 1);
  assertNotBelowZero(operatingCost, `${path}.operatingCost`);
  return Array.from({ length: horizon }, (_, year) => operatingCost * (1 - (1 - yearlyRate) ** year) + 0);
}

function referred(given: ProfitSources["referrals"], horizon: number): number[] {
  const path = "options.referrals";
  if (!isRule(given)) return amounts(given ?? 0, horizon, path);
  const { customersPerYear, profitPerCustomer, fromYear } = given;
  assertNotBelowZero(customersPerYear, `${path}.customersPerYear`);
  assertFinite(profitPerCustomer, `${path}.profitPerCustomer`);
  return fromThen(customersPerYear * profitPerCustomer, fromYear, horizon, path);
}

function premium(given: ProfitSources["pricePremium"], horizon: number): number[] {
  const path = "options.pricePremium";
  if (!isRule(given)) return amounts(given ?? 0, horizon, path);
  const { share, revenue, fromYear } = given;
  assertAboveMinusOne(share, `${path}.share`);
  assertNotBelowZero(revenue, `${path}.revenue`);
  return fromThen(share * revenue, fromYear, horizon, path);
}

function fromThen(amount: number, fromYear: number | undefined, horizon: number, path: string): number[] {
  const first = fromYear ?? 1;
  assertInteger(first, `${path}.fromYear`, 1, horizon);
  return Array.from({ length: horizon }, (_, year) => (year + 1 >= first ? amount + 0 : 0));
}

function isRule<Rule>(given: YearlyAmount | Rule | undefined): given is Rule {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** @internal */
export function assertAboveMinusOne(value: unknown, path: string): asserts value is number {
  assertFinite(value, path);
  assertArgument(value > -1, path, () => `${path} is ${value}: pass a rate above -1 (0.1 is 10 %)`);
}

/** @internal */
export function assertNotBelowZero(value: unknown, path: string): asserts value is number {
  assertArgument(
    Number.isFinite(value) && (value as number) >= 0,
    path,
    () => `${path} is ${shown(value)}: pass a finite number of 0 or more`,
  );
}
