import { assertFinite, assertInRange, assertOptions } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { knownOpportunities, LOST, OPEN, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow, OpportunityWindow } from "./opportunity-row.js";

/** The four numbers of which {@link salesVelocityOf} is made. */
export interface SalesVelocityFigures {
  /** Open opportunities: 0 or more. */
  readonly opportunities: number;
  /** Share of them that is won, 0 to 1. */
  readonly winRate: number;
  /** What one that is won brings, in any unit of money. */
  readonly meanAmount: number;
  /** How long one takes, in any unit of time, 0 or more. */
  readonly cycle: number;
}

/**
 * How much does the pipeline bring per day (or whatever unit the cycle is in)?
 *
 * Opportunities times win rate times mean amount, divided by the length of the cycle: the common sales velocity equation.
 * It takes the pipeline to be filled up at the pace at which it empties.
 *
 * @param figures - `opportunities`, `winRate` (0 to 1), `meanAmount`, `cycle`.
 * @returns Money per unit of time as a rate: `null` when the cycle is 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { salesVelocityOf } from "clientele";
 *
 * salesVelocityOf({ opportunities: 50, winRate: 0.2, meanAmount: 1000, cycle: 40 }).value; // => 250
 * ```
 */
export function salesVelocityOf(figures: SalesVelocityFigures): Rate {
  assertOptions(figures, "{ opportunities, winRate, meanAmount, cycle }", "figures");
  const { opportunities, winRate, meanAmount, cycle } = figures;
  assertInRange(opportunities, "figures.opportunities", 0, Number.MAX_SAFE_INTEGER);
  assertInRange(winRate, "figures.winRate", 0, 1);
  assertFinite(meanAmount, "figures.meanAmount");
  assertInRange(cycle, "figures.cycle", 0, Number.MAX_VALUE);
  return ratio(opportunities * winRate * meanAmount, cycle, "length of the cycle");
}

/** How sales velocity is measured. */
export interface SalesVelocityOptions extends OpportunityOptions {
  /** Win rate, mean amount and cycle are those of opportunities closed in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
}

/** How much the pipeline brings per day, and of what it is made. */
export interface SalesVelocity {
  /** ISO 4217 code of the amounts; `null` when opportunities came without one. */
  readonly currency: string | null;
  /** Opportunities open at `asOf`. */
  readonly opportunities: number;
  /** Won of those closed in the window. */
  readonly winRate: Rate;
  /** What one of those won brought, minor units. */
  readonly meanAmount: Rate;
  /** Days of 24 hours from opening to winning, on average. */
  readonly cycleDays: Rate;
  /** Minor units per day; `null` when one of the others is, or the cycle is 0 days. */
  readonly perDay: Rate;
}

/**
 * How much does our pipeline bring per day?
 *
 * What is open now, times win rate, times mean amount won, divided by the days from opening to winning. The cycle of the won
 * alone is a mean without the open ones; {@link salesCycle} has the median with them.
 *
 * @param opportunities - Open and closed ones; stages are not read.
 * @param options - `asOf`, `window` (of closing), `timeZone`.
 * @returns The velocity and its four parts.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { salesVelocity } from "clientele";
 *
 * const deal = { stage: "proposal", openedAt: "2024-01-01" };
 * const { perDay } = salesVelocity(
 *   [
 *     { ...deal, id: "1", amount: 600, closedAt: "2024-01-31", outcome: "won" },
 *     { ...deal, id: "2", amount: 900, closedAt: "2024-02-01", outcome: "lost" },
 *     { ...deal, id: "3", amount: 100 },
 *   ],
 *   { asOf: "2024-03-01" },
 * );
 * perDay.value; // => 10
 * ```
 */
export function salesVelocity(
  opportunities: readonly OpportunityRow[],
  options: SalesVelocityOptions,
): SalesVelocity {
  const facts = knownOpportunities(opportunities, options, null, ["amount", "openedAt"]);
  const { start, end } = windowBeforeAsOf(options.window, facts);
  const counts = [0, 0, 0];
  let [amount, days] = [0, 0];
  for (let k = 0; k < facts.length; k++) {
    const outcome = facts.outcome[k];
    if (outcome !== OPEN && !(facts.closedAt[k] >= start && facts.closedAt[k] < end)) continue;
    counts[outcome]++;
    if (outcome !== WON) continue;
    amount = safeInteger(amount + facts.amount[k], "opportunities", "the sum of what was won");
    days += (facts.closedAt[k] - facts.openedAt[k]) / DAY_MS;
  }
  const rate = ratio(counts[WON], counts[WON] + counts[LOST], "opportunities closed in the window");
  const meanAmount = ratio(amount, counts[WON], "opportunities won in the window");
  const cycleDays = ratio(days, counts[WON], "opportunities won in the window");
  const perDay =
    rate.value === null || meanAmount.value === null || cycleDays.value === null
      ? {
          value: null,
          numerator: 0,
          denominator: cycleDays.value ?? 0,
          reason: rate.reason ?? meanAmount.reason ?? cycleDays.reason,
        }
      : salesVelocityOf({
          opportunities: counts[OPEN],
          winRate: rate.value,
          meanAmount: meanAmount.value,
          cycle: cycleDays.value,
        });
  return {
    currency: facts.currency,
    opportunities: counts[OPEN],
    winRate: rate,
    meanAmount,
    cycleDays,
    perDay,
  };
}
