import { assertArgument } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { invalidRows } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type TwoProportionTest, twoProportionTest } from "../../statistics/two-proportion-test.js";
import type { GroupedOptions } from "../groups-if-asked.js";
import { countedShare } from "../rates/counted-share.js";
import {
  outcomeReader,
  type ReadContacts,
  readContacts,
  type WinBackContact,
  type WinBackContactColumns,
  type WinBackOutcome,
} from "./win-back-outcome.js";

/** What counts as won back. */
export interface WinBackRateOptions extends LogMetricOptions, ConfidenceOptions, GroupedOptions {
  /** Won back is who buys in `[at, at + within)`: `{ days: 60 }`. */
  readonly within: Duration;
  /**
   * Leaves out those who bought in `[at - inactiveFor, at)`: they were not lost, and a purchase wins nobody back. `null`:
   * whoever was contacted counts, also who bought the day before.
   */
  readonly inactiveFor: Duration | null;
  /** Customers like those contacted, chosen by chance, who were not contacted: some come back by themselves. */
  readonly control?: readonly WinBackContact[];
}

/** Contacts and how many of them came back. */
export interface WinBackShares {
  /** Won back of those who count. */
  readonly rate: Rate;
  /** Where the rate of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly interval: Interval | null;
  /** Contacts that count: `wonBack` and those who did not come. */
  readonly counted: number;
  /** Those of them who bought within the time. */
  readonly wonBack: number;
  /** Contacts that do not count, by why. */
  readonly leftOut: { readonly [Outcome in Exclude<WinBackOutcome, "wonBack" | "notWonBack">]: number };
}

/** The customers contacted, or those left alone. */
export interface WinBackGroup extends WinBackShares {
  /** Every contact with its outcome. */
  readonly contacts: Table<WinBackContactColumns>;
}

/** How many customers of one group a campaign won back. */
export interface GroupWinBack extends WinBackShares {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
  /** The same of those of the group who were left alone; `null` without a control group. */
  readonly control: WinBackShares | null;
  /** The difference that the contact made in the group; `null` without a control group. */
  readonly comparison: TwoProportionTest | null;
}

