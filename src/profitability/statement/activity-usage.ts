import { shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { inputColumn } from "../../segmentation/valued-customers.js";
import { NO_ID, textIds } from "../text-ids.js";

/** How often a customer made us do an activity. */
export interface ActivityUsage {
  /** For whom. */
  readonly customerId: string | number;
  /** Which activity, by its name. */
  readonly activity: string;
  /** Units of its cost driver (orders, visits, hours), zero or more; fractions allowed. */
  readonly quantity: number;
}

/** The same as many {@link ActivityUsage}s, column by column. */
export interface ActivityUsageColumns {
  /** For whom, by row. */
  readonly customerId: readonly string[];
  /** Which activity, by row. */
  readonly activity: readonly string[];
  /** Units of the cost driver, by row. */
  readonly quantity: readonly number[];
}

/** Checked usage, by row of the input. @internal */
export interface ReadUsage {
  readonly customerIds: readonly string[];
  readonly customer: Uint32Array;
  /** Place in the list of activities. */
  readonly activity: Uint32Array;
  readonly quantity: Float64Array;
}

/** Usage of known activities; `alsoCheck` notes further problems of a row whose activity is known. @internal */
export function readUsage(
  usage: readonly ActivityUsage[] | Table<ActivityUsageColumns>,
  activities: readonly { readonly activity: string }[],
  alsoCheck?: (row: number, activity: number, problems: RowProblem[]) => void,
): ReadUsage {
  const isRows = Array.isArray(usage);
  const field = <Cell extends string | number>(name: keyof ActivityUsage): ArrayLike<Cell> =>
    isRows
      ? usage.map((row: ActivityUsage | null) => row?.[name] as Cell)
      : inputColumn<Cell>(usage, name, "usage");
  const customerId = textIds(field<string>("customerId") as readonly string[]);
  const names = field<string>("activity");
  const given = field<number>("quantity");
  const placeOf = new Map(activities.map(({ activity }, place) => [activity, place]));
  const problems: RowProblem[] = [];
  const activity = new Uint32Array(names.length);
  const quantity = new Float64Array(names.length);
  for (let row = 0; row < names.length; row++) {
    const id: unknown = customerId[row];
    if (typeof id !== "string" || id === "")
      problems.push({ row, field: "customerId", reason: NO_ID, value: id });
    const place = placeOf.get(names[row]);
    if (place === undefined) {
      const reason = `is not the name of any of these activities: ${listed(activities)}`;
      problems.push({ row, field: "activity", reason, value: names[row] });
    }
    if (!(Number.isFinite(given[row]) && given[row] >= 0))
      problems.push({
        row,
        field: "quantity",
        reason: "is not a number of units, zero or more",
        value: given[row],
      });
    if (place !== undefined) alsoCheck?.(row, place, problems);
    activity[row] = place ?? 0;
    quantity[row] = given[row] + 0;
  }
  throwRowProblems(problems, "usage");
  const { codes, values } = codesInOrder(customerId) ?? encodeKeys(customerId);
  return { customerIds: values, customer: codes, activity, quantity };
}

/**
 * The codes of `encodeKeys` where ids stand in the order of their length and, as long, of their text, as those of a counter
 * or a sorted table do: one comparison each and no table of them all. `null` where they do not.
 *
 * @internal
 */
export function codesInOrder(ids: ArrayLike<string>): { codes: Uint32Array; values: string[] } | null {
  const codes = new Uint32Array(ids.length);
  const values: string[] = [];
  let before = "";
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    if (id !== before) {
      if (id.length < before.length || (id.length === before.length && id < before)) return null;
      before = id;
      values.push(id);
    }
    codes[row] = values.length - 1;
  }
  return { codes, values };
}

/** A customer and an activity, once each, by customer in order of first appearance and activity in its list's order. @internal */
export interface UsageCells {
  readonly customer: Uint32Array;
  readonly activity: Uint32Array;
  /** Rows of the input, cell by cell: those of cell i are `rows[bounds[i]]` up to, not including, `rows[bounds[i + 1]]`. */
  readonly rows: Uint32Array;
  readonly bounds: Uint32Array;
}

/** @internal */
export function usageCells({ customerIds, customer, activity }: ReadUsage, activities: number): UsageCells {
  const size = activity.length;
  const inOrder = new Uint32Array(size);
  for (let row = 0; row < size; row++) inOrder[row] = row;
  const isOrdered = isAscending(customer, activity);
  const rows = isOrdered
    ? inOrder
    : stableOrder(customer, customerIds.length, stableOrder(activity, activities, inOrder));
  const bounds = new Uint32Array(size + 1);
  const [customerOf, activityOf] = [new Uint32Array(size), new Uint32Array(size)];
  let cells = 0;
  for (let i = 0; i < size; i++) {
    const row = rows[i];
    if (cells > 0 && customer[row] === customerOf[cells - 1] && activity[row] === activityOf[cells - 1])
      continue;
    bounds[cells] = i;
    customerOf[cells] = customer[row];
    activityOf[cells] = activity[row];
    cells++;
  }
  bounds[cells] = size;
  return {
    customer: customerOf.subarray(0, cells),
    activity: activityOf.subarray(0, cells),
    rows,
    bounds: bounds.subarray(0, cells + 1),
  };
}

/** The sum of a column over the rows of each cell, in the scale of decimals where there is one. @internal */
export function cellSums(
  { rows, bounds }: UsageCells,
  column: Float64Array,
  scale: number | null,
): Float64Array {
  const sums = new Float64Array(bounds.length - 1);
  for (let cell = 0; cell < sums.length; cell++) {
    let sum = 0;
    for (let i = bounds[cell]; i < bounds[cell + 1]; i++)
      sum += scale === null ? column[rows[i]] : Math.round(column[rows[i]] * scale);
    sums[cell] = scale === null ? sum : sum / scale;
  }
  return sums;
}

function isAscending(customer: Uint32Array, activity: Uint32Array): boolean {
  for (let row = 1; row < customer.length; row++) {
    if (customer[row] < customer[row - 1]) return false;
    if (customer[row] === customer[row - 1] && activity[row] < activity[row - 1]) return false;
  }
  return true;
}

function stableOrder(codes: Uint32Array, distinct: number, order: Uint32Array): Uint32Array {
  const next = new Uint32Array(distinct + 1);
  for (const code of codes) next[code + 1]++;
  for (let code = 0; code < distinct; code++) next[code + 1] += next[code];
  const sorted = new Uint32Array(order.length);
  for (const row of order) sorted[next[codes[row]]++] = row;
  return sorted;
}

function listed(activities: readonly { readonly activity: string }[]): string {
  const names = activities.slice(0, 10).map(({ activity }) => shown(activity));
  return `${names.join(", ")}${activities.length > 10 ? ", ..." : ""}`;
}
