import { assertArray, assertInteger, assertOptions } from "../../core/assert.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { isAmount, NO_AMOUNT } from "../statement/named-rows.js";
import { noRate } from "./no-rate.js";

/** Marketing money and hours that went to people of one status; the `layers` of `spendByLayer` are such rows. */
export interface BudgetRow {
  /** Where those stand on whom it was spent: `"active"` and `"inactive"` have bought, the others never have. */
  readonly status: "active" | "inactive" | "prospect" | "suspect" | "restOfWorld";
  /** Whole minor units, zero or more; default 0. */
  readonly money?: number | null | undefined;
  /** Working hours, zero or more; default 0. */
  readonly hours?: number | null | undefined;
}

/** How much of the marketing budget went to people who are no customers. */
export interface NonCustomerBudgetShare {
  /** Of the money. */
  readonly shareOfMoney: Rate;
  /** Of the hours. */
  readonly shareOfHours: Rate;
  /** Of money and hours together, hours at `hourlyRate`; `null` where hours have no price. */
  readonly shareOfCost: Rate;
  /** The same share of cost by status, those with a row, in the order of the pyramid. */
  readonly byStatus: readonly {
    /** The status. */
    readonly status: BudgetRow["status"];
    /** Minor units. */
    readonly money: number;
    /** Working hours. */
    readonly hours: number;
    /** Of the cost of all; `null` where hours have no price. */
    readonly shareOfCost: Rate;
  }[];
}

const STATUSES = ["active", "inactive", "prospect", "suspect", "restOfWorld"] as const;

/**
 * What share of our marketing budget goes to people who are no customers?
 *
 * Money and hours on prospects, suspects and the rest of the world; who bought once and no more is still one who knows us, and
 * counts as a customer (Curry & Curry 2000). How good a share is depends on how many customers one has to win:
 * {@link cacBySource} tells what comes of it.
 *
 * @param spend - Any number of rows for each status, or `spendByLayer(...).layers`.
 * @param options - `hourlyRate`: price of an hour, whole minor units; hours are priced by status, rounded half to even.
 * @returns Shares of money, of hours and of both, in all and by status; `null` where there is nothing to share.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row has no such status or an unusable amount; `INVALID_ARGUMENT`;
 * `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { nonCustomerBudgetShare } from "clientele";
 *
 * const spend = [
 *   { status: "active", money: 2000, hours: 10 },
 *   { status: "prospect", money: 5000, hours: 30 },
 *   { status: "suspect", money: 1000 },
 * ] as const;
 * const { shareOfMoney, shareOfHours, shareOfCost } = nonCustomerBudgetShare(spend, { hourlyRate: 100 });
 * [shareOfMoney.value, shareOfHours.value, shareOfCost.value]; // => [0.75, 0.75, 0.75]
 * ```
 */
export function nonCustomerBudgetShare(
  spend: readonly BudgetRow[],
  options: {
    /** Price of an hour, whole minor units. */
    readonly hourlyRate?: number | undefined;
  } = {},
): NonCustomerBudgetShare {
  assertOptions(options);
  const { hourlyRate } = options;
  if (hourlyRate !== undefined) assertInteger(hourlyRate, "options.hourlyRate", 0);
  assertBudget(spend);
  const sums = STATUSES.map((status) => {
    const own = spend.filter((row) => row.status === status);
    const money = own.reduce(
      (sum, row) => safeInteger(sum + (row.money ?? 0), "spend", "the sum of the money"),
      0,
    );
    return { status, rows: own.length, money, hours: own.reduce((sum, row) => sum + (row.hours ?? 0), 0) };
  });
  const hasPrices = hourlyRate !== undefined || sums.every(({ hours }) => hours === 0);
  const costs = sums.map(({ money, hours }) =>
    safeInteger(money + multiplyInteger(hourlyRate ?? 0, hours), "spend", "money and hours"),
  );
  const share = (values: readonly number[], isPart: (place: number) => boolean, base: string) =>
    ratio(
      values.reduce((sum, value, place) => (isPart(place) ? sum + value : sum), 0),
      values.reduce((sum, value) => sum + value, 0),
      base,
    );
  const isBeyond = (place: number) => place >= STATUSES.indexOf("prospect");
  const shareOfCost = (isPart: (place: number) => boolean): Rate =>
    hasPrices
      ? share(costs, isPart, "cost of all")
      : noRate("hours have no price: options.hourlyRate is not given");
  return {
    shareOfMoney: share(
      sums.map(({ money }) => money),
      isBeyond,
      "money of all",
    ),
    shareOfHours: share(
      sums.map(({ hours }) => hours),
      isBeyond,
      "hours of all",
    ),
    shareOfCost: shareOfCost(isBeyond),
    byStatus: sums.flatMap(({ status, rows, money, hours }, place) =>
      rows === 0 ? [] : [{ status, money, hours, shareOfCost: shareOfCost((other) => other === place) }],
    ),
  };
}

function assertBudget(spend: readonly BudgetRow[]): void {
  assertArray(spend, "spend");
  const problems: RowProblem[] = [];
  for (const [row, given] of spend.entries()) {
    const { status, money, hours } = Object(given) as Partial<BudgetRow>;
    if (!STATUSES.includes(status as BudgetRow["status"]))
      problems.push({ row, field: "status", reason: `is none of ${STATUSES.join(", ")}`, value: status });
    if (!isAmount(money ?? 0)) problems.push({ row, field: "money", reason: NO_AMOUNT, value: money });
    if (!(Number.isFinite(hours ?? 0) && (hours ?? 0) >= 0))
      problems.push({ row, field: "hours", reason: "is not a number of hours, zero or more", value: hours });
  }
  throwRowProblems(problems, "spend");
}
