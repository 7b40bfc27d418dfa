import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";

/** What revenue did, in plain numbers: integers in minor units from 0; a line that is left out is 0. */
export interface RevenueRateInput {
  /** Revenue at the start. */
  readonly start: number;
  /** Of customers who never paid before. */
  readonly new?: number;
  /** Of customers who return. */
  readonly reactivation?: number;
  /** What customers of the start pay more. */
  readonly expansion?: number;
  /** What customers of the start pay less, and still pay. */
  readonly contraction?: number;
  /** What customers paid who pay no more. */
  readonly churn?: number;
  /** What rates are measured against; default `start`. */
  readonly base?: number;
  /** What the customers of the base bring now, below 0 where refunds outweigh; default `base + expansion - contraction - churn`. */
  readonly netRetained?: number;
  /** The same, of each no more than before and no less than 0, so at most `base`; default `base - contraction - churn`, from 0. */
  readonly grossRetained?: number;
}

/** What counts as kept revenue. */
export interface RevenueRateOptions {
  /**
   * Whether revenue of customers who return counts in net churn and net retention; default false. Gross churn and gross
   * retention never count it, as no customer keeps more than before.
   */
  readonly includeReactivation?: boolean;
}

/** How revenue held, lost and gained, each rate with its parts. */
export interface RevenueRates {
  /** Lost revenue: `(contraction + churn) / base`. */
  readonly grossChurn: Rate;
  /** 1 less net retention: below 0 when the customers of the start pay more than before in all. */
  readonly netChurn: Rate;
  /** Net revenue retention (NRR): what the customers of the start bring now; above 1 when that is more than before. */
  readonly netRetention: Rate;
  /** Gross revenue retention (GRR): each customer by the smaller of before and now, so from 0 to 1. */
  readonly grossRetention: Rate;
  /** `(new + reactivation + expansion) / (contraction + churn)`; `null` without losses. */
  readonly quickRatio: Rate;
}

/**
 * The rules of two schools, to be spread into the options: `classic` leaves customers who return out of net churn and net
 * retention, ChartMogul (Net MRR Churn Rate) takes them in.
 *
 * The preset is about reactivation alone. ChartMogul by default also keeps a customer active who moves from a paid plan to
 * a free one, as a contraction to 0; here who pays nothing has churned.
 *
 * @example
 * ```ts
 * import { revenueRatePresets, revenueRatesOf } from "clientele";
 *
 * const may = { start: 38_000, churn: 3000, reactivation: 8000 };
 * revenueRatesOf(may).netChurn.value; // ~> 0.0789474
 * revenueRatesOf(may, revenueRatePresets.chartmogul).netChurn.value; // ~> -0.131579
 * ```
 */
export const revenueRatePresets: Readonly<Record<"classic" | "chartmogul", Required<RevenueRateOptions>>> = {
  classic: { includeReactivation: false },
  chartmogul: { includeReactivation: true },
};

/**
 * What are churn, retention and the quick ratio of these revenue movements?
 *
 * The plain form of {@link revenueRates}, for numbers that come from elsewhere, and for a bridge of
 * {@link revenueMovements}. NRR is (start + expansion - contraction - churn) / start, GRR (start - contraction - churn) /
 * start; the quick ratio sets all that was gained against all that was lost (ChartMogul, Stripe). Baremetrics leaves
 * reactivation out of its quick ratio, (new + expansion) / (contraction + churn): for that, pass no reactivation.
 *
 * @param movements - Revenue at the start and what it did: minor units.
 * @param options - `includeReactivation`, default false; {@link revenueRatePresets} name the choice.
 * @returns The rates; `null`, with a reason, where there is nothing at the start, or for the quick ratio no loss.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a line is no whole number from 0, or `grossRetained` more than the base; `UNSAFE_INTEGER` when a sum leaves
 * 2^53 - 1.
 * @example
 * ```ts
 * import { revenueRatesOf } from "clientele";
 *
 * const rates = revenueRatesOf({ start: 100, expansion: 10, contraction: 10, churn: 10 });
 * rates.netRetention; // => { value: 0.9, numerator: 90, denominator: 100, reason: null }
 * rates.grossRetention.value; // => 0.8
 * [rates.grossChurn.value, rates.netChurn.value, rates.quickRatio.value]; // => [0.2, 0.1, 0.5]
 * ```
 */
export function revenueRatesOf(movements: RevenueRateInput, options: RevenueRateOptions = {}): RevenueRates {
  assertArgument(
    typeof movements === "object" && movements !== null,
    "movements",
    () =>
      `movements is ${shown(movements)}: pass { start, new, reactivation, expansion, contraction, churn }`,
  );
  const base = lineOf(movements, movements.base === undefined ? "start" : "base");
  const [added, reactivation, expansion] = [
    lineOf(movements, "new"),
    lineOf(movements, "reactivation"),
    lineOf(movements, "expansion"),
  ];
  const lost = safeInteger(
    lineOf(movements, "contraction") + lineOf(movements, "churn"),
    "movements",
    "the lost revenue",
  );
  const gained = safeInteger(added + reactivation + expansion, "movements", "the gained revenue");
  const { netRetained = base - lost + expansion } = movements;
  if (movements.netRetained !== undefined) assertInteger(netRetained, "movements.netRetained");
  const returned = includesReactivation(options) ? reactivation : 0;
  const now = safeInteger(netRetained + returned, "movements", "the retained revenue");
  const grossRetained =
    movements.grossRetained === undefined ? Math.max(0, base - lost) : lineOf(movements, "grossRetained");
  assertArgument(
    grossRetained <= base,
    "movements.grossRetained",
    () =>
      `movements.grossRetained is ${grossRetained}, but the revenue at the start only ${base}: count each customer with no more than before`,
  );
  const label = "revenue at the start";
  return {
    grossChurn: ratio(lost, base, label),
    netChurn: ratio(base - now, base, label),
    netRetention: ratio(now, base, label),
    grossRetention: ratio(grossRetained, base, label),
    quickRatio: ratio(gained, lost, "lost revenue"),
  };
}

function lineOf(movements: RevenueRateInput, line: keyof RevenueRateInput): number {
  const value = line === "start" ? movements.start : (movements[line] ?? 0);
  assertInteger(value, `movements.${line}`, 0);
  // Not -0, which would be shown.
  return value + 0;
}

function includesReactivation({ includeReactivation = false }: RevenueRateOptions): boolean {
  assertArgument(
    typeof includeReactivation === "boolean",
    "options.includeReactivation",
    () => `options.includeReactivation is ${shown(includeReactivation)}: pass true or false`,
  );
  return includeReactivation;
}
