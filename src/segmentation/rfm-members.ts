import { type Rate, ratio } from "../core/rate.js";
import { type GroupSums, groupSums } from "./group-sums.js";
import { cellOf, type NamedCells, type RfmBins } from "./rfm-segment-table.js";
import type { ScorableCustomers } from "./rfm-values.js";

/** One row a customer of {@link RfmScores}, in the order of the input. */
export interface RfmMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Time since the last purchase: civil days, on a log. */
  readonly recency: readonly number[];
  /** Number of purchases. */
  readonly frequency: readonly number[];
  /** Money: minor units net of refunds, on a log. */
  readonly monetary: readonly number[];
  /** Recency score, from 1; the highest for the most recent. */
  readonly r: readonly number[];
  /** Frequency score, from 1; the highest for the most purchases. */
  readonly f: readonly number[];
  /** Monetary score, from 1; the highest for the most money. */
  readonly m: readonly number[];
  /** The three scores: `"5-4-5"`. */
  readonly code: readonly string[];
  /** Name of the segment; `null` when there is no segment table. */
  readonly segment: readonly (string | null)[];
}

/** One segment of {@link RfmScores}. */
export interface RfmSegment {
  /** What the segment is called. */
  readonly name: string;
  /** Number of customers. */
  readonly customers: number;
  /** Of all customers scored; `null` when there are none. */
  readonly share: Rate;
  /** Their money, in the unit of the input. */
  readonly monetary: number;
  /** Of the money of all customers scored; `null` when that is zero or negative. */
  readonly shareOfMonetary: Rate;
}

/** The scores from 1 to the last that no customer has, ascending. */
export interface RfmEmptyScores {
  /** Of recency. */
  readonly recency: readonly number[];
  /** Of frequency. */
  readonly frequency: readonly number[];
  /** Of money. */
  readonly monetary: readonly number[];
}

/** The columns, and what the cells of scores hold. @internal */
export interface ScoredMembers {
  readonly columns: RfmMemberColumns;
  readonly segments: readonly RfmSegment[];
  readonly emptyScores: RfmEmptyScores;
}

/** Names and counts in one pass over the customers. @internal */
export function scoredMembers(
  { customerIds, recency, frequency, monetary }: ScorableCustomers,
  { r, f, m }: { readonly r: number[]; readonly f: number[]; readonly m: number[] },
  bins: RfmBins,
  cells: NamedCells | null,
): ScoredMembers {
  const code: string[] = new Array(r.length);
  const segment: (string | null)[] = cells ? new Array(r.length) : new Array(r.length).fill(null);
  // One text for all customers of a cell: a million copies would cost more than the scores.
  const codeOfCell: string[] = new Array(bins.recency * bins.frequency * bins.monetary);
  const nameOfCell = cells && Array.from(cells.nameOfCell, (place) => cells.names[place]);
  const counts = new Uint32Array(codeOfCell.length);
  const sums = new Float64Array(codeOfCell.length);
  let areExact = true;
  for (let row = 0; row < r.length; row++) {
    const cell = cellOf(r[row], f[row], m[row], bins);
    if (counts[cell]++ === 0) codeOfCell[cell] = `${r[row]}-${f[row]}-${m[row]}`;
    code[row] = codeOfCell[cell];
    if (nameOfCell) segment[row] = nameOfCell[cell];
    sums[cell] += monetary[row];
    areExact &&= Number.isSafeInteger(monetary[row]) && Number.isSafeInteger(sums[cell]);
  }
  const columns = { customerId: customerIds, recency, frequency, monetary, r, f, m, code, segment };
  return {
    columns,
    segments: cells ? segmentsOf(cells, counts, moneyOf(columns, bins, cells, areExact ? sums : null)) : [],
    emptyScores: emptyScoresOf(counts, bins),
  };
}

/** From the cells that somebody is in. */
function emptyScoresOf(counts: Uint32Array, bins: RfmBins): RfmEmptyScores {
  const without = (count: number, scoreOf: (cell: number) => number) => {
    const has = new Uint8Array(count);
    for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > 0) has[scoreOf(cell)] = 1;
    return Array.from({ length: count }, (_, i) => i + 1).filter((score) => has[score - 1] === 0);
  };
  return {
    recency: without(bins.recency, (cell) => Math.floor(cell / (bins.frequency * bins.monetary))),
    frequency: without(bins.frequency, (cell) => Math.floor(cell / bins.monetary) % bins.frequency),
    monetary: without(bins.monetary, (cell) => cell % bins.monetary),
  };
}

/** The money of each segment: of the sums of the cells where these are exact, otherwise of all customers. */
function moneyOf(
  { monetary, r, f, m }: RfmMemberColumns,
  bins: RfmBins,
  { names, nameOfCell }: NamedCells,
  sumOfCell: Float64Array | null,
): GroupSums {
  if (sumOfCell) return groupSums(sumOfCell, nameOfCell, names.length, "monetary");
  const segmentOf = Int32Array.from(r, (score, row) => nameOfCell[cellOf(score, f[row], m[row], bins)]);
  return groupSums(monetary, segmentOf, names.length, "monetary");
}

function segmentsOf(
  { names, nameOfCell }: NamedCells,
  countOfCell: Uint32Array,
  { sums, total }: GroupSums,
): RfmSegment[] {
  const counts = new Array<number>(names.length).fill(0);
  let all = 0;
  for (const [cell, count] of countOfCell.entries()) {
    counts[nameOfCell[cell]] += count;
    all += count;
  }
  return names.map((name, i) => ({
    name,
    customers: counts[i],
    share: ratio(counts[i], all, "customers scored"),
    monetary: sums[i],
    shareOfMonetary: ratio(sums[i], total, "money of all customers scored"),
  }));
}
