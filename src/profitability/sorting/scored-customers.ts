import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { WithColumns } from "../../core/table.js";
import type { GridCustomer } from "../../segmentation/place-on-grid.js";
import { idColumn, inputColumn } from "../../segmentation/valued-customers.js";
import { rowsWithTextIds, textIds } from "../text-ids.js";

/** The scores of a customer; a row of {@link placeOnGrid} fits. */
export interface ScoredCustomer<AxisName extends string = string> {
  /** Who, text or a whole number; each customer once. */
  readonly customerId: string | number;
  /** A finite number for each axis; `null` where it is not known. */
  readonly scores: { readonly [Axis in AxisName]: number | null };
}

/** The same as many {@link ScoredCustomer}s, column by column: each axis has a column of its name, a plain or a typed array. */
export type ScoredCustomerColumns<AxisName extends string = string> = {
  /** Who, by row. */
  readonly customerId: readonly string[];
} & { readonly [Axis in AxisName]: ArrayLike<number | null> };

/** Customers with scores as they come in: rows, or a table. */
export type ScoredCustomerInput<AxisName extends string = string> =
  | readonly ScoredCustomer<AxisName>[]
  | WithColumns<ScoredCustomerColumns<AxisName>>;

const NO_SCORE = "is neither a finite number nor null";

/** @internal */
export interface ScoreColumns {
  readonly customerIds: readonly string[];
  /** By axis, as asked; `null` where a score is not known. */
  readonly scores: readonly ArrayLike<number | null>[];
}

/** The ids, unchecked, and the scores of each axis; the faults of scores are noted. @internal */
export function scoreColumns(
  input: readonly ScoredCustomer[] | WithColumns<unknown>,
  axes: readonly string[],
  problems: RowProblem[],
  path = "customers",
): ScoreColumns {
  const isRows = Array.isArray(input);
  const given = isRows ? (input as readonly ScoredCustomer[]) : [];
  const ids: readonly unknown[] = isRows
    ? given.map((customer) => customer?.customerId)
    : idColumn(input, path);
  const customerIds = textIds(ids) as readonly string[];
  const scores = axes.map((axis) => {
    const values: ArrayLike<number | null | undefined> = isRows
      ? given.map((customer) =>
          Object.hasOwn(Object(customer?.scores), axis) ? customer.scores[axis] : undefined,
        )
      : inputColumn<number | null>(input, axis, path);
    const field = isRows ? `scores.${axis}` : axis;
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value !== null && !Number.isFinite(value)) problems.push({ row, field, reason: NO_SCORE, value });
    }
    return values as ArrayLike<number | null>;
  });
  return { customerIds, scores };
}

/** The customers as rows, which they may be already. @internal */
export function scoredRows<AxisName extends string>(
  input: ScoredCustomerInput<AxisName>,
  axes: readonly AxisName[],
): readonly GridCustomer<AxisName>[] {
  if (Array.isArray(input)) return rowsWithTextIds(input as readonly ScoredCustomer<AxisName>[]);
  const problems: RowProblem[] = [];
  const { customerIds, scores } = scoreColumns(input, axes, problems);
  throwRowProblems(problems, "customers");
  return customerIds.map((customerId, row) => {
    const own: Partial<Record<AxisName, number | null>> = {};
    for (let axis = 0; axis < axes.length; axis++) own[axes[axis]] = scores[axis][row];
    return { customerId, scores: own as ScoredCustomer<AxisName>["scores"] };
  });
}
