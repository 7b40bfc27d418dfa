import { assertArgument, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { type RowProblem, throwRowProblems } from "../core/row-problems.js";
import { type Table, table } from "../core/table.js";
import { groupSums } from "./group-sums.js";
import { labelsAt, type ScoreGrid } from "./score-grid.js";
import { customerIdProblems } from "./valued-customers.js";

/** A customer with a score for each axis of a grid. */
export interface GridCustomer<AxisName extends string = string> {
  /** Who; each customer once. */
  readonly customerId: string;
  /** A finite number for each axis, in the unit of its cuts; `null` where it is not known. */
  readonly scores: { readonly [Axis in AxisName]: number | null };
  /** What the customer brings, in any one unit; for all customers or for none. */
  readonly value?: number;
}

/** One cell of a grid and who is in it. */
export interface PlacedCell<CellName extends string = string> {
  /** What the cell is called. */
  readonly name: CellName;
  /** Number of customers. */
  readonly customers: number;
  /** Of all customers placed; `null` when there are none. */
  readonly share: Rate;
  /** Sum of their values; `null` when no values are given. */
  readonly value: number | null;
  /** Of the values of all customers placed; `null` without values, and when their sum is zero or negative. */
  readonly shareOfValue: Rate;
}

/** One combination of labels. */
export interface GridPlace<AxisName extends string = string, CellName extends string = string> {
  /** The label of each axis. */
  readonly labels: { readonly [Axis in AxisName]: string };
  /** The cell that it lies in. */
  readonly cell: CellName;
  /** Number of customers. */
  readonly customers: number;
  /** Sum of their values; `null` when no values are given. */
  readonly value: number | null;
}

/** One row a customer of {@link GridPlacement}, in the order of the input. */
export interface GridMemberColumns<CellName extends string = string> {
  /** Who. */
  readonly customerId: readonly string[];
  /** Name of the cell. */
  readonly cell: readonly CellName[];
  /** The row in `places`. */
  readonly place: readonly number[];
}

/** Customers on a grid. */
export interface GridPlacement<AxisName extends string = string, CellName extends string = string> {
  /** Every cell, also those that nobody is in. */
  readonly cells: readonly PlacedCell<CellName>[];
  /** Every combination of labels, the last axis running first. */
  readonly places: readonly GridPlace<AxisName, CellName>[];
  /** Every customer with a score for each axis. */
  readonly members: Table<GridMemberColumns<CellName>>;
  /** Those of whom a score is not known. */
  readonly unplaced: {
    /** How many. */
    readonly customers: number;
    /** Who, in the order of the input. */
    readonly customerIds: readonly string[];
  };
}

/**
 * Who is in which cell of a grid, and what do the cells bring?
 *
 * @param grid - The result of {@link scoreGrid} or of a ready definition.
 * @param customers - One row a customer, with a score for each axis and, if you like, a value.
 * @returns Cells and combinations with counts and values, the customers, and those of whom a score is missing.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a score is absent or not finite, a customer comes twice, or only some
 * have a value; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
 * @example
 * ```ts
 * import { loyaltyProfitGrid, placeOnGrid } from "clientele";
 *
 * const grid = loyaltyProfitGrid({ duration: 24, profit: 500 });
 * const { members, cells } = placeOnGrid(grid, [
 *   { customerId: "ani", scores: { duration: 40, profit: 900 }, value: 900 },
 *   { customerId: "budi", scores: { duration: 6, profit: 700 }, value: 700 },
 *   { customerId: "citra", scores: { duration: 30, profit: 20 }, value: 20 },
 * ]);
 * members.columns.cell; // => ["true friends", "butterflies", "barnacles"]
 * cells.map((cell) => cell.customers); // => [1, 1, 1, 0]
 * ```
 */
export function placeOnGrid<AxisName extends string, CellName extends string>(
  grid: ScoreGrid<AxisName, CellName>,
  customers: readonly GridCustomer<NoInfer<AxisName>>[],
): GridPlacement<AxisName, CellName> {
  assertArgument(
    Array.isArray(grid?.cellOfPlace) && Array.isArray(grid.axes),
    "grid",
    () => `grid is ${shown(grid)}: pass the result of scoreGrid()`,
  );
  assertArgument(
    Array.isArray(customers),
    "customers",
    () => `customers is ${shown(customers)}: pass an array of { customerId, scores }`,
  );
  const hasValues = customers.some((customer) => customer?.value !== undefined);
  throwRowProblems(problemsOf(grid, customers, hasValues), "customers");
  const placed = customers.filter(({ scores }) => grid.axes.every(({ name }) => scores[name] !== null));
  const place = placed.map(({ scores }) => placeOf(grid, scores));
  const values = placed.map(({ value = 0 }) => value);
  const inPlaces = groupSums(values, place, grid.cellOfPlace.length, "customers");
  const cellOf = place.map((at) => grid.cellOfPlace[at]);
  const inCells = groupSums(values, cellOf, grid.cells.length, "customers");
  return {
    cells: grid.cells.map((name, cell) => ({
      name,
      customers: inCells.counts[cell],
      share: ratio(inCells.counts[cell], placed.length, "customers placed"),
      value: hasValues ? inCells.sums[cell] : null,
      shareOfValue: ratio(inCells.sums[cell], inCells.total, "values of the customers placed"),
    })),
    places: grid.cellOfPlace.map((cell, at) => ({
      labels: labelsAt(grid.axes, at),
      cell: grid.cells[cell],
      customers: inPlaces.counts[at],
      value: hasValues ? inPlaces.sums[at] : null,
    })),
    members: table({
      customerId: placed.map(({ customerId }) => customerId),
      cell: cellOf.map((cell) => grid.cells[cell]),
      place,
    }),
    unplaced: unplacedOf(grid, customers),
  };
}

function placeOf<AxisName extends string>(
  { axes, atCut }: ScoreGrid<AxisName>,
  scores: GridCustomer<AxisName>["scores"],
): number {
  return axes.reduce((place, { name, cuts, labels }) => {
    const score = Number(scores[name]);
    const past = cuts.filter((cut) => score > cut || (score === cut && atCut === "above")).length;
    return place * labels.length + past;
  }, 0);
}

function problemsOf<AxisName extends string>(
  { axes }: ScoreGrid<AxisName>,
  customers: readonly GridCustomer<AxisName>[],
  hasValues: boolean,
): RowProblem[] {
  const problems = customerIdProblems(customers.map((customer) => customer?.customerId));
  for (const [row, customer] of customers.entries()) {
    for (const { name } of axes) {
      const value = Object.hasOwn(Object(customer?.scores), name) ? customer.scores[name] : undefined;
      if (value !== null && !Number.isFinite(value))
        problems.push({ row, field: `scores.${name}`, reason: "is neither a finite number nor null", value });
    }
    if (hasValues && !Number.isFinite(customer?.value))
      problems.push({
        row,
        field: "value",
        reason: "is not a finite number, and other customers have one",
        value: customer?.value,
      });
  }
  return problems;
}

function unplacedOf<AxisName extends string>(
  { axes }: ScoreGrid<AxisName>,
  customers: readonly GridCustomer<AxisName>[],
): GridPlacement["unplaced"] {
  const customerIds = customers
    .filter(({ scores }) => axes.some(({ name }) => scores[name] === null))
    .map(({ customerId }) => customerId);
  return { customers: customerIds.length, customerIds };
}