/** How many customers a campaign won back. */
export interface WinBackRate extends WinBackGroup {
  /** The same of those who were left alone; `null` without a control group. */
  readonly control: WinBackGroup | null;
  /** The difference that the contact made, as shares, with Newcombe's interval and a test; `null` without a control group. */
  readonly comparison: TwoProportionTest | null;
  /**
   * In ascending order of name, customers without a group (`null`) last; their counts add up to those of all. `null`
   * without `groupBy`.
   */
  readonly groups: readonly GroupWinBack[] | null;
  /** For how long after the contact a purchase counts. */
  readonly within: Duration;
  /** For how long before the contact a customer must not have bought; `null`: whoever was contacted counts. */
  readonly inactiveFor: Duration | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * How many of the lapsed customers whom we contacted did we win back?
 *
 * A customer is won back by a qualifying purchase at the contact or later, before `at + within`. Only contacts whose time
 * is over count, and all of them for the same length of time: counting early buyers while the others may still buy
 * would make the rate too high.
 *
 * Some lapsed customers return without being asked, so the rate of the contacted is no success of the campaign; the
 * difference to a control group drawn by chance is. With fewer than five buyers in a group trust {@link fisherExact} more
 * than the p-value.
 *
 * @param log - A transaction log.
 * @param contacts - Whom the campaign contacted and when; an id that the log does not have never bought.
 * @param options - `asOf`, `within`, `inactiveFor` (a time, or `null`), `control`, `groupBy`, `confidenceLevel` (default
 * 0.95) and what every metric takes.
 * @returns The rate with its counts, every contact's outcome, and the comparison; a rate is `null`, with a reason, where no
 * contact counts.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a contact has no customer or instant, or a customer comes twice, also
 * once in each group; `INVALID_ARGUMENT` when an option is unusable; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { transactionLog, winBackRate } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     ...["ani", "budi", "citra", "dewi"].map((customerId) => ({ customerId, at: "2023-01-15", amount: 500 })),
 *     { customerId: "ani", at: "2024-03-20", amount: 700 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { rate, comparison } = winBackRate(
 *   log,
 *   [
 *     { customerId: "ani", at: "2024-03-01" },
 *     { customerId: "budi", at: "2024-03-01" },
 *   ],
 *   {
 *     asOf: "2024-07-01",
 *     within: { days: 60 },
 *     inactiveFor: { months: 6 },
 *     control: ["citra", "dewi"].map((customerId) => ({ customerId, at: "2024-03-01" })),
 *   },
 * );
 * rate; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * comparison?.difference; // => 0.5
 * ```
 */
export function winBackRate(
  log: TransactionLog,
  contacts: readonly WinBackContact[],
  options: WinBackRateOptions,
): WinBackRate {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const confidenceLevel = confidenceLevelOf(options);
  const { within, inactiveFor } = options;
  assertArgument(
    inactiveFor !== undefined,
    "options.inactiveFor",
    () =>
      "options.inactiveFor is missing: pass for how long a customer must not have bought, { months: 6 }, or null to count whoever was contacted",
  );
  const outcomesOf = outcomeReader(facts, options);
  const read = readContacts(contacts, timeZone, "contacts");
  const contacted = outcomesOf(read);
  const control =
    options.control === undefined ? null : outcomesOf(readControl(options.control, timeZone, read));
  const wholes = { contacted: contacted.columns.outcome, control: control?.columns.outcome ?? null };
  return {
    ...compared(wholes, confidenceLevel),
    contacts: contacted,
    control: control && { ...shares(control.columns.outcome, confidenceLevel), contacts: control },
    groups:
      options.groupBy === undefined ? null : byGroup(contacted, control, options.groupBy, confidenceLevel),
    within: { ...within },
    inactiveFor: inactiveFor && { ...inactiveFor },
    asOf,
    timeZone,
  };
}

/** The control group, of which nobody may have been contacted. */
function readControl(
  control: readonly WinBackContact[],
  timeZone: string,
  contacts: ReadContacts,
): ReadContacts {
  const path = "options.control";
  const read = readContacts(control, timeZone, path);
  const targeted = new Set(contacts.customerId);
  const problems = read.customerId.flatMap((value, row) =>
    targeted.has(value) ? [{ row, field: "customerId", reason: "is among the contacts too", value }] : [],
  );
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return read;
}

interface Outcomes {
  readonly contacted: readonly WinBackOutcome[];
  readonly control: readonly WinBackOutcome[] | null;
}

function compared({ contacted, control }: Outcomes, confidenceLevel: number): Omit<GroupWinBack, "group"> {
  const treated = shares(contacted, confidenceLevel);
  if (control === null) return { ...treated, control: null, comparison: null };
  const untreated = shares(control, confidenceLevel);
  const comparison = twoProportionTest(
    { successes: treated.wonBack, trials: treated.counted },
    { successes: untreated.wonBack, trials: untreated.counted },
    { confidenceLevel },
  );
  return { ...treated, control: untreated, comparison };
}

function byGroup(
  contacted: Table<WinBackContactColumns>,
  control: Table<WinBackContactColumns> | null,
  groupBy: CustomerGrouping,
  confidenceLevel: number,
): GroupWinBack[] {
  const ids = [...contacted.columns.customerId, ...(control?.columns.customerId ?? [])];
  const { codes, names } = groupCustomers(ids, groupBy);
  const outcomes = names.map(() => ({
    contacted: [] as WinBackOutcome[],
    control: control && ([] as WinBackOutcome[]),
  }));
  contacted.columns.outcome.forEach((outcome, row) => {
    outcomes[codes[row]].contacted.push(outcome);
  });
  control?.columns.outcome.forEach((outcome, row) => {
    outcomes[codes[contacted.length + row]].control?.push(outcome);
  });
  return names.map((group, code) => ({ group, ...compared(outcomes[code], confidenceLevel) }));
}

function shares(outcomes: readonly WinBackOutcome[], confidenceLevel: number): WinBackShares {
  const count = { wonBack: 0, notWonBack: 0, open: 0, afterAsOf: 0, neverBought: 0, stillActive: 0 };
  for (const outcome of outcomes) count[outcome]++;
  const { wonBack, notWonBack, ...leftOut } = count;
  const counted = wonBack + notWonBack;
  return {
    ...countedShare(wonBack, counted, "contacts that count", confidenceLevel),
    counted,
    wonBack,
    leftOut,
  };
}
