import { type Rate, ratio } from "../../core/rate.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Table } from "../../core/table.js";
import { groupSums } from "../../segmentation/group-sums.js";
import { type GridMemberColumns, type GridPlacement, placeOnGrid } from "../../segmentation/place-on-grid.js";
import type { GridAxis, ScoreGrid } from "../../segmentation/score-grid.js";
import type { ScoredCustomer } from "./choose-grid-cuts.js";

/** A customer with a score for each axis, and what they bring and cost. */
export interface PortfolioCustomer<AxisName extends string = string> extends ScoredCustomer<AxisName> {
  /** What the customer brings before cost to serve (gross margin, say), whole minor units. */
  readonly value: number;
  /** What serving them costs, whole minor units. */
  readonly costToServe: number;
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
 * @param customers - One row a customer: scores by axis, value and cost to serve.
 * @returns Cells and combinations with their money, the customers, and those who could not be placed.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a score is neither a finite number nor `null`, money is no whole number or
 * a customer comes twice; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
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
  customers: readonly PortfolioCustomer<NoInfer<AxisName>>[],
): PortfolioAnalysis<AxisName, CellName> {
  if (Array.isArray(customers)) throwRowProblems(moneyProblems(customers), "customers");
  // The value is looked at again there, and a row that is none at all is refused.
  const placement = placeOnGrid(grid, customers);
  const { members, unplaced } = placement;
  const isPlaced = placedRows(customers, placement);
  const placed = customers.filter((_, row) => isPlaced[row] === 1);
  const place = members.columns.place;
  const cell = Uint32Array.from(place, (at) => grid.cellOfPlace[at]);
  const cells = sumsOf(placed, cell, grid.cells.length);
  const places = sumsOf(placed, place, grid.cellOfPlace.length);
  const total = sumsOf(placed, new Uint8Array(placed.length), 1)[0];
  const unprofitable = new Uint32Array(grid.cells.length);
  placed.forEach(({ value, costToServe }, i) => {
    if (value < costToServe) unprofitable[cell[i]]++;
  });
  const apart = customers.filter((_, row) => isPlaced[row] === 0);
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

/** Both lists are in the order of the input. */
function placedRows(
  customers: readonly PortfolioCustomer[],
  { unplaced }: Pick<GridPlacement, "unplaced">,
): Uint8Array {
  const isPlaced = new Uint8Array(customers.length).fill(1);
  let next = 0;
  for (let row = 0; row < isPlaced.length && next < unplaced.customerIds.length; row++) {
    if (customers[row].customerId !== unplaced.customerIds[next]) continue;
    isPlaced[row] = 0;
    next++;
  }
  return isPlaced;
}

function sumsOf(
  customers: readonly PortfolioCustomer[],
  groupOf: ArrayLike<number>,
  groups: number,
): PortfolioSum[] {
  const values = new Float64Array(customers.length);
  const costs = new Float64Array(customers.length);
  for (let i = 0; i < customers.length; i++) {
    values[i] = customers[i].value;
    costs[i] = customers[i].costToServe;
  }
  const [value, cost] = [values, costs].map((column) => groupSums(column, groupOf, groups, "customers"));
  return value.sums.map((sum, i) => ({
    customers: value.counts[i],
    value: sum,
    costToServe: cost.sums[i],
    profit: safeInteger(sum - cost.sums[i], "customers", "a profit"),
    costRate: ratio(cost.sums[i], sum, "value"),
  }));
}

function moneyProblems(customers: readonly PortfolioCustomer[]): RowProblem[] {
  const problems: RowProblem[] = [];
  for (let row = 0; row < customers.length; row++) {
    for (const field of ["value", "costToServe"] as const) {
      const value: unknown = customers[row]?.[field];
      if (!Number.isSafeInteger(value))
        problems.push({ row, field, reason: "is not a whole number of minor units", value });
    }
  }
  return problems;
}
