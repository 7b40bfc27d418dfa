import { assertInteger, assertOptions } from "../../core/assert.js";
import { assertCurrency } from "../../core/currency.js";
import { decimalFraction } from "../../core/fraction.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeInteger, safeIntegerOf } from "../../core/safe-integer.js";
import { type ValueSource, valueSources } from "../../model/value-source.js";
import { checkRows, isFiniteNumber, type ReportProblem, uniqueId } from "../checked-rows.js";
import { assembled, type CustomerValue, type ValuePart } from "./customer-value.js";
import type { BenefitKind, SacrificeKind } from "./value-item.js";

/** A benefit or sacrifice in money, or in hours that have a value: exactly one of `amount` and `hours`. */
export interface MoneyValueItem {
  /** Which: a {@link BenefitKind}, a {@link SacrificeKind} or a name of your own; once on its side. */
  readonly id: BenefitKind | SacrificeKind | (string & {});
  /** Whole minor units, from 0: the price, the most that the customer would pay for a benefit, the loss if a risk comes true. */
  readonly amount?: number | undefined;
  /** Hours that it takes or saves, from 0; needs `valueOfTime`. */
  readonly hours?: number | undefined;
  /** How likely it comes about, 0 to 1; default 1. What is feared counts by its expected loss. */
  readonly probability?: number | undefined;
  /** From whom the figure comes; absent: not recorded. */
  readonly source?: ValueSource | undefined;
  /** In your words; kept as it is. */
  readonly note?: string | undefined;
}

/** What a customer gets and gives, in money. */
export interface MoneyValueItems {
  /** ISO 4217 code of all amounts. */
  readonly currency: string;
  /** What an hour of the customer's time is worth to them, in minor units, from 0; needed where an item has `hours`. */
  readonly valueOfTime?: number | undefined;
  /** What is got: what the customer would be willing to pay for each. */
  readonly benefits: readonly MoneyValueItem[];
  /** What is given: price, time, expected losses. */
  readonly sacrifices: readonly MoneyValueItem[];
}

/**
 * What is left for the customer in money, when time and risk have a price?
 *
 * With benefits by willingness to pay and the price among the sacrifices, the net is the customer's surplus: what they
 * would have paid above what it costs them (Kotler's customer-perceived value in money). There are no weights: the amounts
 * say how much an item matters. Hours and probabilities count by their decimals, exactly; each item is rounded once, to a
 * whole minor unit, halves upwards.
 *
 * @param value - Currency, value of an hour, benefits and sacrifices as amounts or hours.
 * @returns The same as {@link customerValue} gives, in minor units; each total is exact.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an item without exactly one of `amount` and `hours`, for hours without
 *   `valueOfTime`, for an amount that is no whole number from 0; `INVALID_ARGUMENT` for such a `valueOfTime`; `UNSAFE_INTEGER` beyond 2^53 - 1.
 * @example
 * ```ts
 * import { customerValueInMoney } from "clientele";
 *
 * const value = customerValueInMoney({
 *   currency: "USD",
 *   valueOfTime: 2000,
 *   benefits: [{ id: "product", amount: 9000, source: "survey" }, { id: "service", hours: 1.5 }],
 *   sacrifices: [{ id: "monetary", amount: 7500 }, { id: "time", hours: 0.25 }, { id: "insecurity", amount: 10000, probability: 0.02 }],
 * });
 * value.benefit; // => 12000
 * value.sacrifice; // => 8200
 * value.net; // => 3800
 * ```
 */
export function customerValueInMoney(value: MoneyValueItems): CustomerValue {
  assertOptions(value, "{ currency, benefits, sacrifices }", "value");
  const { currency, valueOfTime, benefits, sacrifices } = value;
  assertCurrency(currency, "currency");
  if (valueOfTime !== undefined) assertInteger(valueOfTime, "valueOfTime", 0);
  const sides = [
    ["benefit", benefits],
    ["sacrifice", sacrifices],
  ] as const;
  const parts = sides.flatMap(([side, items]): ValuePart[] => {
    checkItems(items, `${side}s`, valueOfTime !== undefined);
    return items.map(({ id, amount, hours = 0, probability = 1, source, note }, i) => {
      const path = `${side}s[${i}]`;
      const contribution =
        amount === undefined
          ? exactProduct(valueOfTime ?? 0, [hours, probability], path)
          : exactProduct(amount, [probability], path);
      return { id, side, score: null, points: contribution, weight: 1, contribution, source, note };
    });
  });
  const result = assembled({ parts, unit: "money", currency, combine: "sum" });
  for (const field of ["benefit", "sacrifice", "net"] as const)
    safeInteger(result[field], "value", `the ${field}`);
  return result;
}

/** A product of decimals, rounded once: 1.005 hours at 100 an hour are 100.5, which no double says. */
function exactProduct(amount: number, factors: readonly number[], path: string): number {
  let [above, below] = [BigInt(amount), 1n];
  for (const factor of factors) {
    const { numerator, denominator } = decimalFraction(factor, path);
    above *= numerator;
    below *= denominator;
  }
  return safeIntegerOf(roundQuotient(above, below, "halfUp"), path, "its value");
}

function checkItems(items: unknown, path: string, hasTime: boolean): void {
  const checkId = uniqueId();
  checkRows(items, path, (row, report) => {
    checkId(row, report);
    const { amount, hours, probability, source } = row;
    if (amount === undefined && hours === undefined)
      report("amount", "is missing, and so is hours: pass one of the two", amount);
    if (amount !== undefined && hours !== undefined)
      report("amount", "stands beside hours: pass one of the two", amount);
    if (amount !== undefined) checkAmount(row, "amount", report);
    if (hours !== undefined) {
      if (!isFiniteNumber(hours) || hours < 0) report("hours", "is not a finite number from 0 on", hours);
      else if (!hasTime) report("hours", "has no price: pass valueOfTime", hours);
    }
    if (probability !== undefined && !(isFiniteNumber(probability) && probability >= 0 && probability <= 1))
      report("probability", "is not a number from 0 to 1", probability);
    if (source !== undefined && !valueSources.includes(source as ValueSource))
      report("source", `is not one of ${valueSources.join(", ")}`, source);
  });
}

function checkAmount(row: Readonly<Record<string, unknown>>, field: string, report: ReportProblem): void {
  const amount = row[field];
  if (!Number.isSafeInteger(amount) || (amount as number) < 0)
    report(field, "is not a whole number of minor units from 0 on", amount);
}
