import { assertArray } from "../../core/assert.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
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
  /** The alternative's name; each once. */
  readonly alternative: string;
  /** Which capacity it would use. */
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
 * @throws {@link ClienteleError} `INVALID_ROWS` for a quantity that is negative, a contribution that is no number, or a
 * capacity without alternatives (its name may be misspelled); `INVALID_ARGUMENT`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { opportunityCosts, rows } from "clientele";
 *
 * const costs = opportunityCosts(
 *   [{ customerId: "ani", capacity: "van hours", quantity: 3 }],
 *   [
 *     { alternative: "parcels", capacity: "van hours", contributionPerUnit: 2000 },
 *     { alternative: "groceries", capacity: "van hours", contributionPerUnit: 1500 },
 *   ],
 * );
 * rows(costs); // => [{ customerId: "ani", capacity: "van hours", alternative: "parcels", amount: 6000 }]
 * ```
 */
export function opportunityCosts(
  uses: readonly CapacityUse[],
  alternatives: readonly AlternativeUse[],
): Table<OpportunityCostColumns> {
  const best = new Map<string, AlternativeUse>();
  assertNamedRows(alternatives, "alternative", "alternatives", (row, note) => {
    const { capacity, contributionPerUnit: earned } = row;
    note(isId(capacity), "capacity", NO_NAME, capacity);
    note(Number.isFinite(earned), "contributionPerUnit", "is not a finite number of minor units", earned);
  });
  for (const row of alternatives) {
    const least = best.get(row.capacity)?.contributionPerUnit ?? 0;
    if (row.contributionPerUnit > least) best.set(row.capacity, row);
  }
  assertUses(uses, new Set(alternatives.map(({ capacity }) => capacity)));
  return table<OpportunityCostColumns>({
    customerId: uses.map(({ customerId }) => String(customerId)),
    capacity: uses.map(({ capacity }) => capacity),
    alternative: uses.map(({ capacity }) => best.get(capacity)?.alternative ?? null),
    amount: uses.map(({ capacity, quantity }) => earnedBy(best.get(capacity), quantity)),
  });
}

const NO_NAME = "is not a name: text that is not empty";

function earnedBy(best: AlternativeUse | undefined, quantity: number): number {
  if (best === undefined) return 0;
  const { contributionPerUnit: earned } = best;
  // The exact product of two decimals, rounded once.
  const scale = decimalScale([earned]);
  const quantityScale = decimalScale([quantity]);
  if (scale === null || quantityScale === null) return multiplyInteger(1, earned * quantity);
  const numerator = Math.round(quantity * quantityScale);
  return multiplyInteger(Math.round(earned * scale), { numerator, denominator: scale * quantityScale });
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
