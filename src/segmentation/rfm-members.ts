import { type Rate, ratio } from "../core/rate.js";
import { groupSums } from "./group-sums.js";
import { cellOf, type NamedCells, type RfmBins } from "./rfm-segment-grid.js";
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
  /** Name of the segment; `null` when there is no grid. */
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

/** @internal */
export function memberColumns(
  customers: ScorableCustomers,
  { r, f, m }: { readonly r: number[]; readonly f: number[]; readonly m: number[] },
  bins: RfmBins,
  cells: NamedCells | null,
): {
  readonly columns: RfmMemberColumns;
  readonly segmentOf: Int32Array | null;
  readonly emptyScores: RfmEmptyScores;
} {
  const code: string[] = new Array(r.length);
  const segment: (string | null)[] = cells ? new Array(r.length) : new Array(r.length).fill(null);
  const segmentOf = cells && new Int32Array(r.length);
  // One text for all customers of a cell: a million copies would cost more than the scores.
  const codeOfCell: string[] = new Array(bins.recency * bins.frequency * bins.monetary);
  const isTaken = new Uint8Array(codeOfCell.length);
  for (let row = 0; row < r.length; row++) {
    const cell = cellOf(r[row], f[row], m[row], bins);
    if (isTaken[cell] === 0) {
      isTaken[cell] = 1;
      codeOfCell[cell] = `${r[row]}-${f[row]}-${m[row]}`;
    }
    code[row] = codeOfCell[cell];
    if (cells && segmentOf) {
      segmentOf[row] = cells.nameOfCell[cell];
      segment[row] = cells.names[segmentOf[row]];
    }
  }
  const columns = {
    customerId: customers.customerIds,
    ...customers.plain,
    r,
    f,
    m,
    code,
    segment,
  };
  return { columns, segmentOf, emptyScores: emptyScoresOf(isTaken, bins) };
}

/** From the cells that somebody is in. */
function emptyScoresOf(isTaken: Uint8Array, bins: RfmBins): RfmEmptyScores {
  const without = (count: number, scoreOf: (cell: number) => number) => {
    const has = new Uint8Array(count);
    for (let cell = 0; cell < isTaken.length; cell++) if (isTaken[cell] === 1) has[scoreOf(cell)] = 1;
    return Array.from({ length: count }, (_, i) => i + 1).filter((score) => has[score - 1] === 0);
  };
  return {
    recency: without(bins.recency, (cell) => Math.floor(cell / (bins.frequency * bins.monetary))),
    frequency: without(bins.frequency, (cell) => Math.floor(cell / bins.monetary) % bins.frequency),
    monetary: without(bins.monetary, (cell) => cell % bins.monetary),
  };
}

/** @internal */
export function segmentsOf(
  names: readonly string[],
  members: RfmMemberColumns,
  segmentOf: Int32Array,
): RfmSegment[] {
  const { counts, sums, total } = groupSums(members.monetary, segmentOf, names.length, "monetary");
  return names.map((name, i) => ({
    name,
    customers: counts[i],
    share: ratio(counts[i], members.customerId.length, "customers scored"),
    monetary: sums[i],
    shareOfMonetary: ratio(sums[i], total, "money of all customers scored"),
  }));
}
