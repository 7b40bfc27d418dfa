import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { type KnownOpportunities, knownOpportunities, LOST, OPEN, WON } from "./known-opportunities.js";
import { groupsByField, OPPORTUNITY_FIELDS, rowGroups } from "./opportunity-groups.js";
import type {
  OpportunityGrouping,
  OpportunityOptions,
  OpportunityRow,
  OpportunityWindow,
} from "./opportunity-row.js";

/** How the win rate is counted. */
export interface WinRateOptions<Row extends OpportunityRow = OpportunityRow>
  extends OpportunityOptions,
    ConfidenceOptions {
  /** Opportunities closed in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
  /** A field or a function that deals opportunities into groups; default no groups. */
  readonly groupBy?: OpportunityGrouping<Row>;
}

/** Opportunities won and lost. */
export interface WonAndLost {
  /** How many were won. */
  readonly won: number;
  /** How many were lost. */
  readonly lost: number;
  /** How many were opened before `asOf` and are not closed; in no rate. */
  readonly open: number;
  /** What was won, minor units. */
  readonly wonAmount: number;
  /** What was lost, minor units. */
  readonly lostAmount: number;
  /** What is open, minor units. */
  readonly openAmount: number;
  /** `won / (won + lost)`. */
  readonly byCount: Rate;
  /** Where the share that is won lies (Wilson 1927). */
  readonly interval: Interval;
  /** `wonAmount / (wonAmount + lostAmount)`: below `byCount` where it is the large ones that get lost. */
  readonly byValue: Rate;
}

/** Opportunities of one group. */
export interface WonAndLostOfGroup extends WonAndLost {
  /** The group; `null`: in none. */
  readonly group: string | null;
}

/** How many of the opportunities that were decided we won. */
export interface WinRate extends WonAndLost {
  /** ISO 4217 code of the amounts; `null` when opportunities came without one. */
  readonly currency: string | null;
  /** The same by group in the order of their names, `null` last; empty without `groupBy`. */
  readonly groups: readonly WonAndLostOfGroup[];
}

/**
 * Of the opportunities that were decided, how many did we win, by number and by value?
 *
 * Open ones stand apart: a rate over all opportunities would call everything lost that is not won yet.
 *
 * @param opportunities - Open and closed ones; stages are not read.
 * @param options - `asOf`, `window` (of closing), `groupBy`, `timeZone`, `confidenceLevel`.
 * @returns Counts, amounts and rates, in all and by group.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { winRate } from "clientele";
 *
 * const deal = { stage: "proposal", openedAt: "2024-01-01", closedAt: "2024-02-01" };
 * const { byCount, byValue, open } = winRate(
 *   [
 *     { ...deal, id: "1", amount: 100, outcome: "won" },
 *     { ...deal, id: "2", amount: 300, outcome: "lost" },
 *     { id: "3", amount: 500, stage: "lead", openedAt: "2024-01-01" },
 *   ],
 *   { asOf: "2024-03-01" },
 * );
 * [byCount.value, byValue.value, open]; // => [0.5, 0.25, 1]
 * ```
 */
export function winRate<Row extends OpportunityRow>(
  opportunities: readonly Row[],
  options: WinRateOptions<Row>,
): WinRate {
  const facts = knownOpportunities(opportunities, options, null, ["amount"]);
  const confidenceLevel = confidenceLevelOf(options);
  const window = windowBeforeAsOf(options.window, facts);
  const { groupBy } = options;
  const groups = rowGroups(facts, groupBy, OPPORTUNITY_FIELDS);
  const tallies = tally(facts, window, groups.codes, groups.names.length);
  return {
    currency: facts.currency,
    ...wonAndLost(tally(facts, window, null, 1)[0], confidenceLevel),
    groups:
      groupBy === undefined
        ? []
        : groups.names.map((group, i) => ({ group, ...wonAndLost(tallies[i], confidenceLevel) })),
  };
}

interface Tally {
  readonly counts: number[];
  readonly amounts: number[];
}

