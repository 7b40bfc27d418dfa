import { type Rate, ratio } from "../../core/rate.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Table, WithColumns } from "../../core/table.js";
import { groupSums } from "../../segmentation/group-sums.js";
import { type GridMemberColumns, type GridPlacement, placeOnGrid } from "../../segmentation/place-on-grid.js";
import { valuesAt } from "../../segmentation/rank-descending.js";
import type { GridAxis, ScoreGrid } from "../../segmentation/score-grid.js";
import { inputColumn } from "../../segmentation/valued-customers.js";
import { type ScoredCustomer, type ScoredCustomerColumns, scoredRows } from "./scored-customers.js";

/** A customer with a score for each axis, and what they bring and cost. */
export interface PortfolioCustomer<AxisName extends string = string> extends ScoredCustomer<AxisName> {
  /** What the customer brings before cost to serve (gross margin, say), whole minor units. */
  readonly value: number;
  /** What serving them costs, whole minor units. */
  readonly costToServe: number;
}

/**
 * The same as many {@link PortfolioCustomer}s, column by column, beside a column for each axis: an axis `value` or
 * `costToServe` is cut by the money itself.
 */
export interface PortfolioColumns {
  /** Who, by row; each customer once. */
  readonly customerId: readonly string[];
  /** What they bring before cost to serve, by row, whole minor units: a plain or a typed array. */
  readonly value: ArrayLike<number>;
  /** What serving them costs, by row, whole minor units. */
  readonly costToServe: ArrayLike<number>;
}

/** What a part of the portfolio brings, costs and earns. */
export interface PortfolioSum {
  /** Number of customers. */
  readonly customers: number;
  /** What they bring, minor units. */
  readonly value: number;
  /** What serving them costs, minor units. */
  readonly costToServe: number;
  /** `value - costToServe`, minor units. */
  readonly profit: number;
  /** `costToServe / value`: how much of what they bring goes into serving them; `null` when the value is zero or less. */
  readonly costRate: Rate;
}

/** One cell of a portfolio. */
export interface PortfolioCell<CellName extends string = string> extends PortfolioSum {
  /** What the cell is called. */
  readonly name: CellName;
  /** Of the customers placed; `null` when there are none. */
  readonly shareOfCustomers: Rate;
  /** Of the value of those placed; `null` when that is zero or less. */
  readonly shareOfValue: Rate;
  /** Of the cost to serve of those placed; `null` when that is zero. */
  readonly shareOfCost: Rate;
  /** Of the profit of those placed; above 1 where other cells lose money; `null` when that is zero or less. */
  readonly shareOfProfit: Rate;
  /** Mean profit of a customer, minor units, not rounded; `null` when nobody is in the cell. */
  readonly meanProfit: number | null;
  /** Customers who cost more than they bring. */
  readonly unprofitable: number;
}

/** One combination of labels and what lies there. */
export interface PortfolioPlace<AxisName extends string = string, CellName extends string = string>
  extends PortfolioSum {
  /** The label of each axis. */
  readonly labels: { readonly [Axis in AxisName]: string };
  /** The cell that it lies in. */
  readonly cell: CellName;
}

/** A portfolio of customers on a grid. */
export interface PortfolioAnalysis<AxisName extends string = string, CellName extends string = string> {
  /** Every cell, also those that nobody is in. */
  readonly cells: readonly PortfolioCell<CellName>[];
  /** Every combination of labels, the last axis running first. */
  readonly places: readonly PortfolioPlace<AxisName, CellName>[];
  /** Every customer placed, in the order of the input. */
  readonly members: Table<GridMemberColumns<CellName>>;
  /** All who are placed. */
  readonly total: PortfolioSum;
  /** Those of whom a score is not known: who, and what they bring and cost. */
  readonly unplaced: PortfolioSum & {
    /** Who, in the order of the input. */
    readonly customerIds: readonly string[];
  };
  /** The axes with their cuts. */
  readonly axes: readonly GridAxis<AxisName>[];
  /** Where the grid comes from; `null` when it does not say. */
  readonly source: string | null;
}

/**
 * Which kinds of customers do we have, and what does each kind bring, cost to serve and earn?
 *
 * The first step of the CRM value chain (Buttle 2004): customers on a grid, by two scores or more, with the money of each cell.
 * Take any grid: {@link valueCostGrid}, {@link attractivenessShareGrid}, {@link loyaltyProfitGrid}, those of Fiocca and of
 * Turnbull and Zolkiewski, {@link growthShareGrid}, or your own {@link scoreGrid}. For money other than these two see
 * {@link placeOnGrid}, which places customers here too.
 *
 * @param grid - The result of {@link scoreGrid} or of a ready definition; its cuts say what is high: {@link chooseGridCuts}.
 * @param customers - One row a customer: scores by axis, value and cost to serve; or a table of these columns, each axis by its name.
 * @returns Cells and combinations with their money, the customers, and those who could not be placed.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a score is neither a finite number nor `null`, money is no whole number or
 * a customer comes twice; `UNKNOWN_COLUMN` when a table has not one for each axis; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { portfolioAnalysis, valueCostGrid } from "clientele";
 *
 * const rows = [
 *   { customerId: "ani", value: 900, costToServe: 100 },
 *   { customerId: "budi", value: 800, costToServe: 500 },
 *   { customerId: "citra", value: 200, costToServe: 400 },
 * ];
 * const customers = rows.map((row) => ({ ...row, scores: { value: row.value, costToServe: row.costToServe } }));
 * const { cells, total } = portfolioAnalysis(valueCostGrid({ value: 500, costToServe: 300 }), customers);
 * cells.map(({ name, profit }) => [name, profit]); // => [["carriage trade", 300], ["passive", 800], ["aggressive", -200], ["bargain basement", 0]]
 * [total.profit, cells[2]?.unprofitable]; // => [900, 1]
 * ```
 */
