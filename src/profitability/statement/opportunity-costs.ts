import { assertArray, shown } from "../../core/assert.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { isId, NO_ID, textId } from "../text-ids.js";
import { decimalScale } from "./decimal-scale.js";
import { assertNamedRows } from "./named-rows.js";

/** How much of a scarce capacity a customer takes. */
export interface CapacityUse {
  /** Who; a customer may have many rows. */
  readonly customerId: string | number;
  /** Which capacity: `delivery slots`, `consultants`. */
  readonly capacity: string;
  /** Units of it, zero or more. */
  readonly quantity: number;
}

/** What a capacity could earn elsewhere. */
export interface AlternativeUse {
  /** The alternative's name; each once for a capacity, and it may use several. */
  readonly alternative: string;
  /** Which capacity it would use. Each capacity is valued by itself, as if it had no need of the others. */
  readonly capacity: string;
  /** Contribution of one unit of the capacity, minor units, rounded or not; negative when it would lose money. */
  readonly contributionPerUnit: number;
}

/** One row for each row of use. */
export interface OpportunityCostColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Which capacity. */
  readonly capacity: readonly string[];
  /** The best alternative; `null` when none earns anything. */
  readonly alternative: readonly (string | null)[];
  /** `max(0, best contribution) * quantity`, minor units, rounded half to even. */
  readonly amount: readonly number[];
  /** The same, not rounded: where a unit earns less than a minor unit, statements still add up what many of them earn. */
  readonly unroundedAmount: readonly number[];
}

/**
 * What would the capacity that each customer takes have earned in its best other use?
 *
 * The best alternative's contribution, never below zero: leaving the capacity idle costs nothing. It is no cost in the
 * books: {@link customerProfitAndLoss} shows it apart.
 *
 * @param uses - Rows `{ customerId, capacity, quantity }`.
 * @param alternatives - Rows `{ alternative, capacity, contributionPerUnit }`, at least one for each capacity used; 0 where a
 * capacity has no other use.
 * @returns One row for each use; a cost source of {@link customerProfitAndLoss}.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a quantity that is negative, a contribution that is no number, an
 * alternative that comes twice for a capacity, or a capacity without alternatives (its name may be misspelled);
 * `INVALID_ARGUMENT`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { opportunityCosts } from "clientele";
 *
 * const costs = opportunityCosts(
 *   [{ customerId: "ani", capacity: "van hours", quantity: 3 }],
 *   [
 *     { alternative: "parcels", capacity: "van hours", contributionPerUnit: 2000 },
 *     { alternative: "groceries", capacity: "van hours", contributionPerUnit: 1500 },
 *   ],
 * );
 * costs.columns.alternative; // => ["parcels"]
 * costs.columns.amount; // => [6000]
 * ```
 */
export function opportunityCosts(
  uses: readonly CapacityUse[],
  alternatives: readonly AlternativeUse[],
): Table<OpportunityCostColumns> {
  const best = new Map<string, AlternativeUse>();
  const check: Parameters<typeof assertNamedRows<AlternativeUse>>[3] = (row, note) => {
    const { capacity, contributionPerUnit: earned } = row;
    note(isId(capacity), "capacity", NO_NAME, capacity);
    note(Number.isFinite(earned), "contributionPerUnit", "is not a finite number of minor units", earned);
  };
  assertNamedRows(alternatives, "alternative", "alternatives", check, "capacity");
  for (const row of alternatives) {
    const least = best.get(row.capacity)?.contributionPerUnit ?? 0;
    if (row.contributionPerUnit > least) best.set(row.capacity, row);
  }
  assertUses(uses, new Set(alternatives.map(({ capacity }) => capacity)));
  const earnings = {
    amount: new Array<number>(uses.length),
    unroundedAmount: new Array<number>(uses.length),
  };
  uses.forEach(({ capacity, quantity }, row) => {
    const earned = earnedBy(best.get(capacity), quantity, `uses[${row}]`);
    earnings.amount[row] = earned.amount;
    earnings.unroundedAmount[row] = earned.unroundedAmount;
  });
  return table<OpportunityCostColumns>({
    customerId: uses.map(({ customerId }) => String(customerId)),
    capacity: uses.map(({ capacity }) => capacity),
    alternative: uses.map(({ capacity }) => best.get(capacity)?.alternative ?? null),
    ...earnings,
  });
}

const NO_NAME = "is not a name: text that is not empty";

function earnedBy(best: AlternativeUse | undefined, quantity: number, path: string) {
  if (best === undefined) return { amount: 0, unroundedAmount: 0 };
  const { contributionPerUnit: earned } = best;
  if (earned * quantity > Number.MAX_SAFE_INTEGER)
    safeInteger(earned * quantity, path, `what ${shown(best.alternative)} would earn`);
  // The exact product of two decimals, rounded once.
  const scale = decimalScale([earned]);
  const quantityScale = decimalScale([quantity]);
  if (scale === null || quantityScale === null)
    return { amount: multiplyInteger(1, earned * quantity), unroundedAmount: earned * quantity };
  const [whole, numerator] = [Math.round(earned * scale), Math.round(quantity * quantityScale)];
  const denominator = scale * quantityScale;
  const product = whole * numerator;
  return {
    amount: multiplyInteger(whole, { numerator, denominator }),
    unroundedAmount: Number.isSafeInteger(product) ? product / denominator : earned * quantity,
  };
}

function assertUses(uses: readonly CapacityUse[], known: ReadonlySet<string>): void {
  assertArray(uses, "uses");
  const problems: RowProblem[] = [];
  uses.forEach((given, row) => {
    const { customerId, capacity, quantity } = Object(given) as Partial<CapacityUse>;
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row, field, reason, value });
    if (!isId(textId(customerId))) note("customerId", NO_ID, customerId);
    if (!isId(capacity)) note("capacity", NO_NAME, capacity);
    else if (!known.has(capacity))
      note("capacity", "has no alternative: list one, with 0 a unit where it has no other use", capacity);
    if (typeof quantity !== "number" || !(quantity >= 0 && Number.isFinite(quantity)))
      note("quantity", "is not a number of units, zero or more", quantity);
  });
  throwRowProblems(problems, "uses");
}
