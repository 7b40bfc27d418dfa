import { FRACTIONS } from "./exact-shares.js";
import { largest } from "./largest-remainder.js";

/** Fractions that make a whole number of units together; a row has one of them or none. @internal */
export interface FractionColumn {
  readonly rows: Uint32Array;
  /** Above 0 and below 1, in units of 1 / {@link FRACTIONS}. */
  readonly fraction: Float64Array;
}

/**
 * Rounds the fractions of a table up (1) or down (0) so that each column keeps its sum and each row's is rounded up or down
 * too, which always can be done (Bacharach 1966).
 *
 * A column's units go to the rows that are owed most: what columns before left owing, and the fraction here; of equal ones to
 * the earlier. One column is so rounded by largest remainder, and where all rows are in all columns no row is off by a unit,
 * for all of them are owed more than some bound less one, less than it, and nothing together. Others are mended.
 *
 * @param rows - How many there are.
 * @internal
 */
export function controlledRounding(columns: readonly FractionColumn[], rows: number): readonly Uint8Array[] {
  const owed = new Float64Array(rows);
  const isUp = columns.map((column) => roundColumn(column, owed));
  const isOff = owed.some((value) => Math.abs(value) >= FRACTIONS);
  if (isOff) mendRows(columns, isUp, owed);
  return isUp;
}

function roundColumn({ rows, fraction }: FractionColumn, owed: Float64Array): Uint8Array {
  let sum = 0;
  const claims = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    sum += fraction[i];
    owed[rows[i]] += fraction[i];
    claims[i] = owed[rows[i]];
  }
  const units = Math.round(sum / FRACTIONS);
  if (units === 0) return new Uint8Array(rows.length);
  const isUp = largest(claims, units);
  for (let i = 0; i < rows.length; i++) if (isUp[i] === 1) owed[rows[i]] -= FRACTIONS;
  return isUp;
}

/**
 * Moves units from row to row inside columns until no row is off by one.
 *
 * From a row that is owed a unit a path leads over columns in which it has none to the rows that have one there, from those
 * over the columns in which they have none, and so on, to a row that has too much, if only by a fraction: were all rows that
 * can be reached owed nothing or more, then their sum would be above 0; but in each column that was reached they hold all
 * units, no less than their fractions, and in each other column they have a unit wherever they have a fraction. The same the
 * other way round for a row that has a unit too many.
 */
function mendRows(columns: readonly FractionColumn[], isUp: readonly Uint8Array[], owed: Float64Array): void {
  const places = placesOfRows(columns, owed.length);
  const seenRow = new Int32Array(owed.length).fill(-1);
  const seenColumn = new Int32Array(columns.length).fill(-1);
  let search = 0;
  for (let row = 0; row < owed.length; row++) {
    while (Math.abs(owed[row]) >= FRACTIONS) if (!moveUnit(row, search++)) break;
  }

  /** One step of a path: in `column`, the unit of one place goes to the other. */
  interface Step {
    readonly row: number;
    readonly before: Step | null;
    readonly column: number;
    readonly from: number;
    readonly to: number;
  }

  function moveUnit(start: number, search: number): boolean {
    // What places must have on the path, going out of a row: no unit where the row is owed one.
    const out = owed[start] > 0 ? 0 : 1;
    const sign = owed[start] > 0 ? 1 : -1;
    seenRow[start] = search;
    const reached: Step[] = [{ row: start, before: null, column: 0, from: 0, to: 0 }];
    for (let next = 0; next < reached.length; next++) {
      const before = reached[next];
      for (let i = places.first[before.row]; i < places.first[before.row + 1]; i++) {
        const column = places.column[i];
        const from = places.place[i];
        if (seenColumn[column] === search || isUp[column][from] !== out) continue;
        seenColumn[column] = search;
        const { rows } = columns[column];
        for (let to = 0; to < rows.length; to++) {
          const row = rows[to];
          if (isUp[column][to] === out || seenRow[row] === search) continue;
          seenRow[row] = search;
          const step = { row, before, column, from, to };
          if (sign * owed[row] < 0) {
            owed[start] -= sign * FRACTIONS;
            owed[row] += sign * FRACTIONS;
            flip(step);
            return true;
          }
          reached.push(step);
        }
      }
    }
    return false;
  }

  function flip(last: Step): void {
    for (let step = last; step.before !== null; step = step.before) {
      isUp[step.column][step.from] ^= 1;
      isUp[step.column][step.to] ^= 1;
    }
  }
}

/** Where each row stands: its places are `first[row]` up to, not including, `first[row + 1]`. */
function placesOfRows(columns: readonly FractionColumn[], rows: number) {
  const next = new Uint32Array(rows + 2);
  for (const column of columns) for (const row of column.rows) next[row + 2]++;
  for (let i = 1; i < next.length; i++) next[i] += next[i - 1];
  const size = next[rows + 1];
  const [column, place] = [new Uint32Array(size), new Uint32Array(size)];
  columns.forEach((own, at) => {
    for (let i = 0; i < own.rows.length; i++) {
      const entry = next[own.rows[i] + 1]++;
      column[entry] = at;
      place[entry] = i;
    }
  });
  return { first: next, column, place };
}
