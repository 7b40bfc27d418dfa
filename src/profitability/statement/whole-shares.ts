import { controlledRounding, type FractionColumn } from "./controlled-rounding.js";
import { divide, FRACTIONS, wholeNumbers } from "./exact-shares.js";

/** A whole amount that cells share by their weights, of which one at least is above 0. @internal */
export interface CellShares {
  readonly total: number;
  /** Ascending. */
  readonly cells: Uint32Array;
  readonly weights: Float64Array;
  /** Whether it is what unused capacity costs. */
  readonly isSpread: boolean;
}

/**
 * Deals amounts out to cells in whole minor units: each cell, and each customer over all amounts, within one unit of the
 * exact share, and the cells of an amount sum to it.
 *
 * @param customer - By cell; the cells of a customer follow each other.
 * @returns The shares by cell, and by customer the exact ones.
 * @internal
 */
export function wholeShares(shares: readonly CellShares[], customer: Uint32Array, customers: number) {
  const charged = new Float64Array(customer.length);
  const spread = new Float64Array(customer.length);
  const unrounded = new Float64Array(customers);
  const columns = shares.map((share) => {
    const into = share.isSpread ? spread : charged;
    const left = floorsOf(share, into, customer, unrounded);
    return runsOf({ cells: share.cells, left, into }, customer);
  });
  const isUp = controlledRounding(columns, customers);
  columns.forEach((column, at) => {
    const { open, first, end, units } = column;
    for (let i = 0; i < units.length; i++) giveUnits(open, first[i], end[i], units[i] + isUp[at][i]);
  });
  return { charged, spread, unrounded };
}

/** Whole units of each share; returned is what is left of it, which makes a whole number of units for all. */
function floorsOf(
  { total, cells, weights }: CellShares,
  into: Float64Array,
  customer: Uint32Array,
  unrounded: Float64Array,
): Float64Array {
  const { numbers, sum } = wholeNumbers(weights);
  const fraction = new Float64Array(cells.length);
  const quotient = new Float64Array(2);
  let units = total;
  let fractions = 0;
  for (let i = 0; i < cells.length; i++) {
    divide(total, numbers[i], sum, quotient);
    const floor = quotient[0];
    const rest = quotient[1];
    into[cells[i]] = floor;
    fraction[i] = Math.round((rest / sum) * FRACTIONS);
    unrounded[customer[cells[i]]] += floor + rest / sum;
    units -= floor;
    fractions += fraction[i];
  }
  // What the fractions lost when they were rounded, one each: of equal ones the first have more.
  let lost = units * FRACTIONS - fractions;
  for (let i = 0; lost > 0; i = (i + 1) % cells.length) {
    if (fraction[i] === 0) continue;
    fraction[i]++;
    lost--;
  }
  for (let i = cells.length - 1; lost < 0; i = (i + cells.length - 1) % cells.length) {
    if (fraction[i] === 0) continue;
    fraction[i]--;
    lost++;
  }
  return fraction;
}

/** Cells of one amount, with what of each share is left, and where units go. */
interface OpenCells {
  readonly cells: Uint32Array;
  readonly left: Float64Array;
  readonly into: Float64Array;
}

/** Customers with what is left of their shares: cells `first[i]` up to, not including, `end[i]` are those of `rows[i]`. */
interface Runs extends FractionColumn {
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  /** Whole units that what is left of a customer's cells makes. */
  readonly units: Uint32Array;
  readonly open: OpenCells;
}

/** The customers whose cells leave more than whole units, which are theirs at once. */
function runsOf(open: OpenCells, customer: Uint32Array): Runs {
  const { cells, left } = open;
  const [rows, first, end] = [0, 1, 2].map(() => new Uint32Array(cells.length));
  const units = new Uint32Array(cells.length);
  const fraction = new Float64Array(cells.length);
  let runs = 0;
  for (let i = 0; i < cells.length; ) {
    const row = customer[cells[i]];
    const start = i;
    let sum = 0;
    for (; i < cells.length && customer[cells[i]] === row; i++) sum += left[i];
    rows[runs] = row;
    first[runs] = start;
    end[runs] = i;
    const wholes = Math.floor(sum / FRACTIONS);
    if (sum === wholes * FRACTIONS) giveUnits(open, start, i, wholes);
    else {
      units[runs] = wholes;
      fraction[runs++] = sum - wholes * FRACTIONS;
    }
  }
  const part = <Values extends Uint32Array | Float64Array>(values: Values) =>
    values.subarray(0, runs) as Values;
  return {
    rows: part(rows),
    fraction: part(fraction),
    first: part(first),
    end: part(end),
    units: part(units),
    open,
  };
}

/** Units of a customer go to the cells of which most is left, the earlier of equal ones first: at most one each. */
function giveUnits({ cells, left, into }: OpenCells, first: number, end: number, units: number): void {
  for (let given = 0; given < units; given++) {
    let most = first;
    for (let i = first + 1; i < end; i++) if (left[i] > left[most]) most = i;
    into[cells[most]]++;
    left[most] = 0;
  }
}