function tally(
  facts: KnownOpportunities<OpportunityRow, "amount">,
  window: { readonly start: number; readonly end: number },
  codes: Uint32Array | null,
  size: number,
): Tally[] {
  const tallies = Array.from({ length: size }, (): Tally => ({ counts: [0, 0, 0], amounts: [0, 0, 0] }));
  for (let k = 0; k < facts.length; k++) {
    const outcome = facts.outcome[k];
    const at = facts.closedAt[k];
    if (outcome !== OPEN && !(at >= window.start && at < window.end)) continue;
    const { counts, amounts } = tallies[codes === null ? 0 : codes[k]];
    counts[outcome]++;
    amounts[outcome] = safeInteger(
      amounts[outcome] + facts.amount[k],
      "opportunities",
      "the sum of the amounts",
    );
  }
  return tallies;
}

function wonAndLost({ counts, amounts }: Tally, confidenceLevel: number): WonAndLost {
  const [won, lost, decided] = [counts[WON], counts[LOST], "opportunities closed in the window"];
  return {
    won,
    lost,
    open: counts[OPEN],
    wonAmount: amounts[WON],
    lostAmount: amounts[LOST],
    openAmount: amounts[OPEN],
    byCount: ratio(won, won + lost, decided),
    interval: wilsonInterval(won, won + lost, { confidenceLevel }),
    byValue: ratio(amounts[WON], amounts[WON] + amounts[LOST], `amount of ${decided}`),
  };
}

/** How lost reasons are counted. */
export interface LostReasonsOptions extends OpportunityOptions {
  /** Opportunities lost in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
}

/** Opportunities that were lost for one reason. */
export interface LostReason {
  /** The reason; `null`: not recorded. */
  readonly reason: string | null;
  /** How many. */
  readonly opportunities: number;
  /** What they would have brought, minor units. */
  readonly amount: number;
  /** Of all that were lost. */
  readonly shareOfCount: Rate;
  /** Of the amount of all that were lost. */
  readonly shareOfAmount: Rate;
}

/**
 * Why do we lose sales, and what do the reasons cost?
 *
 * @param opportunities - Open and closed ones; the lost are read.
 * @param options - `asOf`, `window` (of closing), `timeZone`.
 * @returns The reasons, the costliest first; ties by name, no reason last.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { lostReasons } from "clientele";
 *
 * const deal = { stage: "proposal", openedAt: "2024-01-01", closedAt: "2024-02-01", outcome: "lost" as const };
 * const reasons = lostReasons(
 *   [
 *     { ...deal, id: "1", amount: 100, lostReason: "price" },
 *     { ...deal, id: "2", amount: 200, lostReason: "price" },
 *     { ...deal, id: "3", amount: 900, lostReason: "noDecision" },
 *   ],
 *   { asOf: "2024-03-01" },
 * );
 * reasons.map(({ reason, opportunities, amount }) => [reason, opportunities, amount]);
 * // => [["noDecision", 1, 900], ["price", 2, 300]]
 * ```
 */
export function lostReasons(
  opportunities: readonly OpportunityRow[],
  options: LostReasonsOptions,
): LostReason[] {
  const facts = knownOpportunities(opportunities, options, null, ["amount"]);
  const window = windowBeforeAsOf(options.window, facts);
  const { codes, names } = groupsByField(facts, "lostReason", "opportunities");
  const tallies = tally(facts, window, codes, names.length);
  const all = tally(facts, window, null, 1)[0];
  return names
    .map((reason, i) => ({
      reason,
      opportunities: tallies[i].counts[LOST],
      amount: tallies[i].amounts[LOST],
      shareOfCount: ratio(tallies[i].counts[LOST], all.counts[LOST], "opportunities lost"),
      shareOfAmount: ratio(tallies[i].amounts[LOST], all.amounts[LOST], "amount of opportunities lost"),
    }))
    .filter(({ opportunities }) => opportunities > 0)
    .sort((a, b) => b.amount - a.amount);
}