export function portfolioAnalysis<AxisName extends string, CellName extends string>(
  grid: ScoreGrid<AxisName, CellName>,
  customers:
    | readonly PortfolioCustomer<NoInfer<AxisName>>[]
    | WithColumns<PortfolioColumns & ScoredCustomerColumns<NoInfer<AxisName>>>,
): PortfolioAnalysis<AxisName, CellName> {
  const { value, costToServe } = moneyOf(customers);
  // What is no grid is refused where customers are placed.
  const axes = Array.isArray(grid?.axes) ? grid.axes.map(({ name }) => name) : [];
  const rows = scoredRows<AxisName>(customers, axes);
  // The value is looked at again there, and a row that is none at all is refused.
  const placement = placeOnGrid(grid, rows);
  const { members, unplaced } = placement;
  const { placed, apart } = placedRows(rows, placement);
  const place = members.columns.place;
  const cell = Uint32Array.from(place, (at) => grid.cellOfPlace[at]);
  const sumsOf = (which: Uint32Array, groupOf: ArrayLike<number>, groups: number) =>
    portfolioSums(valuesAt(value, which), valuesAt(costToServe, which), groupOf, groups);
  const cells = sumsOf(placed, cell, grid.cells.length);
  const places = sumsOf(placed, place, grid.cellOfPlace.length);
  const total = sumsOf(placed, new Uint8Array(placed.length), 1)[0];
  const unprofitable = new Uint32Array(grid.cells.length);
  for (let i = 0; i < placed.length; i++) {
    if (value[placed[i]] < costToServe[placed[i]]) unprofitable[cell[i]]++;
  }
  return {
    cells: cells.map((sum, i) => ({
      name: grid.cells[i],
      ...sum,
      shareOfCustomers: ratio(sum.customers, total.customers, "customers placed"),
      shareOfValue: ratio(sum.value, total.value, "value of the customers placed"),
      shareOfCost: ratio(sum.costToServe, total.costToServe, "cost to serve of the customers placed"),
      shareOfProfit: ratio(sum.profit, total.profit, "profit of the customers placed"),
      meanProfit: sum.customers === 0 ? null : sum.profit / sum.customers,
      unprofitable: unprofitable[i],
    })),
    places: places.map((sum, i) => ({
      labels: placement.places[i].labels,
      cell: placement.places[i].cell,
      ...sum,
    })),
    members,
    total,
    unplaced: {
      ...sumsOf(apart, new Uint8Array(apart.length), 1)[0],
      customerIds: unplaced.customerIds,
    },
    axes: grid.axes,
    source: grid.source,
  };
}

/** Who is placed and who is not, by row; both lists of the placement are in the order of the input. */
function placedRows(
  customers: readonly { readonly customerId: string }[],
  { unplaced }: Pick<GridPlacement, "unplaced">,
): { placed: Uint32Array; apart: Uint32Array } {
  const apart = new Uint32Array(unplaced.customerIds.length);
  const placed = new Uint32Array(customers.length - apart.length);
  let next = 0;
  for (let row = 0; row < customers.length; row++) {
    if (next < apart.length && customers[row].customerId === unplaced.customerIds[next]) apart[next++] = row;
    else placed[row - next] = row;
  }
  return { placed, apart };
}

function portfolioSums(
  values: Float64Array,
  costs: Float64Array,
  groupOf: ArrayLike<number>,
  groups: number,
): PortfolioSum[] {
  const [value, cost] = [values, costs].map((column) => groupSums(column, groupOf, groups, "customers"));
  return value.sums.map((sum, i) => ({
    customers: value.counts[i],
    value: sum,
    costToServe: cost.sums[i],
    profit: safeInteger(sum - cost.sums[i], "customers", "a profit"),
    costRate: ratio(cost.sums[i], sum, "value"),
  }));
}

/** Value and cost to serve by row, whole minor units. */
function moneyOf(customers: readonly PortfolioCustomer[] | WithColumns<PortfolioColumns>) {
  const problems: RowProblem[] = [];
  const numbers = (field: "value" | "costToServe"): Float64Array => {
    const given: ArrayLike<unknown> = Array.isArray(customers)
      ? customers.map((customer: PortfolioCustomer | null) => customer?.[field])
      : inputColumn<number>(customers, field, "customers");
    const money = new Float64Array(given.length);
    for (let row = 0; row < money.length; row++) {
      const value = given[row];
      if (Number.isSafeInteger(value)) money[row] = Number(value);
      else problems.push({ row, field, reason: "is not a whole number of minor units", value });
    }
    return money;
  };
  const money = { value: numbers("value"), costToServe: numbers("costToServe") };
  throwRowProblems(problems, "customers");
  return money;
}
